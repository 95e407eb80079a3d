package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is open about one agent or issue, and what keeps it from calling too often. Small: an
 * entry for each cause and some bounded lists.
 *
 * @param open by cause
 * @param held raised in a storm, by cause; they open when the hour has passed, unless cleared
 * @param openings times of the openings within the last hour
 * @param recent hashes of the newest cause events, so that one raises once
 * @param closed ids of those that closed last, oldest first
 * @param unheard how many calls were too deep to raise anything, or too many to hold
 */
public record SubjectState(
    CauseRecord.Subject subject,
    SortedMap<String, Escalation> open,
    SortedMap<String, CauseRecord.Raised> held,
    List<Long> openings,
    List<Long> recent,
    List<String> closed,
    long unheard) {

  static SubjectState of(CauseRecord.Subject subject) {
    return new SubjectState(
        subject, new TreeMap<>(), new TreeMap<>(), List.of(), List.of(), List.of(), 0);
  }

  public SubjectState {
    open = Collections.unmodifiableSortedMap(open);
    held = Collections.unmodifiableSortedMap(held);
    openings = List.copyOf(openings);
    recent = List.copyOf(recent);
    closed = List.copyOf(closed);
  }

  /** When time alone changes something here. */
  long dueAtMs() {
    long climbs =
        open.values().stream().mapToLong(Escalation::dueAtMs).min().orElse(Escalation.NEVER_MS);
    if (held.isEmpty()) {
      return climbs;
    }
    // Held because of too many openings; without any, they wait for room.
    long frees = openings.isEmpty()
        ? Escalation.NEVER_MS
        : openings.getFirst() + EscalationFold.STORM_WINDOW.toMillis();
    return Math.min(climbs, frees);
  }
}
