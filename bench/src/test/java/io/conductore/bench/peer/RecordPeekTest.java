package io.conductore.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.bench.fold.ProductCodecs;
import io.conductore.bench.mix.EventMix;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.EventIdKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordPeekTest {

  @Test
  void shouldReadWhatTheCodecWroteWhenEventsOfAllTypesAreEncoded() {
    // given
    EventCodecs codecs = ProductCodecs.create();
    EventMix mix = new EventMix(3, Instant.EPOCH);

    for (AgentActivity event : mix.take(500)) {
      // when
      RecordPeek peek = RecordPeek.at(codecs.activity().encode(event));

      // then
      assertThat(peek.type()).isEqualTo(event.getType());
      assertThat(peek.eventIdKey()).isEqualTo(EventIdKey.of(event.getEventId()));
      assertThat(StoreWrites.valueOf(peek.type()).stores()).hasSizeBetween(3, 5);
    }
  }
}
