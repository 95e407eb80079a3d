package io.conductore.schemas.flat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.WireBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random JSON: never an exception, and whatever is accepted can be a record with a key and can be
 * printed. Repeat a run with -Dfuzz.seed=N.
 */
@Timeout(300)
class FlatFuzzTest {
  private static final int VALUES = 20_000;
  private static final int KEY_BYTES_MAX = 2 * 4 * FlatLimits.ID_CHARS_MAX;

  @Test
  void shouldReturnAnOutcomeWhateverTheJsonIs() {
    // given
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("FlatFuzzTest fuzz.seed=" + seed);
    RandomJson values = new RandomJson(new Random(seed));
    int accepted = 0;
    int refused = 0;
    for (int n = 0; n < VALUES; n++) {
      JsonNode json = values.next();
      try {
        // when
        FlatOutcome outcome = FlatReader.read(json, FlatText.reading());
        // then
        if (outcome instanceof FlatOutcome.Accepted good) {
          accepted++;
          assertUsable(good.event());
        } else {
          refused++;
          assertTelling(((FlatOutcome.Refused) outcome).errors());
        }
      } catch (Throwable thrown) {
        throw new AssertionError("fuzz.seed=" + seed + " n=" + n, thrown);
      }
    }
    assertThat(accepted).as("accepted, fuzz.seed=%d", seed).isGreaterThan(2_000);
    assertThat(refused).as("refused, fuzz.seed=%d", seed).isGreaterThan(2_000);
  }

  private static void assertUsable(LogEvent event) {
    assertThat(event.key().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, KEY_BYTES_MAX);
    assertThat(new String(event.key().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(event.key());
    assertThat(event.eventId()).isNotBlank();
    SpecificRecord envelope = event.envelope();
    assertThat(WireBytes.encode(envelope)).isNotEmpty();
    assertThat(FlatText.print(FlatWriter.data(envelope))).startsWith("{");
  }

  private static void assertTelling(List<FieldError> errors) {
    assertThat(errors).hasSizeBetween(1, FlatLimits.ERRORS_MAX);
    assertThat(errors).allSatisfy(error -> {
      assertThat(error.field()).hasSizeLessThanOrEqualTo(FlatLimits.ID_CHARS_MAX);
      assertThat(error.detail()).isNotBlank().hasSizeLessThan(600);
    });
  }
}
