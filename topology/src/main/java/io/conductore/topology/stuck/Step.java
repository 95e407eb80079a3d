package io.conductore.topology.stuck;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.evidence.Digests;
import io.conductore.topology.state.Clip;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * One tool call as the patterns see it, or a call that the guard blocked: then nothing ran, and it
 * failed.
 *
 * @param turn 0 when the producer does not number turns
 * @param signature stands for tool, arguments, outcome and result; equal steps did the same and got
 *     the same
 * @param error stands for the error, 0 for a call that succeeded
 * @param waited a success that waits for something that runs, which is not a loop
 * @param silent a success that is known to have printed nothing
 * @param files in the repository after it, {@link #FILES_UNKNOWN} if nobody counted
 */
public record Step(
    EventRef event,
    long atMs,
    int turn,
    String tool,
    long signature,
    long error,
    boolean waited,
    boolean silent,
    int files)
    implements Comparable<Step> {
  static final int FILES_UNKNOWN = -1;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** No character: what ends a part cannot be in one. */
  private static final long PART_END = 0x10000;

  private static final String BLOCKED = "blocked";
  private static final String NOTHING = Digests.ofText("");
  private static final int WAITED_FLAG = 1;
  private static final int SILENT_FLAG = 2;
  private static final int FAILED_FLAG = 4;

  /** All but event, tool and error: signature, flags, and numbers of the usual size. */
  private static final int BYTES_BESIDE = 24;

  private static final Comparator<Step> ORDER = Comparator.comparingLong(Step::atMs)
      .thenComparingInt(Step::turn)
      .thenComparing(Step::eventId);

  /** Null for an event that is no call. */
  static @Nullable Step of(AgentActivity event, StuckRules rules) {
    return switch (event.getPayload()) {
      case ToolCall call -> of(event, call, rules);
      case GuardBlocked blocked -> of(event, blocked);
      default -> null;
    };
  }

  private static Step of(AgentActivity event, ToolCall call, StuckRules rules) {
    boolean failed = "error".equals(call.getOutcome());
    String result = failed ? errorOf(call) : text(call.getOutputDigest());
    Long files = call.getRepoFileCount();
    return new Step(
        EventRef.of(event.getEventId()),
        event.getOccurredAtMs(),
        call.getTurn() == null ? 0 : call.getTurn(),
        Clip.text(call.getTool()),
        hash(
            call.getTool(),
            input(event, call, failed),
            failed ? "error" : "ok",
            result,
            size(call)),
        failed ? hash("error", errorOf(call)) : 0,
        !failed && rules.waits(call),
        !failed && printedNothing(call),
        files == null ? FILES_UNKNOWN : Math.clamp(files, 0, Integer.MAX_VALUE));
  }

  /** The rule is the error: a blocked agent that words its command anew is blocked again. */
  private static Step of(AgentActivity event, GuardBlocked blocked) {
    String rule = text(blocked.getRule());
    return new Step(
        EventRef.of(event.getEventId()),
        event.getOccurredAtMs(),
        0,
        Clip.text("guard " + rule),
        hash(BLOCKED, rule, text(blocked.getCommand())),
        hash(BLOCKED, rule, text(blocked.getReason())),
        false,
        false,
        FILES_UNKNOWN);
  }

  public String eventId() {
    return event.id();
  }

  boolean failed() {
    return error != 0;
  }

  /** How much state it takes beside the name of its tool, or a little more. */
  int bytes() {
    return event.bytes() + (failed() ? Long.BYTES : 0) + BYTES_BESIDE;
  }

  @Override
  public int compareTo(Step other) {
    return ORDER.compare(this, other);
  }

  /** @param tools the names that the step's tool is one of */
  void write(long sinceMs, List<String> tools, Encoder to) throws IOException {
    event.write(to);
    to.writeLong(atMs - sinceMs);
    to.writeInt(turn);
    to.writeInt(tools.indexOf(tool));
    Bits.write(signature, to);
    to.writeInt(
        (waited ? WAITED_FLAG : 0) | (silent ? SILENT_FLAG : 0) | (failed() ? FAILED_FLAG : 0));
    if (failed()) {
      Bits.write(error, to);
    }
    to.writeInt(files);
  }

  static Step read(long sinceMs, List<String> tools, Decoder from) throws IOException {
    EventRef event = EventRef.read(from);
    long atMs = from.readLong() + sinceMs;
    int turn = from.readInt();
    String tool = tools.get(from.readInt());
    long signature = Bits.read(from);
    int flags = from.readInt();
    long error = (flags & FAILED_FLAG) == 0 ? 0 : Bits.read(from);
    boolean waited = (flags & WAITED_FLAG) != 0;
    boolean silent = (flags & SILENT_FLAG) != 0;
    return new Step(event, atMs, turn, tool, signature, error, waited, silent, from.readInt());
  }

  /** As sessions of version 1 have them. */
  static Step readFirstVersion(long sinceMs, Decoder from) throws IOException {
    EventRef event = from.readBoolean()
        ? new EventRef(from.readLong(), from.readLong(), null)
        : new EventRef(0, 0, from.readString());
    return new Step(
        event,
        from.readLong() + sinceMs,
        from.readInt(),
        from.readString(),
        from.readLong(),
        from.readLong(),
        from.readBoolean(),
        false,
        FILES_UNKNOWN);
  }

  /**
   * Who tells something of a call but not what went in cannot be accused of repeating it: such a
   * success is like no other. Who tells nothing at all is judged by the name of the tool.
   */
  private static String input(AgentActivity event, ToolCall call, boolean failed) {
    if (call.getInputDigest() != null) {
      return call.getInputDigest();
    }
    boolean tellsMore = call.getOutputDigest() != null
        || call.getOutputBytes() != null
        || call.getDurationMs() != null;
    return tellsMore && !failed ? "unknown " + event.getEventId() : "";
  }

  private static boolean printedNothing(ToolCall call) {
    Long bytes = call.getOutputBytes();
    return bytes == null ? NOTHING.equals(call.getOutputDigest()) : bytes == 0;
  }

  private static String errorOf(ToolCall call) {
    String digest = call.getErrorDigest();
    return digest == null ? Digests.ofText(text(call.getErrorText())) : digest;
  }

  /** Without a digest of the output its size still tells results apart. */
  private static String size(ToolCall call) {
    boolean digested = call.getOutputDigest() != null || call.getErrorDigest() != null;
    return digested || call.getOutputBytes() == null
        ? ""
        : call.getOutputBytes().toString();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /**
   * FNV-1a over the characters, then mixed (the last step of MurmurHash3), so that 64 bits tell the
   * few steps of a trace apart. Nobody gains by making two of them collide: it would only make him
   * look stuck.
   */
  static long hash(String... parts) {
    long hash = FNV_OFFSET;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ PART_END) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
