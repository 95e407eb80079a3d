package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What becomes of one subject's causes, told plainly: every call is a word in a list. */
final class EscalationModel {
  /** A mistake that the comparison has to notice. */
  enum Bug {
    NONE,
    CALLS_TWICE,
    CLIMBS_THOUGH_SEEN,
    KNOWS_NO_STORM,
    LOSES_WHAT_IS_HELD,
    KNOWS_NO_DEPTH
  }

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final Map<String, Long> WAIT_MS = Map.of(
      "stuck2",
      4 * HOUR_MS,
      "stuck1",
      HOUR_MS,
      "silence2",
      HOUR_MS / 2,
      "silence1",
      HOUR_MS / 2,
      "guard-storm1",
      HOUR_MS);

  private final Bug bug;
  private final List<String> told = new ArrayList<>();
  private final Set<String> events = new HashSet<>();
  private final List<Long> openings = new ArrayList<>();
  private final Map<String, Call> open = new TreeMap<>();
  private final Set<String> held = new HashSet<>();

  private static final class Call {
    private int severity;
    private long sinceMs;
    private long quietMs;
    private boolean seen;
    private int count = 1;
  }

  EscalationModel(Bug bug) {
    this.bug = bug;
  }

  List<String> told() {
    return told;
  }

  /** Such as "silence P1 3 times, seen". */
  List<String> open() {
    return open.entrySet().stream()
        .map(entry -> entry.getKey() + " P" + entry.getValue().severity + " "
            + entry.getValue().count + " times" + (entry.getValue().seen ? ", seen" : ""))
        .toList();
  }

  void apply(CauseRecord record, long nowMs) {
    switch (record) {
      case CauseRecord.Raised raised -> raised(raised, nowMs);
      case CauseRecord.Cleared cleared -> {
        held.remove(cleared.cause());
        close(cleared.cause());
      }
      case CauseRecord.Seen seen -> seen(seen.escalationId(), nowMs);
      case CauseRecord.Acknowledged seen -> seen(seen.escalationId(), nowMs);
      case CauseRecord.Due due -> due(nowMs);
    }
  }

  private void raised(CauseRecord.Raised raised, long nowMs) {
    String cause = raised.cause();
    if (!events.add(cause + raised.causeEventId()) && bug != Bug.CALLS_TWICE) {
      return;
    }
    boolean deep = raised.depth() >= EscalationFold.DEPTH_LIMIT && bug != Bug.KNOWS_NO_DEPTH;
    Call call = open.get(cause);
    if (deep) {
      return;
    }
    if (call != null) {
      call.count++;
      call.quietMs = nowMs;
    } else if (isStorm(nowMs)) {
      held.add(cause);
    } else {
      open(cause, nowMs);
    }
  }

  private void open(String cause, long nowMs) {
    Call call = new Call();
    call.severity = cause.equals("guard-storm") ? 1 : 2;
    call.sinceMs = nowMs;
    open.put(cause, call);
    openings.add(nowMs);
    told.add("opened P" + call.severity + " " + cause);
  }

  private void close(String cause) {
    Call call = open.remove(cause);
    if (call != null) {
      told.add("closed P" + call.severity + " " + cause);
    }
  }

  /** The test's ids begin with the cause. */
  private void seen(String id, long nowMs) {
    open.forEach((cause, call) -> {
      if (id.startsWith(cause) && !call.seen) {
        call.seen = true;
        call.quietMs = nowMs;
        told.add("acknowledged P" + call.severity + " " + cause);
      }
    });
  }

  private void due(long nowMs) {
    for (String cause : List.copyOf(open.keySet())) {
      Call call = open.get(cause);
      boolean quiet = nowMs - call.quietMs >= Escalation.QUIET_CLOSES.toMillis();
      long waitMs = WAIT_MS.getOrDefault(cause + call.severity, Long.MAX_VALUE);
      if (call.seen && quiet) {
        close(cause);
      } else if ((!call.seen || bug == Bug.CLIMBS_THOUGH_SEEN) && nowMs - call.sinceMs >= waitMs) {
        call.severity--;
        call.sinceMs = nowMs;
        told.add("climbed P" + call.severity + " " + cause);
      }
    }
    for (String cause : held.stream().sorted().toList()) {
      if (bug == Bug.LOSES_WHAT_IS_HELD) {
        held.clear();
      } else if (!isStorm(nowMs)) {
        held.remove(cause);
        open(cause, nowMs);
      }
    }
  }

  private boolean isStorm(long nowMs) {
    long recent = openings.stream().filter(atMs -> nowMs - atMs < HOUR_MS).count();
    return recent >= EscalationFold.STORM_OPENINGS_MAX && bug != Bug.KNOWS_NO_STORM;
  }
}
