package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an issue must be after these deliveries, by the rules as the issue tracker states them: a
 * table of words over variables that change, without a type, a phase or a fold of the product.
 */
final class IssueModel {
  private static final int LIMIT = 3;

  private final Set<String> seen = new HashSet<>();
  private final List<String> marks = new ArrayList<>();
  private final Map<String, Long> entered = new TreeMap<>();
  private final Map<String, Long> total = new TreeMap<>();
  private final Set<String> causes = new TreeSet<>();

  String phase = "unknown";

  @Nullable
  String holder;

  @Nullable
  Long token;

  int attempt;
  int pr;

  @Nullable
  String reviewer;

  @Nullable
  Long reviewToken;

  private String review = "PENDING";
  private String ci = "PENDING";
  private int ciRounds;
  private int disputes;
  private @Nullable String gate;
  private @Nullable String failedFor;
  private @Nullable String head;
  private final Set<String> red = new TreeSet<>();
  private int smokes;
  private @Nullable String title;
  private String priority = "normal";
  private List<Integer> dependsOn = List.of();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  static IssueModel of(Collection<IssueLifecycle> deliveries) {
    IssueModel model = new IssueModel();
    deliveries.forEach(model::deliver);
    return model;
  }

  void deliver(IssueLifecycle event) {
    if (!seen.add(event.getEventId())) {
      return;
    }
    long atMs = event.getOccurredAtMs();
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
    String from = phase;
    if (isStale(event)) {
      marks.add("stale-lease");
    } else if (isNote(event)) {
      marks.add("-");
    } else if (fits(event)) {
      marks.add("-");
      happen(event);
    } else {
      marks.add("out-of-order");
    }
    if (!from.equals(phase)) {
      time(from, atMs);
    }
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("phase", phase);
    facts.put("holder", holder);
    facts.put("token", token);
    facts.put("attempt", attempt);
    facts.put("pr", pr);
    facts.put("reviewer", reviewer);
    facts.put("reviewToken", reviewToken);
    facts.put("review", review);
    facts.put("ci", ci);
    facts.put("rounds", ciRounds + "/" + disputes);
    facts.put("gate", gate);
    facts.put("failedFor", failedFor);
    facts.put("head", head);
    facts.put("red", red);
    facts.put("smokes", smokes);
    facts.put("brief", title + "|" + priority + "|" + dependsOn);
    facts.put("causes", causes);
    facts.put("marks", marks);
    facts.put("ordinal", (long) marks.size());
    facts.put("first", first);
    facts.put("last", last);
    facts.put("entered", entered);
    facts.put("total", total);
    return facts;
  }

  private void time(String from, long atMs) {
    long thenMs = atMs;
    if (entered.containsKey(from)) {
      thenMs = Math.max(atMs, entered.get(from));
      total.put(from, total.getOrDefault(from, 0L) + thenMs - entered.get(from));
    }
    entered.put(phase, thenMs);
  }

  private boolean isNote(IssueLifecycle event) {
    return IssueTable.NOTES.contains(event.getType())
        || (event.getType().equals("ESCALATED") && "escalation".equals(event.getSource()));
  }

  private boolean isStale(IssueLifecycle event) {
    String type = event.getType();
    boolean ours = type.equals("ESCALATED")
        && List.of("dispatch", "escalation").contains(event.getSource() + "");
    if (phase.equals("unknown")
        || IssueTable.NOTES.contains(type)
        || IssueTable.FREE.contains(type)
        || ours) {
      return false;
    }
    if (event.getLeaseToken() == null) {
      return IssueTable.AUTHORS.contains(type)
          && event.getAgentId() != null
          && !event.getAgentId().equals(holder);
    }
    if (event.getLeaseToken().equals(token)) {
      return false;
    }
    return IssueTable.AUTHORS.contains(type) || !event.getLeaseToken().equals(reviewToken);
  }

  private boolean fits(IssueLifecycle event) {
    String type = event.getType();
    if (!IssueTable.LEGAL.get(type).contains(phase)) {
      return false;
    }
    String agent = event.getAgentId();
    Integer number = (Integer) field(event, "prNumber");
    boolean meant = number == null || number == pr;
    return switch (type) {
      case "ISSUE_ASSIGNED" -> agent != null;
      case "ISSUE_UNASSIGNED", "LEASE_EXPIRED" ->
        agent == null || agent.equals(holder) || isReviewers(event);
      case "PR_CREATED" -> number != null && number > 0;
      case "CI_PASSED", "CI_FAILED" ->
        (pr == 0 || meant) && (head == null || extra(event, "headSha") == null || isOfHead(event));
      case "HUMAN_GATE_TRIGGERED" -> pr == 0 || meant;
      case "REVIEW_ASSIGNED" -> pr != 0 && meant && agent != null && !agent.equals(holder);
      case "REVIEW_PASSED" -> meant && (agent == null || !agent.equals(holder));
      case "REVIEW_DISPUTED" -> meant;
      case "MERGED" -> pr != 0 && meant;
      default -> true;
    };
  }

  private boolean isReviewers(IssueLifecycle event) {
    if (pr == 0) {
      return false;
    }
    return event.getLeaseToken() != null
        ? event.getLeaseToken().equals(reviewToken) && !event.getLeaseToken().equals(token)
        : event.getAgentId() != null
            && event.getAgentId().equals(reviewer)
            && !event.getAgentId().equals(holder);
  }

