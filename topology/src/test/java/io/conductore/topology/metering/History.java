package io.conductore.topology.metering;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TelemetryMetered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What one session really used, and the readings of both temporalities that tell of it. The session
 * runs in several processes: each has counters of its own that begin at nothing.
 */
record History(List<AgentActivity> deltas, List<AgentActivity> cumulative, List<Long> truth) {
  private static final List<String> KINDS =
      List.of("input", "output", "cacheCreation", "cacheRead");
  private static final long BEGUN_MS = 1_795_435_139_000L;
  private static final long MINUTE_MS = 60_000;
  private static final int PROCESSES_MAX = 4;
  private static final int MINUTES_MAX = 20;

  /** @param startsKnown false for an exporter that does not say since when it counts */
  static History of(Random random, boolean startsKnown) {
    List<AgentActivity> deltas = new ArrayList<>();
    List<AgentActivity> cumulative = new ArrayList<>();
    long[] truth = new long[KINDS.size()];
    long nowMs = BEGUN_MS;
    int processes = 1 + random.nextInt(PROCESSES_MAX);
    for (int process = 0; process < processes; process++) {
      long startMs = nowMs;
      long[] counted = new long[KINDS.size()];
      int minutes = 1 + random.nextInt(MINUTES_MAX);
      for (int minute = 0; minute < minutes; minute++) {
        nowMs += MINUTE_MS;
        for (int kind = 0; kind < KINDS.size(); kind++) {
          // Without a start only a fall shows that it began anew, so a first use is a small one.
          long used = startsKnown || minute > 0 ? random.nextInt(5_000) : 1;
          counted[kind] += used;
          truth[kind] += used;
          deltas.add(reading(KINDS.get(kind), used, false, startMs, nowMs));
          cumulative.add(
              reading(KINDS.get(kind), counted[kind], true, startsKnown ? startMs : 0, nowMs));
        }
      }
      nowMs += MINUTE_MS;
    }
    return new History(deltas, cumulative, Arrays.stream(truth).boxed().toList());
  }

  static AgentActivity reading(
      String kind, long amount, boolean cumulative, long startMs, long atMs) {
    TelemetryMetered said = new TelemetryMetered();
    said.setKind(kind);
    said.setModel("m");
    said.setAmount(Long.toString(amount));
    said.setCumulative(cumulative);
    said.setStartedAtMs(startMs);
    said.setSeries("one");
    AgentActivity event = new AgentActivity();
    event.setOccurredAtMs(atMs);
    event.setPayload(said);
    return event;
  }

  static Metered folded(List<AgentActivity> readings) {
    Metered state = Metered.NONE;
    for (AgentActivity event : readings) {
      if (event.getPayload() instanceof TelemetryMetered said) {
        state = state.apply(event, said);
      }
    }
    return state;
  }

  /** The same readings, each at most so many places from where it belongs. */
  static List<AgentActivity> jumbled(List<AgentActivity> readings, int placesMax, Random random) {
    List<AgentActivity> next = new ArrayList<>(readings);
    for (int from = 0; from < next.size(); from += placesMax) {
      Collections.shuffle(next.subList(from, Math.min(next.size(), from + placesMax)), random);
    }
    return next;
  }
}
