package io.conductore.topology.metering;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TelemetryMetered;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.StateSerde;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the counters of one session say in all. Delta readings are added up; cumulative ones are
 * followed counter by counter, so that both temporalities give the same totals. A reading that is
 * told twice has one event id and is dropped before it comes here.
 *
 * @param deltas the sum of the delta readings
 * @param counters the cumulative ones, by kind and series
 * @param readings how many were folded
 * @param unfollowed readings of counters beyond the limit: then the totals are too low
 * @param newestMs when the newest reading was taken
 */
public record Metered(
    Amounts deltas,
    SortedMap<String, Counter> counters,
    long readings,
    long unfollowed,
    long newestMs) {
  /** Kinds times models times subagents; a session with more of them is followed in part. */
  static final int COUNTERS_MAX = 64;

  public static final Metered NONE =
      new Metered(Amounts.NONE, new TreeMap<>(), 0, 0, Long.MIN_VALUE);
  public static final StateSerde<Metered> SERDE = new MeteredSerde();

  public Metered {
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
  }

  /** A reading that says neither of what nor how much changes nothing. */
  public Metered apply(AgentActivity event, TelemetryMetered said) {
    Optional<MeterKind> kind = Optional.ofNullable(said.getKind()).flatMap(MeterKind::of);
    if (kind.isEmpty() || said.getAmount() == null) {
      return this;
    }
    long amount = kind.get().amount(said.getAmount());
    long atMs = event.getOccurredAtMs();
    if (!Boolean.TRUE.equals(said.getCumulative())) {
      return next(deltas.plus(Amounts.of(kind.get(), amount)), counters, 0, atMs);
    }
    Long start = said.getStartedAtMs();
    String series = kind.get().word() + " " + Clip.text(series(said));
    Counter counter = counters.get(series);
    if (counter == null && counters.size() >= COUNTERS_MAX) {
      return next(deltas, counters, 1, atMs);
    }
    SortedMap<String, Counter> followed = new TreeMap<>(counters);
    Counter before = counter == null ? Counter.opening(kind.get()) : counter;
    followed.put(series, before.apply(start == null ? 0 : start, new Run.Reading(atMs, amount)));
    return next(deltas, followed, 0, atMs);
  }

  /** What was used in all. */
  public Amounts total() {
    Amounts total = deltas;
    for (Counter counter : counters.values()) {
      total = total.plus(Amounts.of(counter.kind(), counter.total()));
    }
    return total;
  }

  /** Two sessions as one, for a total: nothing may be folded into it. */
  public Metered with(Metered other) {
    return new Metered(
        total().plus(other.total()),
        new TreeMap<>(),
        readings + other.readings,
        unfollowed + other.unfollowed,
        Math.max(newestMs, other.newestMs));
  }

  private Metered next(Amounts added, SortedMap<String, Counter> followed, long missed, long atMs) {
    return new Metered(
        added, followed, readings + 1, unfollowed + missed, Math.max(newestMs, atMs));
  }

  /** Who posts readings of his own may leave the series out. */
  private static String series(TelemetryMetered said) {
    return said.getSeries() == null ? said.getModel() + " " + said.getCategory() : said.getSeries();
  }
}
