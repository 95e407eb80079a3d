package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random damage to good records: any outcome but an exception. Repeat a run with -Dfuzz.seed=N. */
@Timeout(120)
class AvroCodecFuzzTest {
  private static final int MUTATIONS = 20_000;

  @Test
  void shouldReturnAnOutcomeWhateverTheBytesAre() throws IOException {
    // given
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("AvroCodecFuzzTest fuzz.seed=" + seed);
    Random random = new Random(seed);
    AvroCodec<Ping> codec = AvroCodecTest.codec();
    List<byte[]> good = List.of(
        codec.encode(Ping.of("a", 1, List.of())),
        codec.encode(Ping.of("a longer id with ünïcode", -1, List.of("x", "y", "z"))),
        AvroCodecTest.written(SchemaIds.BUNDLED_ID_MIN + 1, Ping.nextRecord("b", "note")));
    int values = 0;
    int malformed = 0;
    int unknown = 0;
    for (int n = 0; n < MUTATIONS; n++) {
      byte[] bytes = mutated(good.get(random.nextInt(good.size())), random);
      // when
      Decoded<Ping> decoded;
      try {
        decoded = codec.decode(bytes);
      } catch (Throwable thrown) {
        throw new AssertionError(
            "fuzz.seed=" + seed + " n=" + n + " bytes=" + Arrays.toString(bytes), thrown);
      }
      values += decoded instanceof Decoded.Value ? 1 : 0;
      malformed += decoded instanceof Decoded.Malformed ? 1 : 0;
      unknown += decoded instanceof Decoded.UnknownSchema ? 1 : 0;
    }
    // then: the damage was of all kinds, or this test has checked nothing
    assertThat(values).as("values, fuzz.seed=%d", seed).isGreaterThan(500);
    assertThat(malformed).as("malformed, fuzz.seed=%d", seed).isGreaterThan(5_000);
    assertThat(unknown).as("unknown, fuzz.seed=%d", seed).isGreaterThan(100);
    assertThat(values + malformed + unknown).isEqualTo(MUTATIONS);
  }

  private static byte[] mutated(byte[] source, Random random) {
    byte[] bytes = source.clone();
    for (int hits = 1 + random.nextInt(3); hits > 0 && bytes.length > 0; hits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
        // A run of continuation bytes: the longest and largest numbers that Avro can say.
        case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 10), (byte) 0xff);
        default -> {
          byte[] noise = new byte[Math.min(8, bytes.length - at)];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, bytes, at, noise.length);
        }
      }
    }
    return bytes;
  }
}
