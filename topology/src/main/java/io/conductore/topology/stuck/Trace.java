package io.conductore.topology.stuck;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.ContextCompacted;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.activity.TurnCompleted;
import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The newest of what a session did, in order of occurrence, and of a size that does not grow with
 * the session. The same in any order of arrival: what falls out is older than all that is kept.
 *
 * @param steps oldest first, as many as fit
 * @param messages what the model said last, oldest first
 * @param compactions of its context, oldest first
 * @param context what the newest answer read, in tokens
 */
public record Trace(
    List<Step> steps, List<Said> messages, List<Said> compactions, Context context) {
  static final int STEPS_MAX = 40;
  static final int STEPS_BYTES_MAX = 1_900;
  static final int MESSAGES_MAX = 8;
  static final int MESSAGES_BYTES_MAX = 320;
  static final int COMPACTIONS_MAX = 8;
  static final int COMPACTIONS_BYTES_MAX = 320;
  public static final Trace EMPTY = new Trace(List.of(), List.of(), List.of(), Context.NONE);

  private static final String SAID_NOTHING = Digests.exactly("");

  /** Input tokens of the newest answer; of several at one time the most. */
  public record Context(long atMs, long tokens) {
    static final Context NONE = new Context(Long.MIN_VALUE, 0);

    Context apply(long otherMs, @Nullable Long others) {
      if (others == null) {
        return this;
      }
      boolean newer = otherMs > atMs || (otherMs == atMs && others > tokens);
      return newer ? new Context(otherMs, others) : this;
    }
  }

  public Trace {
    steps = List.copyOf(steps);
    messages = List.copyOf(messages);
    compactions = List.copyOf(compactions);
  }

  /** True for events that leave something in a trace. */
  public static boolean concerns(AgentActivity event) {
    return switch (event.getPayload()) {
      case ToolCall call -> true;
      case GuardBlocked blocked -> true;
      case TurnCompleted turn -> turn.getMessageDigest() != null || turn.getInputTokens() != null;
      case ContextCompacted compacted -> true;
      default -> false;
    };
  }

  /** The trace after one more event; the caller has made sure that it is not a duplicate. */
  public Trace apply(AgentActivity event, StuckRules rules) {
    Step step = Step.of(event, rules);
    if (step != null) {
      List<Step> next = with(steps, step, STEPS_MAX, STEPS_BYTES_MAX, Step::bytes);
      return new Trace(next, messages, compactions, context);
    }
    return switch (event.getPayload()) {
      case TurnCompleted turn -> said(event, turn);
      case ContextCompacted compacted -> {
        Said at = new Said(EventRef.of(event.getEventId()), event.getOccurredAtMs(), 0, 0);
        List<Said> next =
            with(compactions, at, COMPACTIONS_MAX, COMPACTIONS_BYTES_MAX, Said::bytes);
        yield new Trace(steps, messages, next, context);
      }
      default -> this;
    };
  }

  private Trace said(AgentActivity event, TurnCompleted turn) {
    long atMs = event.getOccurredAtMs();
    Context read = context.apply(atMs, turn.getInputTokens());
    String digest = turn.getMessageDigest();
    if (digest == null || digest.equals(SAID_NOTHING)) {
      return new Trace(steps, messages, compactions, read);
    }
    Said said = new Said(
        EventRef.of(event.getEventId()),
        atMs,
        turn.getTurn() == null ? 0 : turn.getTurn(),
        Step.hash("message", digest));
    List<Said> next = with(messages, said, MESSAGES_MAX, MESSAGES_BYTES_MAX, Said::bytes);
    return new Trace(steps, next, compactions, read);
  }

  /** The newest ones with this one in its place; the oldest fall out. */
  private static <T extends Comparable<T>> List<T> with(
      List<T> kept, T one, int countMax, int bytesMax, ToIntFunction<T> size) {
    List<T> next = new ArrayList<>(countMax + 1);
    next.addAll(kept);
    int at = kept.isEmpty() || kept.getLast().compareTo(one) < 0
        ? -kept.size() - 1
        : Collections.binarySearch(next, one);
    next.add(at < 0 ? -at - 1 : at, one);
    int first = next.size();
    int bytes = 0;
    while (first > 0 && next.size() - first < countMax) {
      bytes += size.applyAsInt(next.get(first - 1));
      if (bytes > bytesMax) {
        break;
      }
      first--;
    }
    return next.subList(first, next.size());
  }

  public void write(long sinceMs, Encoder to) throws IOException {
    to.writeInt(steps.size());
    for (Step step : steps) {
      step.write(sinceMs, to);
    }
    for (List<Said> list : List.of(messages, compactions)) {
      to.writeInt(list.size());
      for (Said said : list) {
        said.write(sinceMs, to);
      }
    }
    to.writeLong(context.atMs());
    to.writeLong(context.tokens());
  }

  public static Trace read(long sinceMs, Decoder from) throws IOException {
    int count = from.readInt();
    List<Step> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      steps.add(Step.read(sinceMs, from));
    }
    List<Said> messages = readSaid(sinceMs, from);
    List<Said> compactions = readSaid(sinceMs, from);
    return new Trace(steps, messages, compactions, new Context(from.readLong(), from.readLong()));
  }

  /** As sessions of version 1 have it: calls only. */
  public static Trace readFirstVersion(long sinceMs, Decoder from) throws IOException {
    int count = from.readInt();
    List<Step> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      steps.add(Step.readFirstVersion(sinceMs, from));
    }
    return new Trace(steps, List.of(), List.of(), Context.NONE);
  }

  private static List<Said> readSaid(long sinceMs, Decoder from) throws IOException {
    int count = from.readInt();
    List<Said> said = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      said.add(Said.read(sinceMs, from));
    }
    return said;
  }
}
