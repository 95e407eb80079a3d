package io.conductore.topology.lifecycle;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each phase began last, and how long it lasted in all until it was left, by wire name. Clocks
 * of producers differ: a phase that was left before it began lasted no time.
 */
public record PhaseTimes(Map<String, Long> enteredMs, Map<String, Long> totalMs) {
  static final PhaseTimes NONE = new PhaseTimes(Map.of(), Map.of());

  public PhaseTimes {
    enteredMs = Collections.unmodifiableMap(enteredMs);
    totalMs = Collections.unmodifiableMap(totalMs);
  }

  PhaseTimes moved(String from, String to, long atMs) {
    Long sinceMs = enteredMs.get(from);
    long thenMs = sinceMs == null ? atMs : Math.max(atMs, sinceMs);
    Map<String, Long> entered = new TreeMap<>(enteredMs);
    Map<String, Long> total = new TreeMap<>(totalMs);
    if (sinceMs != null) {
      total.merge(from, thenMs - sinceMs, Long::sum);
    }
    entered.put(to, thenMs);
    return new PhaseTimes(entered, total);
  }
}
