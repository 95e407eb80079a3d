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
  static final int STEPS_BYTES_MAX = 2_000;
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
      List<Step> next = with(steps, step);
      next = next.subList(firstKept(next), next.size());
      return new Trace(next, messages, compactions, context);
    }
    return switch (event.getPayload()) {
      case TurnCompleted turn -> said(event, turn);
      case ContextCompacted compacted -> {
        Said at = new Said(EventRef.of(event.getEventId()), event.getOccurredAtMs(), 0, 0);
        List<Said> next = with(compactions, at);
        next = next.subList(firstKept(next, COMPACTIONS_MAX, COMPACTIONS_BYTES_MAX), next.size());
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
    List<Said> next = with(messages, said);
    next = next.subList(firstKept(next, MESSAGES_MAX, MESSAGES_BYTES_MAX), next.size());
    return new Trace(steps, next, compactions, read);
  }

  /** The same with this one in its place. */
  private static <T extends Comparable<T>> List<T> with(List<T> kept, T one) {
    List<T> next = new ArrayList<>(kept.size() + 1);
    next.addAll(kept);
    if (kept.isEmpty() || kept.getLast().compareTo(one) < 0) {
      next.add(one);
      return next;
    }
    int at = Collections.binarySearch(next, one);
    next.add(at < 0 ? -at - 1 : at, one);
    return next;
  }

  /** The place of the oldest step that fits; the name of a tool is kept once. */
  private static int firstKept(List<Step> steps) {
    int first = steps.size();
    int bytes = 0;
    while (first > 0 && steps.size() - first < STEPS_MAX) {
      Step step = steps.get(first - 1);
      bytes += step.bytes();
      if (!isToolOf(step, steps, first)) {
        bytes += EventRef.bytesOf(step.tool());
      }
      if (bytes > STEPS_BYTES_MAX) {
        break;
      }
      first--;
    }
    return first;
  }

  private static boolean isToolOf(Step step, List<Step> steps, int from) {
    for (int i = from; i < steps.size(); i++) {
      if (steps.get(i).tool().equals(step.tool())) {
        return true;
      }
    }
    return false;
  }

  private static int firstKept(List<Said> said, int countMax, int bytesMax) {
    int first = said.size();
    int bytes = 0;
    while (first > 0 && said.size() - first < countMax) {
      bytes += said.get(first - 1).bytes();
      if (bytes > bytesMax) {
        break;
      }
      first--;
    }
    return first;
  }

  public void write(long sinceMs, Encoder to) throws IOException {
    List<String> tools = steps.stream().map(Step::tool).distinct().toList();
    to.writeInt(tools.size());
    for (String tool : tools) {
      to.writeString(tool);
    }
    to.writeInt(steps.size());
    for (Step step : steps) {
      step.write(sinceMs, tools, to);
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
    List<String> tools = new ArrayList<>();
    for (int i = from.readInt(); i > 0; i--) {
      tools.add(from.readString());
    }
    int count = from.readInt();
    List<Step> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      steps.add(Step.read(sinceMs, tools, from));
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
