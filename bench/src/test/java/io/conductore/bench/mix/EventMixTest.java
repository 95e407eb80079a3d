package io.conductore.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.bench.fold.ProductCodecs;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.head.EventCodecs;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventMixTest {
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final int EVENTS = 20_000;
  private static final long SEED = 7;

  @Test
  void shouldGiveTheSameEventsWhenSeedAndStartAreTheSame() {
    // given
    EventMix first = new EventMix(SEED, START);
    EventMix second = new EventMix(SEED, START);

    // when
    List<AgentActivity> events = first.take(EVENTS);

    // then
    assertThat(second.take(EVENTS)).isEqualTo(events);
  }

  @Test
  void shouldGiveOtherIdsWhenTheSeedDiffers() {
    // given
    EventMix other = new EventMix(SEED + 1, START);

    // when
    List<String> ids = ids(other.take(EVENTS));

    // then
    assertThat(Collections.disjoint(Set.copyOf(ids), ids(new EventMix(SEED, START).take(EVENTS))))
        .isTrue();
  }

  @Test
  void shouldKeepItsSharesWhenManyEventsAreTaken() {
    // given
    EventMix mix = new EventMix(SEED, START);

    // when
    Map<String, Long> byType = mix.take(EVENTS).stream()
        .collect(Collectors.groupingBy(AgentActivity::getType, Collectors.counting()));

    // then
    assertThat(percent(byType, "TOOL_CALL")).isCloseTo(40, within(1.5));
    assertThat(percent(byType, "TURN_COMPLETED")).isCloseTo(25, within(1.5));
    assertThat(percent(byType, "TOKEN_USAGE")).isCloseTo(20, within(1.5));
    assertThat(percent(byType, "HEARTBEAT")).isCloseTo(15, within(1.5));
  }

  @Test
  void shouldRepeatOneToTwoPercentExactlyWhenManyEventsAreTaken() {
    // given
    List<AgentActivity> events = new EventMix(SEED, START).take(EVENTS);

    // when
    Map<String, List<AgentActivity>> byId =
        events.stream().collect(Collectors.groupingBy(AgentActivity::getEventId));

    // then
    assertThat(100.0 * (EVENTS - byId.size()) / EVENTS).isBetween(1.0, 2.0);
    assertThat(byId.values()).allSatisfy(same -> assertThat(same).containsOnly(same.getFirst()));
  }

  @Test
  void shouldHaveTheSizeOfRealEventsWhenEncoded() {
    // given
    EventCodecs codecs = ProductCodecs.create();

    // when
    EncodedLog log = EncodedLog.of(new EventMix(SEED, START), EVENTS, codecs.activity()::encode);

    // then
    assertThat(log.meanValueBytes()).isBetween(250.0, 350.0);
    assertThat(log.record(0).key())
        .asString()
        .isEqualTo(new EventMix(SEED, START).next().getStreamId());
  }

  @Test
  void shouldSayWhatAnAgentPostsWhenFlat() throws Exception {
    // given
    AgentActivity usage = new EventMix(SEED, START)
        .take(100).stream()
            .filter(event -> event.getType().equals("TOKEN_USAGE"))
            .findFirst()
            .orElseThrow();

    // when
    JsonNode flat = new ObjectMapper().readTree(PostedJson.of(usage));

    // then
    assertThat(flat.path("type").asText()).isEqualTo("TOKEN_USAGE");
    assertThat(flat.path("eventId").asText()).isEqualTo(usage.getEventId());
    assertThat(flat.path("agentId").asText())
        .isEqualTo(usage.getStreamId() + "/" + usage.getInstance());
    assertThat(flat.path("costUsd").isNumber()).isTrue();
    assertThat(flat.has("costBasis")).isFalse();
  }

  private static List<String> ids(List<AgentActivity> events) {
    return events.stream()
        .map((Function<AgentActivity, String>) AgentActivity::getEventId)
        .toList();
  }

  private static double percent(Map<String, Long> byType, String type) {
    return 100.0 * byType.getOrDefault(type, 0L) / EVENTS;
  }
}
