package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.flat.FlatText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {
  private static final Map<String, TopicSpec> BY_NAME =
      Topics.all().stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));

  @Test
  void shouldHoldTheDoorLogsFeedsAndADeadLetterTopicForEachStage() {
    assertThat(BY_NAME)
        .containsOnlyKeys(
            "rig.ingress",
            "otlp_logs",
            "otlp_metrics",
            "otlp_spans",
            "rig.activity",
            "rig.lifecycle",
            "rig.dispatch",
            "rig.inbox",
            "rig.causes",
            "rig.admissions",
            "rig.spending",
            "rig.reports",
            "rig.escalations",
            "rig.dlq.intake",
            "rig.dlq.otlp",
            "rig.dlq.activity",
            "rig.dlq.lifecycle",
            "rig.dlq.dispatch",
            "rig.dlq.cursor",
            "rig.dlq.escalation",
            "rig.dlq.admission");
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepALogForEverWhenConfigured(Log log) {
    // when
    TopicSpec topic = BY_NAME.get(log.topic());
    // then
    assertThat(topic.log()).isSameAs(log);
    assertThat(topic.partitions()).isEqualTo(Topics.LOG_PARTITIONS);
    assertThat(topic.config())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1")
        .containsEntry("message.timestamp.type", "CreateTime");
    assertThat(log.subject()).isEqualTo(log.topic() + "-value");
    assertThat(BY_NAME).containsKey(Topics.deadLettersOf(log));
  }

  @Test
  void shouldNotBelieveTheClockOfAStrangerWhenItWritesToIngress() {
    assertThat(BY_NAME.get(Topics.INGRESS).config())
        .containsEntry("message.timestamp.type", "LogAppendTime")
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()));
  }

  /**
   * A dead letter is the whole record and why it is dead; were it too large, its stage would stop.
   */
  @Test
  void shouldTakeTheLargestRecordWithItsReasonWhenDead() {
    // given
    int reasonAndOriginBytes = 4 * 1_000 + 4 * 249 + 1_024;
    int largest = Topics.all().stream()
        .filter(topic -> !topic.name().startsWith("rig.dlq."))
        .mapToInt(TopicSpec::recordBytesMax)
        .max()
        .orElseThrow();
    // then
    assertThat(Topics.all())
        .filteredOn(topic -> topic.name().startsWith("rig.dlq."))
        .hasSize(8)
        .allSatisfy(topic -> assertThat(Integer.parseInt(topic.config().get("max.message.bytes")))
            .isGreaterThan(largest + reasonAndOriginBytes));
  }

  @Test
  void shouldGiveEveryLogTheSameNumberOfPartitions() {
    assertThat(Arrays.stream(Log.values()).map(log -> BY_NAME.get(log.topic()).partitions()))
        .containsOnly(Topics.LOG_PARTITIONS);
  }

  @Test
  void shouldNameTheEventInHeadersWhenWrittenToALog() {
    // given
    EventType type = EventCatalog.byWireName("MERGED").orElseThrow();
    LogEvent event = FlatText.accepted(FlatSamples.full(type));
    // when
    Map<String, byte[]> headers = CloudEventHeaders.of(event);
    // then
    Map<String, String> texts = headers.entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
    assertThat(texts)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "event-of-Merged")
        .containsEntry("ce_type", "MERGED")
        .containsKey("ce_source");
  }
}