  private void happen(IssueLifecycle event) {
    switch (event.getType()) {
      case "ISSUE_APPROVED" -> approve(event);
      case "ISSUE_ASSIGNED" -> assign(event);
      case "ISSUE_UNASSIGNED", "LEASE_EXPIRED" -> release(event);
      case "WORK_STARTED", "BRANCH_CREATED" -> phase = "in_progress";
      case "PR_CREATED" -> push((Integer) field(event, "prNumber"), extra(event, "headSha"));
      case "CI_PASSED" -> green(event);
      case "CI_FAILED" -> red(event);
      case "REVIEW_ASSIGNED" -> {
        reviewer = event.getAgentId();
        reviewToken = event.getLeaseToken();
      }
      case "REVIEW_PASSED" -> pass(event);
      case "REVIEW_DISPUTED" -> dispute();
      case "HUMAN_GATE_TRIGGERED" -> {
        gate = field(event, "reason") == null ? "a human must look" : field(event, "reason") + "";
        causes.add("human-gate");
      }
      case "MERGED" -> {
        phase = "deploying";
        smokes = 0;
      }
      case "SMOKE_FAILED" -> smoke(event);
      case "ISSUE_DONE" -> {
        phase = "done";
        smokes = 0;
        gate = null;
        causes.clear();
      }
      case "ESCALATED" -> fail("dispatch".equals(event.getSource()) ? "two-strikes" : "reported");
      case "ISSUE_WITHDRAWN" -> {
        fail("withdrawn");
        gate = null;
        causes.clear();
      }
      default -> {
        // A step that is only noted.
      }
    }
  }

  private void approve(IssueLifecycle event) {
    title = field(event, "title") == null ? title : field(event, "title") + "";
    priority = field(event, "priority") == null ? priority : field(event, "priority") + "";
    @SuppressWarnings("unchecked")
    List<Integer> on = (List<Integer>) field(event, "dependsOn");
    dependsOn = on == null ? List.of() : on;
    if (phase.equals("failed")) {
      forget();
      causes.clear();
    }
    phase = "queued";
    failedFor = null;
  }

  private void assign(IssueLifecycle event) {
    Integer given = (Integer) field(event, "attempt");
    attempt = given != null && given > 0 ? given : attempt + 1;
    forget();
    holder = event.getAgentId();
    token = event.getLeaseToken();
    phase = "assigned";
  }

  private void release(IssueLifecycle event) {
    if (isReviewers(event)) {
      reviewer = null;
      reviewToken = null;
      return;
    }
    forget();
    causes.remove("human-gate");
    phase = "queued";
  }

  private void push(int number, @Nullable String commit) {
    head = commit == null && pr == number ? head : commit;
    red.clear();
    boolean goesOn = phase.equals("in_review") && pr == number && review.equals("PENDING");
    if (!goesOn) {
      reviewer = null;
      reviewToken = null;
    }
    pr = number;
    ci = "PENDING";
    review = "PENDING";
    phase = "in_review";
  }

  private boolean isOfHead(IssueLifecycle event) {
    return head != null && head.equals(extra(event, "headSha"));
  }

  private void green(IssueLifecycle event) {
    String suite = extra(event, "checkSuite");
    if (isOfHead(event) && suite != null) {
      red.remove(suite);
    } else {
      red.clear();
    }
    ci = red.isEmpty() ? "PASSED" : "FAILED";
    if (phase.equals("in_progress") && pr != 0 && !isOfHead(event)) {
      phase = "in_review";
      review = "PENDING";
      reviewer = null;
      reviewToken = null;
    }
  }

  private void red(IssueLifecycle event) {
    if (!(isOfHead(event) && ci.equals("FAILED"))) {
      ciRounds++;
    }
    ci = "FAILED";
    if (isOfHead(event) && extra(event, "checkSuite") != null) {
      red.add(extra(event, "checkSuite"));
    }
    if (ciRounds >= LIMIT) {
      fail("ci-rounds");
    }
  }

  private void pass(IssueLifecycle event) {
    review = "PASSED";
    if (event.getAgentId() == null) {
      gate = null;
      causes.remove("human-gate");
    } else {
      reviewToken = event.getAgentId().equals(reviewer) ? reviewToken : null;
      reviewer = event.getAgentId();
    }
  }

  private void dispute() {
    review = "FAILED";
    disputes++;
    if (disputes >= LIMIT) {
      fail("review-loop");
    } else {
      phase = "in_progress";
      reviewer = null;
      reviewToken = null;
    }
  }

  private void smoke(IssueLifecycle event) {
    smokes++;
    Integer given = (Integer) field(event, "attempt");
    Integer max = (Integer) field(event, "maxRetries");
    if ((given == null ? smokes : given) >= (max == null ? LIMIT : max)) {
      fail("smoke-failed");
    }
  }

  private void fail(String why) {
    phase = "failed";
    failedFor = why;
    smokes = 0;
    causes.add(why);
  }

  private void forget() {
    holder = null;
    token = null;
    pr = 0;
    reviewer = null;
    reviewToken = null;
    review = "PENDING";
    ci = "PENDING";
    ciRounds = 0;
    disputes = 0;
    gate = null;
    head = null;
    red.clear();
  }

  private static @Nullable String extra(IssueLifecycle event, String name) {
    String json = event.getExtra() == null ? null : event.getExtra().get(name);
    return json == null ? null : json.replace("\"", "");
  }

  private static @Nullable Object field(IssueLifecycle event, String name) {
    IndexedRecord payload = (IndexedRecord) event.getPayload();
    var field = payload.getSchema().getField(name);
    return field == null ? null : payload.get(field.pos());
  }
}
