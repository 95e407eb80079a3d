package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A loop on a running rig, posted as by curl, from its first nudge to its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StuckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  static Path data;

  private RigProcess rig;

  @BeforeAll
  void start() throws Exception {
    rig = RigProcess.start(data);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void shouldCallOnceAndGiveNoWorkUntilThereIsDifferentWork() throws Exception {
    // given
    approve("loop", 1);
    List<String> ids = new ArrayList<>();

    // when
    for (int i = 0; i < 10; i++) {
      ids.add("same-" + i);
      post("loop", "same-" + i, "npm test", "3 failed");
    }

    // then
    JsonNode session = awaitStuck("loop", 10, true);
    JsonNode verdict = session.path("verdicts").path(0);
    assertThat(verdict.path("pattern").asText()).isEqualTo("same-tool");
    assertThat(verdict.path("level").asText()).isEqualTo("stuck");
    assertThat(verdict.path("explanation").asText())
        .isEqualTo("Bash was called 10 times with equal input and result");
    assertThat(texts(verdict.path("evidence"))).isEqualTo(ids);
    Awaitility.await().until(() -> typesOf("loop", "AGENT_STUCK").size() == 1);
    assertThat(texts(typesOf("loop", "AGENT_STUCK").getFirst().path("data").path("evidence")))
        .isEqualTo(ids.subList(0, 5));
    Awaitility.await().until(() -> openEscalations("loop").size() == 1);
    assertThat(nudge("loop").body())
        .startsWith("Bash was called 10 times with equal input and result. ")
        .contains("no new work");
    Awaitility.await()
        .until(() -> texts(notices("loop")).equals(List.of("AGENT_NUDGED", "AGENT_STUCK")));
    HttpResponse<String> refused = rig.get("/api/assignments/next?agentId=loop");
    assertThat(refused.statusCode()).isEqualTo(204);
    assertThat(refused.headers().firstValue("Reason")).contains("stuck");

    // when
    post("loop", "other-0", "vi the-fix.js", "written");

    // then
    awaitStuck("loop", 11, false);
    Awaitility.await().until(() -> openEscalations("loop").isEmpty());
    Awaitility.await().until(() -> typesOf("loop", "AGENT_RELEASED").size() == 1);
    assertThat(typesOf("loop", "AGENT_STUCK")).hasSize(1);
    assertThat(nudge("loop").statusCode()).isEqualTo(204);
    HttpResponse<String> given = rig.get("/api/assignments/next?agentId=loop&wait=20s");
    assertThat(given.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldGiveWorkAgainWhenAPersonAcknowledgesOverHttp() throws Exception {
    // given
    approve("known", 2);
    for (int i = 0; i < 6; i++) {
      post("known", "known-" + i, "make", "nothing to be done");
    }
    awaitStuck("known", 6, true);
    Awaitility.await().until(() -> openEscalations("known").size() == 1);
    String id = openEscalations("known").getFirst().path("id").asText();

    // when
    int acknowledged =
        rig.send("/api/escalations/" + id + "/ack", "{\"by\":\"marie\"}").statusCode();

    // then
    assertThat(acknowledged).isEqualTo(200);
    Awaitility.await().until(() -> typesOf("known", "AGENT_RELEASED").size() == 1);
    JsonNode release = typesOf("known", "AGENT_RELEASED").getFirst().path("data");
    assertThat(release.path("reason").asText()).isEqualTo("acknowledged");
    assertThat(release.path("by").asText()).isEqualTo("marie");
    assertThat(
            rig.get("/api/assignments/next?agentId=known&pool=known&wait=20s").statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldJudgeByNewThresholdsWhenTheFileChanges() throws Exception {
    // given
    Path file = rig.folder().resolve("stuck.yaml");
    Files.writeString(file, "agents: {patient: {same-tool: {nudge: 0, stuck: 9}}}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    awaitRules();

    // when
    for (int i = 0; i < 8; i++) {
      post("patient", "patient-" + i, "make", "nothing to be done");
    }

    // then
    Awaitility.await().until(() -> session("patient").path("calls").asInt() == 8);
    assertThat(session("patient").path("stuck").asBoolean()).isFalse();
    post("patient", "patient-8", "make", "nothing to be done");
    awaitStuck("patient", 9, true);
  }

  /** Whoever works makes the rig look at its file; that it has, its log says. */
  private void awaitRules() {
    int[] count = {0};
    Awaitility.await().until(() -> {
      post("worker", "work-" + count[0], "edit " + count[0]++, "updated");
      return logs().contains("stuck rules read anew");
    });
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(rig.folder().resolve("logs"))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private void approve(String repo, int number) throws Exception {
    String pool = repo.equals("loop") ? "default" : repo;
    String event = "{\"type\":\"ISSUE_APPROVED\",\"repo\":\"o/%s\",\"issueNumber\":%d,"
        + "\"title\":\"t\",\"pool\":\"%s\"}";
    assertThat(rig.post(event.formatted(repo, number, pool)).statusCode()).isLessThan(300);
  }

  private void post(String agent, String id, String input, String output) throws Exception {
    String pool = agent.equals("loop") ? "default" : agent;
    String call = "{\"type\":\"TOOL_CALL\",\"agentId\":\"%s\",\"sessionId\":\"s1\","
        + "\"eventId\":\"%s\",\"tool\":\"Bash\",\"inputDigest\":\"%s\",\"outcome\":\"ok\","
        + "\"outputDigest\":\"%s\",\"pool\":\"%s\"}";
    assertThat(rig.post(call.formatted(agent, id, input, output, pool)).statusCode())
        .isLessThan(300);
  }

  private JsonNode awaitStuck(String agent, int calls, boolean stuck) {
    return Awaitility.await(agent + " stuck: " + stuck)
        .until(
            () -> session(agent),
            session -> session.path("stuck").asBoolean(!stuck) == stuck
                && session.path("calls").asInt() == calls);
  }

  private JsonNode session(String agent) throws Exception {
    return rig.json("/api/stuck/" + agent).path("sessions").path(0);
  }

  private List<JsonNode> openEscalations(String agent) throws Exception {
    return list(rig.json("/api/escalations").path("escalations")).stream()
        .filter(one -> one.path("subject").path("agentId").asText().equals(agent))
        .toList();
  }

  private List<JsonNode> typesOf(String agent, String type) throws Exception {
    String read = rig.json("/api/events/stream?limit=1000&id=" + agent).toString();
    return list(JSON.readTree(read)).stream()
        .filter(event -> event.path("type").asText().equals(readName(type)))
        .toList();
  }

  private static String readName(String type) {
    return switch (type) {
      case "AGENT_STUCK" -> "AgentStuck";
      case "AGENT_RELEASED" -> "AgentReleased";
      default -> throw new IllegalArgumentException(type);
    };
  }

  private JsonNode notices(String agent) throws Exception {
    var types = JSON.createArrayNode();
    for (JsonNode entry : rig.json("/api/inbox?agentId=" + agent).path("entries")) {
      types.add(entry.path("type"));
    }
    return types;
  }

  private HttpResponse<String> nudge(String agent) throws Exception {
    return rig.get("/api/stuck/" + agent + "/nudge?sessionId=s1");
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  private static List<String> texts(JsonNode array) {
    return list(array).stream().map(JsonNode::asText).toList();
  }
}
