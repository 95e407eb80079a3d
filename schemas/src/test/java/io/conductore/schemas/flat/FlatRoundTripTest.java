package io.conductore.schemas.flat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.WireBytes;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reading, writing and reading again changes nothing: in memory, as text, and by way of Avro bytes.
 * Repeat a run with -Dfuzz.seed=N.
 */
@Timeout(120)
class FlatRoundTripTest {
  private static final int EVENTS = 2_000;

  @Test
  void shouldGiveAnEqualEnvelopeWhenReadAgain() {
    // given
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("FlatRoundTripTest fuzz.seed=" + seed);
    RandomEvent events = new RandomEvent(new Random(seed));
    Set<String> types = new TreeSet<>();
    for (int n = 0; n < EVENTS; n++) {
      ObjectNode given = events.next();
      // when
      LogEvent event = FlatText.accepted(FlatText.parse(FlatText.print(given)));
      ObjectNode flat = FlatText.flat(event.envelope());
      JsonNode printed = FlatText.parse(FlatText.print(flat));
      // then
      types.add(event.type().wireName());
      assertThat(FlatText.accepted(flat))
          .as("in memory, fuzz.seed=%d n=%d %s", seed, n, given)
          .isEqualTo(event);
      assertThat(FlatText.accepted(printed))
          .as("as text, fuzz.seed=%d n=%d %s", seed, n, given)
          .isEqualTo(event);
      assertThat(FlatText.flat(WireBytes.decode(event.log(), WireBytes.encode(event.envelope()))))
          .as("as Avro, fuzz.seed=%d n=%d %s", seed, n, given)
          .isEqualTo(flat);
    }
    assertThat(types).as("types tried").hasSizeGreaterThan(40);
  }
}
