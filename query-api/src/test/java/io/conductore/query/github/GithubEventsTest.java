package io.conductore.query.github;

import static io.conductore.query.github.Deliveries.at;
import static io.conductore.query.github.Deliveries.ofOurLabel;
import static io.conductore.query.github.Deliveries.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real deliveries in the words of the log. */
class GithubEventsTest {
  private static final String REPO = "Codertocat/Hello-World";

  @Test
  void shouldApproveWithEverythingSaidWhenTheLabelIsSet() {
    // given
    ObjectNode delivery = ofOurLabel("issues.labeled");
    ObjectNode issue = at(delivery, "/issue");
    issue.withArrayProperty("labels").addObject().put("name", "priority:high");
    issue.put("body", "It fails.\r\n\r\nDepends on #12, #13\nsee #99\n- depends-on: #14");

    // when
    Told.OfIssue told = (Told.OfIssue) GithubEvents.read("issues", delivery);

    // then
    assertThat(told.repo()).isEqualTo(REPO);
    assertThat(told.issueNumber()).isEqualTo(1);
    assertThat(told.event().toString())
        .isEqualTo("{\"type\":\"ISSUE_APPROVED\",\"title\":\"Spelling error in the README file\","
            + "\"priority\":\"high\",\"labels\":[\"agent-ready\",\"priority:high\"],"
            + "\"milestone\":\"v1.0\",\"dependsOn\":[12,13,14]}");
  }

  @Test
  void shouldApproveWhenItIsOpenedWithTheLabel() {
    // given
    ObjectNode delivery = ofOurLabel("issues.opened");
    delivery.remove("label");

    // when
    Told told = GithubEvents.read("issues", delivery);

    // then
    assertThat(type(told)).isEqualTo("ISSUE_APPROVED");
  }

  @Test
  void shouldIgnoreAnIssueWhenItHasOtherLabels() {
    // given
    ObjectNode labelled = read("issues.labeled");
    ObjectNode opened = read("issues.opened");

    // when
    List<Told> told =
        List.of(GithubEvents.read("issues", labelled), GithubEvents.read("issues", opened));

    // then
    assertThat(told).allMatch(Told.Ignored.class::isInstance);
  }

