package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issue of a running rig that GitHub tells of, from its label to the merge. */
class GithubIssueTest {
  private static final String SECRET = "between GitHub and us";
  private static final String ISSUE = """
      {"action":"labeled","label":{"name":"agent-ready"},
       "issue":{"number":7,"title":"Fix it","body":null,
                "labels":[{"name":"agent-ready"},{"name":"priority:high"}]},
       "repository":{"full_name":"o/r"}}""";
  private static final String PULL = """
      {"action":"%s","pull_request":{"number":12,"body":"Fixes #7","merged":%s,
         "merge_commit_sha":"c429","head":{"ref":"x","sha":"ec26","repo":{"full_name":"o/r"}}},
       "review":{"state":"approved","author_association":"OWNER","commit_id":"ec26",
                 "user":{"login":"marie","type":"User"}},
       "repository":{"full_name":"o/r"}}""";
  private static final String SUITE = """
      {"action":"completed","check_suite":{"id":1,"head_sha":"ec26","conclusion":"success",
         "pull_requests":[{"number":12}]},
       "repository":{"full_name":"o/r"}}""";

  @TempDir
  static Path data;

  @Test
  void shouldFollowAnIssueFromItsLabelToTheMergeWhenGithubTellsOfIt() throws Exception {
    // given
    Path secrets = Files.createDirectories(data.resolve("rig").resolve("secrets"));
    Files.writeString(secrets.resolve("github-webhook"), SECRET + "\n");

    try (RigProcess rig = RigProcess.start(data);
        HttpClient client = HttpClient.newHttpClient()) {
      // when
      List<String> states = new ArrayList<>();
      states.add(state(rig, deliver(client, rig, "issues", ISSUE)));
      deliver(client, rig, "issues", ISSUE);
      String assigned = """
          {"type":"ISSUE_ASSIGNED","repo":"o/r","issueNumber":7,"agentId":"dev-e"}""";
      states.add(state(rig, position(rig.post(assigned))));
      states.add(state(rig, deliver(client, rig, "pull_request", PULL.formatted("opened", false))));
      JsonNode shut = rig.json("/api/gates/merge?repo=o/r&pr=12");
      state(rig, deliver(client, rig, "check_suite", SUITE));
      String approval = PULL.formatted("submitted", false);
      state(rig, deliver(client, rig, "pull_request_review", approval));
      JsonNode open = rig.json("/api/gates/merge?repo=o/r&pr=12");
      states.add(state(rig, deliver(client, rig, "pull_request", PULL.formatted("closed", true))));

      // then
      assertThat(states).containsExactly("queued", "assigned", "in_review", "deploying");
      assertThat(shut.path("pass").asBoolean()).isFalse();
      assertThat(shut.path("reasons")).hasSize(2);
      assertThat(open.path("pass").asBoolean()).as(open.toString()).isTrue();
      assertThat(open.path("issue").asText()).isEqualTo("o/r#7");
      JsonNode listed = rig.json("/api/issues?state=deploying&repo=o/r").path("issues");
      assertThat(listed).hasSize(1);
      assertThat(listed.get(0).path("priority").asText()).isEqualTo("high");
      assertThat(listed.get(0).path("outOfOrder").asInt()).isZero();
      assertThat(rig.json("/api/events/stream?id=o/r%237")).hasSize(6);
      assertThat(rig.get("/api/issues/o/r/8").statusCode()).isEqualTo(404);
      assertThat(rig.get("/api/issues/o/r/x").statusCode()).isEqualTo(400);
      assertThat(rig.get("/api/issues?state=lost").statusCode()).isEqualTo(400);
    }
  }

  /** The issue's state at this position. */
  private static String state(RigProcess rig, String position) throws Exception {
    JsonNode issue = rig.json("/api/issues/o/r/7", "If-Position-At-Least", position);
    return issue.path("state").asText();
  }

  private static String position(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("X-Position").orElseThrow();
  }

  /** The same body has the same delivery id. */
  private static String deliver(HttpClient client, RigProcess rig, String event, String body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(rig.uri("/api/webhook/github"))
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", "d-" + body.hashCode())
        .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(signature))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return position(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }
}
