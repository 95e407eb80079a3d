package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.budget.Windows;
import io.conductore.topology.head.SeenId;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes into a store comes out of it, for any state and with any extreme in it. */
class SerdeRoundTripTest {
  private static final int SEEDS = 1_000;
  private static final List<String> TEXTS =
      List.of("", "a", "dev-e", "é\u4e2d\ud83d\ude00", " ", "x".repeat(200), "a/b#c|d\n");

  @Test
  void shouldReadBackAnAgentWhenItIsAnything() {
    AgentStateSerde serde = new AgentStateSerde();
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      AgentState agent = agent(new Random(seed));

      // when
      AgentState read = serde.fromBytes(serde.toBytes(agent));

      // then
      assertThat(read).as("seed=" + seed).isEqualTo(agent);
    }
  }

  @Test
  void shouldReadBackASessionWhenItIsAnything() {
    SessionStateSerde serde = new SessionStateSerde();
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      SessionState session = session(new Random(seed));

      // when
      SessionState read = serde.fromBytes(serde.toBytes(session));

      // then
      assertThat(read).as("seed=" + seed).isEqualTo(session);
    }
  }

  @Test
  void shouldReadBackTheRestWhenItIsAnything() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Random random = new Random(seed);
      Usage usage = usage(random);
      SeenId seen = new SeenId(extreme(random), extreme(random));
      StreamKey place = new StreamKey(text(random), Math.abs(random.nextLong()));
      SessionKey session = new SessionKey(text(random), text(random));
      CostKey cost = new CostKey(
          random.nextInt(),
          text(random),
          text(random),
          text(random),
          random.nextInt(10) - 1,
          text(random),
          text(random));

      // when
      Usage readUsage = new UsageSerde().fromBytes(new UsageSerde().toBytes(usage));

      // then
      assertThat(readUsage).as("seed=" + seed).isEqualTo(usage);
      assertThat(again(SeenId.SERDE, seen)).as("seed=" + seed).isEqualTo(seen);
      assertThat(again(StreamKey.SERDE, place)).as("seed=" + seed).isEqualTo(place);
      assertThat(again(SessionKey.SERDE, session)).as("seed=" + seed).isEqualTo(session);
      assertThat(again(CostKey.SERDE, cost)).as("seed=" + seed).isEqualTo(cost);
    }
  }

  @Test
  void shouldSortStreamEntriesByOrdinalWhenTheyAreMany() {
    // given
    List<Long> ordinals = List.of(1L, 2L, 9L, 10L, 255L, 256L, 65_536L, 1L << 40);

    // when
    List<byte[]> keys = ordinals.stream()
        .map(ordinal -> bytes(StreamKey.SERDE, new StreamKey("dev-e", ordinal)))
        .toList();

    // then
    assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
    byte[] nextStream = bytes(StreamKey.SERDE, new StreamKey("dev-e2", 1));
    assertThat(Arrays.compareUnsigned(nextStream, keys.getLast())).isPositive();
  }

  private static AgentState agent(Random random) {
    return new AgentState(
        text(random),
        extreme(random),
        new Liveness(
            extreme(random),
            extreme(random),
            extreme(random),
            extreme(random),
            extreme(random),
            times(random)),
        new Beat(
            stamp(random),
            maybe(random),
            maybe(random),
            maybe(random),
            random.nextBoolean() ? null : random.nextInt(Integer.MAX_VALUE)),
        new Registration(
            stamp(random),
            maybe(random),
            texts(random),
            random.nextInt(),
            texts(random),
            random.nextBoolean() ? null : random.nextLong(Long.MAX_VALUE)),
        new Tally(extreme(random), extreme(random), extreme(random), extreme(random)),
        new Budget(windows(random), windows(random), changes(random)));
  }

  private static SessionState session(Random random) {
    return new SessionState(
        new SessionKey(text(random), text(random)),
        extreme(random),
        extreme(random),
        extreme(random),
        usage(random),
        Traces.any(random),
        Traces.anyAlarm(random));
  }

  private static Usage usage(Random random) {
    return new Usage(
        extreme(random),
        extreme(random),
        extreme(random),
        extreme(random),
        extreme(random),
        new Usd(extreme(random)));
  }

  private static Windows windows(Random random) {
    TreeMap<Long, Spent> byBucket = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      byBucket.put(extreme(random), new Spent(extreme(random), new Usd(extreme(random))));
    }
    return new Windows(byBucket);
  }

  private static Map<Window, Budget.Changed> changes(Random random) {
    Map<Window, Budget.Changed> changes = new EnumMap<>(Window.class);
    for (Window window : Window.BY_CLOCK) {
      if (random.nextBoolean()) {
        Limit limit = new Limit(
            random.nextBoolean() ? null : extreme(random),
            random.nextBoolean() ? null : new Usd(extreme(random)));
        String by = random.nextBoolean() ? null : "person";
        Long until = random.nextBoolean() ? null : extreme(random);
        changes.put(window, new Budget.Changed(stamp(random), new LimitChange(limit, by, until)));
      }
    }
    return changes;
  }

  private static Map<String, Long> times(Random random) {
    Map<String, Long> times = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      times.put(text(random), extreme(random));
    }
    return times;
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text(random));
    }
    return texts;
  }

  private static Stamp stamp(Random random) {
    return new Stamp(extreme(random), extreme(random));
  }

  private static @Nullable String maybe(Random random) {
    return random.nextBoolean() ? null : text(random);
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static long extreme(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> 0;
      default -> random.nextLong();
    };
  }

  private static <T> byte[] bytes(Serde<T> serde, T value) {
    return serde.serializer().serialize("topic", value);
  }

  private static <T> T again(Serde<T> serde, T value) {
    return serde.deserializer().deserialize("topic", bytes(serde, value));
  }
}
