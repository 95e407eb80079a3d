package io.conductore.topology.stuck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * What a session's agent and a person were told and what is not over yet. It remembers, so it
 * depends on the order of arrival, which the trace does not. Once it says stuck it says so until
 * there is progress: a loop that pauses or changes its ways is the same loop.
 *
 * @param stuckId the AGENT_STUCK that told it; empty unless the level is stuck
 * @param last the newest evidence; progress must come after it
 * @param verdicts the gravest first, at most {@link #VERDICTS_MAX}; none for nothing to tell
 */
public record Alarm(String stuckId, Place last, List<Verdict> verdicts) {
  static final int VERDICTS_MAX = 3;
  public static final Alarm NONE = new Alarm("", Place.BEFORE_ALL, List.of());

  /** A place in the order of steps. */
  record Place(long atMs, int turn, EventRef event) {
    static final Place BEFORE_ALL = new Place(Long.MIN_VALUE, 0, new EventRef(0, 0, ""));

    static Place of(Trace trace) {
      if (trace.steps().isEmpty()) {
        return BEFORE_ALL;
      }
      Step step = trace.steps().getLast();
      return new Place(step.atMs(), step.turn(), step.event());
    }

    boolean isBefore(Step step) {
      if (step.atMs() != atMs) {
        return step.atMs() > atMs;
      }
      return step.turn() == turn ? step.eventId().compareTo(event.id()) > 0 : step.turn() > turn;
    }
  }

  public Alarm {
    verdicts = List.copyOf(verdicts);
  }

  public boolean isStuck() {
    return !stuckId.isEmpty();
  }

  /** True when this pattern shows, at whatever level. */
  public boolean shows(Pattern pattern) {
    return verdicts.stream().anyMatch(verdict -> verdict.pattern() == pattern);
  }

  /**
   * The alarm after one more event.
   *
   * @param judged what the trace shows now
   * @param stuckIdIfNew names the AGENT_STUCK if this event is what makes it one
   */
  public Alarm next(Trace trace, List<Verdict> judged, String stuckIdIfNew) {
    boolean looping = !judged.isEmpty() && judged.getFirst().level() == Level.STUCK;
    if (isStuck() && !Judge.progressAfter(trace, last)) {
      return looping ? new Alarm(stuckId, Place.of(trace), gravest(judged)) : this;
    }
    if (looping) {
      return new Alarm(stuckIdIfNew, Place.of(trace), gravest(judged));
    }
    return judged.isEmpty() ? NONE : new Alarm("", Place.BEFORE_ALL, gravest(judged));
  }

  /** Over, if it is this one. */
  public Alarm released(String id) {
    return isStuck() && stuckId.equals(id) ? NONE : this;
  }

  private static List<Verdict> gravest(List<Verdict> judged) {
    return judged.subList(0, Math.min(judged.size(), VERDICTS_MAX));
  }

  public void write(Encoder to) throws IOException {
    to.writeInt(verdicts.size());
    if (verdicts.isEmpty()) {
      return;
    }
    for (Verdict verdict : verdicts) {
      verdict.write(to);
    }
    EventRef.of(stuckId).write(to);
    to.writeLong(last.atMs());
    to.writeInt(last.turn());
    last.event().write(to);
  }

  public static Alarm read(Decoder from) throws IOException {
    int count = from.readInt();
    if (count == 0) {
      return NONE;
    }
    List<Verdict> verdicts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      verdicts.add(Verdict.read(from));
    }
    String stuckId = EventRef.read(from).id();
    Place last = new Place(from.readLong(), from.readInt(), EventRef.read(from));
    return new Alarm(stuckId, last, verdicts);
  }
}
