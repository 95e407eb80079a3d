package io.conductore.schemas.flat;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.WireBytes;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was taken into rig.ingress must fit its log, or it would stop INTAKE. */
class LargestEventTest {
  /** Kafka's own for a batch of one record with four headers. */
  private static final int BATCH_BYTES = 256;

  /** Short to write and long to keep, nearly as long as a JSON value may be. */
  private static final String GROWING =
      "[" + "1e400,".repeat(FlatLimits.JSON_CHARS_MAX / 402 - 1) + "1e400]";

  @Test
  void shouldFitItsLogWhenItFitsIngress() {
    // given
    String json = largest();

    // when
    LogEvent event = FlatText.accepted(json);
    int written = bytes(event.key())
        + WireBytes.encode(event.envelope()).length
        + CloudEventHeaders.of(event).entrySet().stream()
            .mapToInt(header -> bytes(header.getKey()) + header.getValue().length)
            .sum();

    // then
    assertThat(bytes(json)).isEqualTo(Topics.INGRESS_BYTES_MAX);
    assertThat(written).isGreaterThan(Topics.INGRESS_BYTES_MAX + 40_000);
    assertThat(written + BATCH_BYTES).isLessThan(Topics.RECORD_BYTES_MAX);
    assertThat(Topics.all())
        .filteredOn(topic -> topic.name().equals(Topics.INGRESS))
        .allMatch(topic -> topic.recordBytesMax() == Topics.INGRESS_BYTES_MAX);
  }

  /** Every part that grows as large as it may be, the rest text. */
  private static String largest() {
    String ids = Stream.of("eventId", "agentId", "sessionId", "repo", "tenant", "causationId")
        .map(name -> "\"%s\":\"%s\",".formatted(name, "½".repeat(FlatLimits.ID_CHARS_MAX)))
        .collect(Collectors.joining());
    StringBuilder json = new StringBuilder("{\"type\":\"HEARTBEAT\",").append(ids);
    json.append("\"providers\":").append(GROWING).append(",\"integrations\":").append(GROWING);
    json.append(",\"unknown\":").append(GROWING).append(",\"degradedReasons\":[\"\"");
    int left = Topics.INGRESS_BYTES_MAX - bytes(json.toString()) - "]}".length();
    while (left > 0) {
      int item = Math.min(left, FlatLimits.STRING_CHARS_MAX);
      json.append(",\"").append("x".repeat(item - 3)).append('"');
      left -= item;
    }
    return json.append("]}").toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
