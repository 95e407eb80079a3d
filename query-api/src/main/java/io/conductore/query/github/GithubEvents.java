package io.conductore.query.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What GitHub's deliveries say in the words of the log. Pure, and takes any JSON: what has not the
 * shape of a delivery is ignored.
 */
public final class GithubEvents {
  /** An issue with this label is the rig's. */
  public static final String LABEL = "agent-ready";

  private static final Set<String> OPENED =
      Set.of("opened", "reopened", "ready_for_review", "synchronize");
  private static final Set<String> WITHDRAWN = Set.of("deleted", "transferred");

  /** Only whoever may write to the repository approves; a stranger's approval is a comment. */
  private static final Set<String> WRITERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  private static final Set<String> GREEN = Set.of("success");
  private static final Set<String> RED = Set.of("failure", "timed_out", "startup_failure");

  private GithubEvents() {}

  /** @param event the header X-GitHub-Event */
  public static Told read(String event, JsonNode delivery) {
    String repo = text(delivery.path("repository").path("full_name"));
    if (repo.isBlank()) {
      return new Told.Ignored("it names no repository");
    }
    return switch (event) {
      case "issues" -> issue(repo, delivery);
      case "pull_request" -> pull(repo, delivery);
      case "pull_request_review" -> review(repo, delivery);
      case "check_suite" -> suite(repo, delivery);
      case "check_run" -> run(repo, delivery);
      default -> new Told.Ignored("events of type " + cut(event) + " move no issue");
    };
  }

  private static Told issue(String repo, JsonNode delivery) {
    JsonNode issue = delivery.path("issue");
    int number = issue.path("number").asInt();
    if (number <= 0 || issue.has("pull_request")) {
      return new Told.Ignored("it is about no issue");
    }
    String action = text(delivery.path("action"));
    boolean byLabel = text(delivery.path("label").path("name")).equals(LABEL);
    boolean labelled = GithubText.labels(issue).contains(LABEL);
    boolean approves = (action.equals("labeled") && byLabel)
        || (Set.of("opened", "reopened").contains(action) && labelled);
    if (approves) {
      return new Told.OfIssue(repo, number, approved(issue));
    }
    if (action.equals("unlabeled") && byLabel) {
      return new Told.OfIssue(repo, number, withdrawn("its label " + LABEL + " was taken away"));
    }
    boolean dropped =
        action.equals("closed") && text(issue.path("state_reason")).equals("not_planned");
    return labelled && (dropped || WITHDRAWN.contains(action))
        ? new Told.OfIssue(repo, number, withdrawn("it was " + action + " on GitHub"))
        : new Told.Ignored("an issue that was " + cut(action) + " without " + LABEL + " stays");
  }

  private static ObjectNode approved(JsonNode issue) {
    ObjectNode event = event("ISSUE_APPROVED");
    List<String> labels = GithubText.labels(issue);
    event.put("title", text(issue.path("title")));
    GithubText.priority(labels).ifPresent(priority -> event.put("priority", priority));
    ArrayNode names = event.putArray("labels");
    labels.forEach(names::add);
    event.put("milestone", text(issue.path("milestone").path("title")));
    ArrayNode numbers = event.putArray("dependsOn");
    GithubText.dependsOn(text(issue.path("body"))).forEach(numbers::add);
    return event;
  }

  private static ObjectNode withdrawn(String reason) {
    return event("ISSUE_WITHDRAWN").put("reason", reason);
  }

  private static Told pull(String repo, JsonNode delivery) {
    JsonNode pull = delivery.path("pull_request");
    String action = text(delivery.path("action"));
    if (isForeign(repo, pull)) {
      return new Told.Ignored("the pull request comes from another repository");
    }
    if (action.equals("closed") && pull.path("merged").asBoolean()) {
      ObjectNode event = event("MERGED").put("mergeSha", text(pull.path("merge_commit_sha")));
      return ofPull(repo, pull, false, event);
    }
    if (!OPENED.contains(action)) {
      return new Told.Ignored("a pull request that was " + cut(action) + " moves no issue");
    }
    if (pull.path("draft").asBoolean()) {
      return new Told.Ignored("the pull request is a draft");
    }
    ObjectNode event = event("PR_CREATED")
        .put("prUrl", text(pull.path("html_url")))
        .put("branch", text(pull.path("head").path("ref")))
        .put("headSha", text(pull.path("head").path("sha")));
    return ofPull(repo, pull, true, event);
  }