  @Test
  void shouldWithdrawWhenTheLabelIsTakenAwayOrItIsNotPlanned() {
    // given
    ObjectNode unlabelled = ofOurLabel("issues.unlabeled");
    ObjectNode dropped = ofOurLabel("issues.opened").put("action", "closed");
    at(dropped, "/issue").put("state_reason", "not_planned");
    ObjectNode completed = dropped.deepCopy();
    at(completed, "/issue").put("state_reason", "completed");

    // when
    List<String> types = List.of(
        type(GithubEvents.read("issues", unlabelled)),
        type(GithubEvents.read("issues", dropped)),
        type(GithubEvents.read("issues", completed)));

    // then
    assertThat(types).containsExactly("ISSUE_WITHDRAWN", "ISSUE_WITHDRAWN", "ignored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"opened", "reopened", "ready_for_review", "synchronize"})
  void shouldTellOfAPullRequestWhenItIsThereOrHasANewCommit(String action) {
    // given
    ObjectNode delivery = read("pull_request." + action);
    at(delivery, "/pull_request").put("draft", false).put("body", "Fixes #7 and closes: #8");

    // when
    Told.OfPulls told = (Told.OfPulls) GithubEvents.read("pull_request", delivery);

    // then
    assertThat(told.prNumbers()).containsExactly(2);
    assertThat(told.issues()).containsExactly(7, 8);
    assertThat(told.opens()).isTrue();
    assertThat(told.event().path("branch").asText()).isEqualTo("changes");
    assertThat(told.event().path("headSha").asText()).hasSize(40);
  }

  @ParameterizedTest
  @CsvSource({
    "Resolves #12,main,12",
    "no word of it,feat/34-desc,34",
    "fixed #5,feat/34-desc,5",
    "fixes other/repo#5,main,",
    "prefixes #5,main,",
    "'',release/34x,"
  })
  void shouldFindTheIssueWhenBodyOrBranchNamesIt(String body, String branch, Integer issue) {
    // when
    Set<Integer> issues = GithubText.closes(body, branch);

    // then
    assertThat(issues).isEqualTo(issue == null ? Set.of() : Set.of(issue));
  }

  @Test
  void shouldIgnoreAPullRequestWhenItIsADraftOrAStrangers() {
    // given
    ObjectNode draft = read("pull_request.opened");
    at(draft, "/pull_request").put("draft", true);
    ObjectNode fork = read("pull_request.opened");
    at(fork, "/pull_request/head/repo").put("full_name", "mallory/Hello-World");
    ObjectNode closed = read("pull_request.closed");

    // when
    List<Told> told = List.of(
        GithubEvents.read("pull_request", draft),
        GithubEvents.read("pull_request", fork),
        GithubEvents.read("pull_request", closed));

    // then
    assertThat(told).allMatch(Told.Ignored.class::isInstance);
  }

  @Test
  void shouldTellOfTheMergeWhenItIsClosedByOne() {
    // given
    ObjectNode delivery = read("pull_request.closed");
    at(delivery, "/pull_request").put("merged", true);

    // when
    Told.OfPulls told = (Told.OfPulls) GithubEvents.read("pull_request", delivery);

    // then
    assertThat(type(told)).isEqualTo("MERGED");
    assertThat(told.event().path("mergeSha").asText())
        .isEqualTo("c4295bd74fb0f4fda03689c3df3f2803b658fd85");
  }

  @ParameterizedTest
  @CsvSource({
    "approved,User,OWNER,REVIEW_PASSED,",
    "changes_requested,User,MEMBER,REVIEW_DISPUTED,",
    "approved,Bot,NONE,REVIEW_PASSED,Codertocat",
    "approved,User,NONE,ignored,",
    "approved,User,CONTRIBUTOR,ignored,",
    "commented,User,OWNER,ignored,"
  })
  void shouldTellOfAReviewWhenItSaysYesOrNoAndItsAuthorMay(
      String state, String userType, String association, String type, String agentId) {
    // given
    ObjectNode delivery = read("pull_request_review.submitted");
    ObjectNode review = at(delivery, "/review");
    review.put("state", state).put("author_association", association);
    at(delivery, "/review/user").put("type", userType);

    // when
    Told told = GithubEvents.read("pull_request_review", delivery);

    // then
    assertThat(type(told)).isEqualTo(type);
    if (told instanceof Told.OfPulls pulls) {
      assertThat(pulls.event().path("agentId").asText(""))
          .isEqualTo(agentId == null ? "" : agentId);
    }
  }

  @Test
  void shouldIgnoreAnApprovalWhenItIsOfAnOlderCommit() {
    // given
    ObjectNode delivery = read("pull_request_review.submitted");
    at(delivery, "/review").put("state", "approved").put("commit_id", "0".repeat(40));

    // when
    Told told = GithubEvents.read("pull_request_review", delivery);

    // then
    assertThat(told).isInstanceOf(Told.Ignored.class);
  }

  @ParameterizedTest
  @CsvSource({
    "check_suite,check_suite.completed,CI_PASSED",
    "check_suite,check_suite.requested,ignored",
    "check_run,check_run.completed.success,CI_PASSED",
    "check_run,check_run.completed.failure,CI_FAILED"
  })
  void shouldTellOfCiWhenASuiteOrRunIsDone(String event, String fixture, String type) {
    // when
    Told told = GithubEvents.read(event, read(fixture));

    // then
    assertThat(type(told)).isEqualTo(type);
    if (told instanceof Told.OfPulls pulls) {
      assertThat(pulls.prNumbers()).containsExactly(2);
      assertThat(pulls.event().path("headSha").asText()).hasSize(40);
      assertThat(pulls.event().path("checkSuite").asText()).isEqualTo("118578147");
    }
  }

  @Test
  void shouldWaitForTheSuiteWhenOneRunIsGreen() {
    // given
    ObjectNode delivery = read("check_run.completed.success");
    at(delivery, "/check_run/check_suite").put("status", "in_progress").putNull("conclusion");

    // when
    Told told = GithubEvents.read("check_run", delivery);

    // then
    assertThat(told).isInstanceOf(Told.Ignored.class);
  }

  @Test
  void shouldNeverThrowWhenADeliveryIsBroken() {
    for (String event : List.of(
        "issues", "pull_request", "pull_request_review", "check_suite", "check_run", "push")) {
      for (String fixture : List.of(
          "issues.labeled",
          "pull_request.opened",
          "pull_request_review.submitted",
          "check_suite.completed",
          "check_run.completed.failure",
          "ping")) {
        for (long seed = 0; seed < 50; seed++) {
          // given
          JsonNode broken = broken(read(fixture), new Random(seed));

          // when
          Told told = GithubEvents.read(event, broken);

          // then
          assertThat(told).as(event + " " + fixture + " seed=" + seed).isNotNull();
        }
      }
    }
  }

  private static JsonNode broken(ObjectNode delivery, Random random) {
    delivery.properties().forEach(entry -> {
      if (random.nextInt(4) == 0) {
        entry.setValue(
            switch (random.nextInt(4)) {
              case 0 -> JsonNodeFactory.instance.nullNode();
              case 1 -> JsonNodeFactory.instance.numberNode(-1);
              case 2 -> JsonNodeFactory.instance.textNode("x");
              default -> JsonNodeFactory.instance.arrayNode().add(1);
            });
      } else if (entry.getValue() instanceof ObjectNode child) {
        broken(child, random);
      }
    });
    return delivery;
  }

  private static String type(Told told) {
    return switch (told) {
      case Told.Ignored ignored -> "ignored";
      case Told.OfIssue issue -> issue.event().path("type").asText();
      case Told.OfPulls pulls -> pulls.event().path("type").asText();
    };
  }
}
