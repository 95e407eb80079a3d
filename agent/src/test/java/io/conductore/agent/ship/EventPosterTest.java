package io.conductore.agent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPosterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
  private static final int ATTEMPTS_MAX = 4;

  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void shouldWaitThenDropThenDeliverWhenTheApiSaysSo() throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      // given
      api.then(503, "Retry-After", "2", "{\"detail\":\"starting\"}")
          .then(
              400,
              "Content-Type",
              "application/problem+json",
              "{\"title\":\"bad\",\"errors\":["
                  + "{\"index\":1,\"field\":\"model\",\"detail\":\"must be text\"}]}")
          .then(200, "{\"events\":[]}");

      // when
      PostOutcome outcome = post(api.url(), batch(3));

      // then
      assertThat(outcome)
          .isEqualTo(new PostOutcome.Delivered(
              2, List.of(new PostOutcome.RefusedEvent(1, "model", "must be text"))));
      assertThat(pauses).containsExactly(Duration.ofSeconds(2));
      assertThat(api.bodies())
          .containsExactly(
              List.of("{\"n\":0}", "{\"n\":1}", "{\"n\":2}"),
              List.of("{\"n\":0}", "{\"n\":1}", "{\"n\":2}"),
              List.of("{\"n\":0}", "{\"n\":2}"));
      assertThat(api.contentTypes()).containsOnly("application/x-ndjson");
    }
  }

  @Test
  void shouldCountPositionsInTheWholeBatchWhenEventsAreNamedOneByOne() throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      // given
      api.then(400, "{\"errors\":[{\"index\":0,\"detail\":\"a\"}]}")
          .then(
              400, "{\"errors\":[{\"index\":0,\"detail\":\"b\"},{\"index\":1,\"detail\":\"c\"}]}");

      // when
      PostOutcome outcome = post(api.url(), batch(3));

      // then
      assertThat(outcome)
          .isEqualTo(new PostOutcome.Delivered(
              0,
              List.of(
                  new PostOutcome.RefusedEvent(0, "", "a"),
                  new PostOutcome.RefusedEvent(1, "", "b"),
                  new PostOutcome.RefusedEvent(2, "", "c"))));
      assertThat(api.bodies()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":\"no token\"}",
        "{\"detail\":\"no token\",\"errors\":[{\"index\":99}]}",
        "{\"detail\":\"no token\",\"errors\":[{\"index\":-1},{\"field\":\"x\"}]}"
      })
  void shouldRefuseTheWholeBatchWhenNoEventIsNamed(String problem) throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      // given
      api.then(401, problem);

      // when
      PostOutcome outcome = post(api.url(), batch(2));

      // then
      assertThat(outcome).isEqualTo(new PostOutcome.Refused(401, "no token"));
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void shouldSayTheStatusWhenTheAnswerIsAPage() throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      api.then(404, "<html>not here</html>");
      assertThat(post(api.url(), batch(1))).isEqualTo(new PostOutcome.Refused(404, "HTTP 404"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 408})
  void shouldGiveUpAsUnreachableWhenTheApiKeepsSayingLater(int status) throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      // given
      for (int i = 0; i < ATTEMPTS_MAX; i++) {
        api.then(status, "");
      }

      // when
      PostOutcome outcome = post(api.url(), batch(1));

      // then
      assertThat(outcome).isInstanceOf(PostOutcome.Unreachable.class);
      assertThat(api.bodies()).hasSize(ATTEMPTS_MAX);
      assertThat(pauses).hasSize(ATTEMPTS_MAX - 1);
    }
  }

  @Test
  void shouldHonourADateWhenTheApiNamesOne() throws Exception {
    try (ScriptedApi api = new ScriptedApi()) {
      // given
      api.then(429, "Retry-After", "Mon, 23 Nov 2026 12:00:07 GMT", "");

      // when
      post(api.url(), batch(1));

      // then
      assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Test
  void shouldBeUnreachableWhenNobodyListens() throws Exception {
    // given
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    // when
    PostOutcome outcome = post(nobody, batch(1));

    // then
    assertThat(outcome).isInstanceOf(PostOutcome.Unreachable.class);
    assertThat(pauses).hasSize(ATTEMPTS_MAX - 1);
    try (EventPoster poster = poster(nobody)) {
      assertThat(poster.somebodyAnswers()).isFalse();
    }
  }

  @Test
  void shouldSeeSomebodyWhenTheAnswerIsAnything() throws Exception {
    try (ScriptedApi api = new ScriptedApi();
        EventPoster poster = poster(api.url())) {
      assertThat(poster.somebodyAnswers()).isTrue();
    }
  }

  @Test
  void shouldCloseABatchWhenItReachesALimit() {
    // given
    EventBatch byCount = batch(EventBatch.EVENTS_MAX);
    EventBatch bySize = new EventBatch();
    ObjectNode large =
        JsonNodeFactory.instance.objectNode().put("x", "x".repeat(EventBatch.BYTES_MAX / 2));

    // when, then
    assertThat(byCount.add(JsonNodeFactory.instance.objectNode())).isFalse();
    assertThat(bySize.add(large)).isTrue();
    assertThat(bySize.add(large)).isFalse();
    assertThat(bySize.size()).isEqualTo(1);
  }

  private PostOutcome post(URI url, EventBatch batch) throws InterruptedException {
    try (EventPoster poster = poster(url)) {
      return poster.post(batch);
    }
  }

  private EventPoster poster(URI url) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(80), ATTEMPTS_MAX, new Random(7));
    return new EventPoster(url, backoff, CLOCK, pauses::add);
  }

  private static EventBatch batch(int events) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < events; i++) {
      assertThat(batch.add(JsonNodeFactory.instance.objectNode().put("n", i))).isTrue();
    }
    return batch;
  }
}
