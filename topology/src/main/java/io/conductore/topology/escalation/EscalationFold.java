package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.state.Clip;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one record does to the escalations of its subject. Pure: time is the record's place in the
 * feed, and what is due waits for a record that says so.
 */
public final class EscalationFold {
  /** An event at this depth raises nothing: an escalation about an escalation ends here. */
  public static final int DEPTH_LIMIT = 4;

  /** So many openings about one subject within the window; what comes then is held and counted. */
  public static final int STORM_OPENINGS_MAX = 5;

  public static final Duration STORM_WINDOW = Duration.ofHours(1);

  /** More causes than the product has. */
  static final int CAUSES_MAX = 32;

  static final int RECENT_MAX = 64;
  static final int CLOSED_KEPT = 20;

  private final EscalationRules rules;

  /** The state after a record, and what became of escalations, in order. */
  public record Folded(SubjectState subject, List<Change> changes) {}

  public EscalationFold(EscalationRules rules) {
    this.rules = rules;
  }

  public Folded apply(SubjectState before, CauseRecord record, long timeMs) {
    Draft draft = new Draft(before, timeMs);
    switch (record) {
      case CauseRecord.Raised raised -> raised(draft, raised);
      case CauseRecord.Cleared cleared -> {
        draft.held.remove(cleared.cause());
        draft.close(cleared.cause());
      }
      case CauseRecord.Acknowledged said -> draft.acknowledge(said.escalationId(), said.by());
      case CauseRecord.Seen said -> draft.acknowledge(said.escalationId(), said.by());
      case CauseRecord.Due due -> due(draft);
    }
    return draft.folded();
  }

  private void raised(Draft draft, CauseRecord.Raised said) {
    CauseRecord.Raised raised = clipped(said);
    if (!draft.isNew(raised)) {
      return;
    }
    Escalation open = draft.open.get(raised.cause());
    if (open != null) {
      draft.keep(raised.depth() >= DEPTH_LIMIT ? open.counted() : open.again(raised, draft.timeMs));
    } else if (raised.depth() >= DEPTH_LIMIT) {
      draft.unheard++;
    } else if (draft.isStorm()) {
      draft.hold(raised);
    } else {
      draft.open(raised, ranking(raised.cause(), raised.subject()));
    }
  }

  private void due(Draft draft) {
    for (Escalation escalation : List.copyOf(draft.open.values())) {
      if (escalation.dueAtMs() <= draft.timeMs) {
        if (escalation.isAcknowledged()) {
          draft.close(escalation.cause());
        } else {
          Ranking ranking = ranking(escalation.cause(), escalation.subject());
          draft.news(escalation.climbed(ranking, draft.timeMs), Change.Told.CLIMBED);
        }
      }
    }
    for (CauseRecord.Raised raised : List.copyOf(draft.held.values())) {
      if (!draft.isStorm()) {
        draft.held.remove(raised.cause());
        draft.open(raised, ranking(raised.cause(), raised.subject()));
      }
    }
  }

  private Ranking ranking(String cause, CauseRecord.Subject subject) {
    return rules.of(cause, subject);
  }

  private static CauseRecord.Raised clipped(CauseRecord.Raised raised) {
    return new CauseRecord.Raised(
        raised.subject(),
        Clip.text(raised.cause()),
        Clip.text(raised.summary()),
        Clip.texts(raised.evidence().stream().limit(Escalation.EVIDENCE_MAX).toList()),
        Clip.text(raised.causeEventId()),
        raised.atMs(),
        raised.depth());
  }

  /** A subject's state while one record is folded. */
  private static final class Draft {
    private final SubjectState before;
    private final long timeMs;
    private final SortedMap<String, Escalation> open;
    private final SortedMap<String, CauseRecord.Raised> held;
    private final List<Long> openings;
    private final List<Long> recent;
    private final List<String> closed;
    private final List<Change> changes = new ArrayList<>();
    private long unheard;

    private Draft(SubjectState before, long timeMs) {
      this.before = before;
      this.timeMs = timeMs;
      this.open = new TreeMap<>(before.open());
      this.held = new TreeMap<>(before.held());
      this.openings = new ArrayList<>(before.openings());
      this.recent = new ArrayList<>(before.recent());
      this.closed = new ArrayList<>(before.closed());
      this.unheard = before.unheard();
      openings.removeIf(atMs -> atMs <= timeMs - STORM_WINDOW.toMillis());
    }

    private Folded folded() {
      SubjectState after =
          new SubjectState(before.subject(), open, held, openings, recent, closed, unheard);
      return new Folded(after, List.copyOf(changes));
    }

    /** Remembers the cause event; false when it was there. */
    private boolean isNew(CauseRecord.Raised raised) {
      long hash = ByteBuffer.wrap(EventIdKey.of(raised.cause() + "\n" + raised.causeEventId()))
          .getLong();
      if (recent.contains(hash) || closed.contains(EscalationId.of(raised))) {
        return false;
      }
      recent.add(hash);
      if (recent.size() > RECENT_MAX) {
        recent.removeFirst();
      }
      return true;
    }

    private boolean isStorm() {
      return openings.size() >= STORM_OPENINGS_MAX || open.size() >= CAUSES_MAX;
    }

    private void open(CauseRecord.Raised raised, Ranking ranking) {
      openings.add(timeMs);
      news(Escalation.opening(raised, ranking, timeMs), Change.Told.OPENED);
    }

    /** It opens later; until then the newest open one shows that there is more. */
    private void hold(CauseRecord.Raised raised) {
      if (held.size() < CAUSES_MAX) {
        held.putIfAbsent(raised.cause(), raised);
      } else {
        unheard++;
      }
      open.values().stream()
          .max(java.util.Comparator.comparingLong(Escalation::openedAtMs))
          .ifPresent(newest -> keep(newest.counted()));
    }

    private void acknowledge(String escalationId, @Nullable String by) {
      for (Escalation escalation : List.copyOf(open.values())) {
        if (escalation.id().equals(escalationId) && !escalation.isAcknowledged()) {
          news(escalation.acknowledged(by, timeMs), Change.Told.ACKNOWLEDGED);
        }
      }
    }

    private void close(String cause) {
      Escalation ended = open.remove(cause);
      if (ended == null) {
        return;
      }
      changes.add(new Change.News(ended.closed(timeMs), Change.Told.CLOSED));
      closed.add(ended.id());
      if (closed.size() > CLOSED_KEPT) {
        changes.add(new Change.Forgotten(closed.removeFirst()));
      }
    }

    private void keep(Escalation escalation) {
      open.put(escalation.cause(), escalation);
      changes.add(new Change.Kept(escalation));
    }

    private void news(Escalation escalation, Change.Told told) {
      open.put(escalation.cause(), escalation);
      changes.add(new Change.News(escalation, told));
    }
  }
}
