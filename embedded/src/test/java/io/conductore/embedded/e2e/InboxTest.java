package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Inboxes and escalations of a running rig, used as agents and people do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(10);

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
  void shouldTellInOrderAndMoveForwardOnlyWhenAcknowledged() throws Exception {
    // given
    subscribe("reader", "ISSUE_APPROVED");
    approve("o/inbox", 1);
    approve("o/inbox", 2);
    approve("o/inbox", 3);

    // when
    JsonNode page = inbox("reader", 3);
    HttpResponse<String> two = acknowledge("reader", 2);
    HttpResponse<String> again = acknowledge("reader", 2);
    HttpResponse<String> back = acknowledge("reader", 1);
    HttpResponse<String> beyond = acknowledge("reader", 99);

    // then
    assertThat(ordinals(page)).containsExactly(1L, 2L, 3L);
    assertThat(page.path("entries").get(0).path("streamId").asText()).startsWith("o/inbox#");
    assertThat(page.path("entries").get(0).path("data").path("title").asText()).isEqualTo("t");
    assertThat(two.statusCode()).as(two.body()).isEqualTo(200);
    assertThat(JSON.readTree(two.body()).path("waiting").asLong()).isEqualTo(1);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(back.statusCode()).isEqualTo(409);
    assertThat(back.body()).contains("/problems/ordinal-passed");
    assertThat(beyond.statusCode()).isEqualTo(400);
    JsonNode all = rig.json("/api/inbox?agentId=reader/one&after=0");
    assertThat(states(all)).startsWith("acknowledged", "acknowledged");
    assertThat(ordinals(rig.json("/api/inbox?agentId=reader"))).containsExactly(3L);
    JsonNode cursor = rig.json("/api/cursor?agentId=reader");
    assertThat(cursor.path("lastOrdinal").asLong()).isEqualTo(2);
    assertThat(cursor.path("waiting").asLong()).isEqualTo(1);
    assertThat(cursor.path("subscribedEventTypes").get(0).asText()).isEqualTo("ISSUE_APPROVED");
  }

  @Test
  void shouldSayDeliveredOnceTheEntryWasInAnAnswer() throws Exception {
    // given
    subscribe("seen", "ISSUE_APPROVED");
    approve("o/seen", 1);

    // when
    JsonNode first = inbox("seen", 1);

    // then
    assertThat(states(first)).first().isEqualTo("queued");
    Awaitility.await()
        .atMost(SOON)
        .until(() -> states(rig.json("/api/inbox?agentId=seen")).getFirst().equals("delivered"));
  }

  @Test
  void shouldAnswerWhenSomethingComesWhileACallerWaits() throws Exception {
    // given
    subscribe("waiter", "VERIFIED");
    HttpRequest request =
        HttpRequest.newBuilder(rig.uri("/api/inbox?agentId=waiter&wait=30s")).build();

    try (HttpClient client = HttpClient.newHttpClient()) {
      // when
      CompletableFuture<HttpResponse<String>> waiting =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      assertThat(rig.json("/api/inbox?agentId=waiter&wait=1").path("entries")).isEmpty();
      rig.post("{\"type\":\"VERIFIED\",\"repo\":\"o/wait\",\"issueNumber\":1}");

      // then
      assertThat(JSON.readTree(waiting.get().body()).path("entries")).hasSize(1);
    }
  }

  @Test
  void shouldStreamEntriesAndGoOnAfterTheLastEventId() throws Exception {
    // given
    subscribe("streamer", "ISSUE_APPROVED");
    approve("o/stream", 1);
    approve("o/stream", 2);
    inbox("streamer", 2);

    // when
    List<String> first = stream("streamer", 0, 2);
    approve("o/stream", 3);
    List<String> resumed = stream("streamer", 1, 2);

    // then
    assertThat(first).containsExactly("id: 1", "id: 2");
    assertThat(resumed).containsExactly("id: 2", "id: 3");
  }

  @Test
  void shouldShowAnEscalationUntilSomebodyHasSeenIt() throws Exception {
    // given
    rig.post("{\"type\":\"AGENT_STUCK\",\"agentId\":\"lost-e\",\"reason\":\"no idea\"}");
    JsonNode open =
        Awaitility.await().atMost(SOON).until(() -> escalationOf("lost-e"), one -> one != null);
    String id = open.path("id").asText();

    // when
    HttpResponse<String> seen = rig.send("/api/escalations/" + id + "/ack", "{\"by\":\"marie\"}");
    HttpResponse<String> again = rig.send("/api/escalations/" + id + "/ack", "");
    HttpResponse<String> unknown = rig.send("/api/escalations/none/ack", "");

    // then
    assertThat(open.path("state").asText()).isEqualTo("open");
    assertThat(open.path("cause").asText()).isEqualTo("stuck");
    assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
    assertThat(JSON.readTree(seen.body()).path("state").asText()).isEqualTo("acknowledged");
    assertThat(JSON.readTree(again.body()).path("acknowledgedBy").asText()).isEqualTo("marie");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(rig.json("/api/escalations/" + id).path("climbsAt").isNull()).isTrue();
    assertThat(rig.get("/api/escalations?severity=P7").statusCode()).isEqualTo(400);
    assertThat(rig.get("/api/escalations?state=some").statusCode()).isEqualTo(400);
  }

  private void subscribe(String agentId, String type) throws Exception {
    rig.post("""
        {"type":"AGENT_REGISTERED","agentId":"%s","subscribedEventTypes":["%s"],
         "subscribedIssues":"all"}""".formatted(agentId, type));
    Awaitility.await()
        .atMost(SOON)
        .until(() -> rig.json("/api/inbox?agentId=" + agentId)
                .path("subscribedEventTypes")
                .size()
            > 0);
  }

  private void approve(String repo, int number) throws Exception {
    rig.post("{\"type\":\"ISSUE_APPROVED\",\"repo\":\"%s\",\"issueNumber\":%d,\"title\":\"t\"}"
        .formatted(repo, number));
  }

  private JsonNode inbox(String agentId, int entries) {
    return Awaitility.await()
        .atMost(SOON)
        .until(
            () -> rig.json("/api/inbox?agentId=" + agentId + "&wait=5s"),
            page -> page.path("entries").size() >= entries);
  }

  private HttpResponse<String> acknowledge(String agentId, long ordinal) throws Exception {
    return rig.send(
        "/api/cursor", "{\"agentId\":\"%s\",\"ordinal\":%d}".formatted(agentId, ordinal));
  }

  private JsonNode escalationOf(String agentId) throws Exception {
    return StreamSupport.stream(
            rig.json("/api/escalations").path("escalations").spliterator(), false)
        .filter(one -> one.path("subject").path("agentId").asText().equals(agentId))
        .findFirst()
        .orElse(null);
  }

  /** The first ids of an agent's stream after this one. */
  private List<String> stream(String agentId, long lastEventId, int count) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(rig.uri("/api/inbox?agentId=" + agentId))
        .header("Accept", "text/event-stream")
        .header("Last-Event-ID", Long.toString(lastEventId))
        .build();
    List<String> ids = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = new BufferedReader(new InputStreamReader(
            client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8))) {
      while (ids.size() < count) {
        String line = lines.readLine();
        if (line.startsWith("id: ")) {
          ids.add(line);
        }
      }
    }
    return ids;
  }

  private static List<Long> ordinals(JsonNode page) {
    List<Long> ordinals = new ArrayList<>();
    page.path("entries").forEach(entry -> ordinals.add(entry.path("ordinal").asLong()));
    return ordinals;
  }

  private static List<String> states(JsonNode page) {
    List<String> states = new ArrayList<>();
    page.path("entries").forEach(entry -> states.add(entry.path("state").asText()));
    return states;
  }
}