  private static Told review(String repo, JsonNode delivery) {
    JsonNode review = delivery.path("review");
    JsonNode pull = delivery.path("pull_request");
    String state = text(review.path("state"));
    boolean passed = state.equals("approved");
    if (!text(delivery.path("action")).equals("submitted")
        || (!passed && !state.equals("changes_requested"))) {
      return new Told.Ignored("the review neither approves nor asks for changes");
    }
    boolean isBot = text(review.path("user").path("type")).equals("Bot");
    if (!isBot && !WRITERS.contains(text(review.path("author_association")))) {
      return new Told.Ignored("the reviewer may not write to the repository");
    }
    String head = text(pull.path("head").path("sha"));
    if (passed && !head.equals(text(review.path("commit_id")))) {
      return new Told.Ignored("the approval is of an older commit");
    }
    ObjectNode event = event(passed ? "REVIEW_PASSED" : "REVIEW_DISPUTED");
    if (isBot) {
      // Without an agent it would be a human's, which opens the human gate.
      event.put("agentId", text(review.path("user").path("login")).replace("[bot]", ""));
    }
    if (!passed) {
      event.put("reason", text(review.path("body")));
    }
    return ofPull(repo, pull, false, event);
  }

  private static Told suite(String repo, JsonNode delivery) {
    JsonNode suite = delivery.path("check_suite");
    if (!text(delivery.path("action")).equals("completed")) {
      return new Told.Ignored("the check suite is not completed");
    }
    String name = text(suite.path("app").path("name"));
    return checked(repo, suite, suite, text(suite.path("conclusion")), name);
  }

  /** A green run is one of many; that all are green its suite says. */
  private static Told run(String repo, JsonNode delivery) {
    JsonNode run = delivery.path("check_run");
    JsonNode suite = run.path("check_suite");
    if (!text(delivery.path("action")).equals("completed")) {
      return new Told.Ignored("the check run is not completed");
    }
    String conclusion = text(run.path("conclusion"));
    if (GREEN.contains(conclusion) && !GREEN.contains(text(suite.path("conclusion")))) {
      return new Told.Ignored("other runs of its check suite are not done");
    }
    return checked(repo, run, suite, conclusion, text(run.path("name")));
  }

  private static Told checked(
      String repo, JsonNode of, JsonNode suite, String conclusion, String name) {
    boolean red = RED.contains(conclusion);
    if (!red && !GREEN.contains(conclusion)) {
      return new Told.Ignored("the conclusion " + cut(conclusion) + " is neither green nor red");
    }
    ObjectNode event = event(red ? "CI_FAILED" : "CI_PASSED")
        .put("headSha", text(of.path("head_sha")))
        .put("checkSuite", suite.path("id").asText());
    if (red) {
      event.putArray("failedChecks").add(name.isBlank() ? "unnamed" : name);
    }
    List<Integer> numbers = new ArrayList<>();
    of.path("pull_requests").forEach(pull -> numbers.add(pull.path("number").asInt()));
    return new Told.OfPulls(repo, numbers, Set.of(), false, event);
  }

  private static Told ofPull(String repo, JsonNode pull, boolean opens, ObjectNode event) {
    String body = text(pull.path("body"));
    String branch = text(pull.path("head").path("ref"));
    return new Told.OfPulls(
        repo, List.of(pull.path("number").asInt()), GithubText.closes(body, branch), opens, event);
  }

  /** Anybody may open a pull request from a fork and write any issue's number into it. */
  private static boolean isForeign(String repo, JsonNode pull) {
    return !text(pull.path("head").path("repo").path("full_name")).equals(repo);
  }

  private static ObjectNode event(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static String text(JsonNode node) {
    return GithubText.text(node);
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40);
  }
}
