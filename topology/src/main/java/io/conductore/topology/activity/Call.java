package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.topology.state.Clip;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tool call as the stuck patterns see it, or a call that the guard blocked: then nothing ran,
 * and it failed.
 *
 * @param turn 0 when the producer does not number turns
 * @param signature stands for tool, arguments, outcome and result; equal calls did the same and got
 *     the same
 * @param error stands for the error, 0 for a call that succeeded
 * @param waited a successful call that took long: waiting for a running job is not a loop
 */
public record Call(
    String eventId,
    long occurredAtMs,
    int turn,
    String tool,
    long signature,
    long error,
    boolean waited)
    implements Comparable<Call> {

  /** A call that takes longer than this waits for something; agents that spin do not. */
  static final Duration WAIT_MIN = Duration.ofSeconds(10);

  /**
   * Tools that only wait for a job or look whether it still runs; unchanged output is what they
   * tell.
   */
  private static final Set<String> WAITING_TOOLS =
      Set.of("bashoutput", "taskoutput", "monitor", "sleep", "wait");

  private static final String BLOCKED = "blocked";
  private static final Comparator<Call> ORDER = Comparator.comparingLong(Call::occurredAtMs)
      .thenComparingInt(Call::turn)
      .thenComparing(Call::eventId);

  static boolean isOne(AgentActivity event) {
    return event.getPayload() instanceof ToolCall || event.getPayload() instanceof GuardBlocked;
  }

  /** Null for an event that is no call. */
  static @Nullable Call of(AgentActivity event) {
    return switch (event.getPayload()) {
      case ToolCall call -> of(event, call);
      case GuardBlocked blocked -> of(event, blocked);
      default -> null;
    };
  }

  private static Call of(AgentActivity event, ToolCall call) {
    boolean failed = "error".equals(call.getOutcome());
    String result = failed ? errorOf(call) : text(call.getOutputDigest());
    return new Call(
        event.getEventId(),
        event.getOccurredAtMs(),
        call.getTurn() == null ? 0 : call.getTurn(),
        Clip.text(call.getTool()),
        hash(
            call.getTool(),
            text(call.getInputDigest()),
            failed ? "error" : "ok",
            result,
            size(call)),
        failed ? hash("error", errorOf(call)) : 0,
        !failed && waits(call));
  }

  /** The rule is the error: a blocked agent that words its command anew is blocked again. */
  private static Call of(AgentActivity event, GuardBlocked blocked) {
    String rule = text(blocked.getRule());
    return new Call(
        event.getEventId(),
        event.getOccurredAtMs(),
        0,
        Clip.text("guard " + rule),
        hash(BLOCKED, rule, text(blocked.getCommand())),
        hash(BLOCKED, rule, text(blocked.getReason())),
        false);
  }

  boolean failed() {
    return error != 0;
  }

  @Override
  public int compareTo(Call other) {
    return ORDER.compare(this, other);
  }

  private static boolean waits(ToolCall call) {
    Long durationMs = call.getDurationMs();
    return (durationMs != null && durationMs >= WAIT_MIN.toMillis())
        || WAITING_TOOLS.contains(call.getTool().toLowerCase(Locale.ROOT));
  }

  private static String errorOf(ToolCall call) {
    String digest = call.getErrorDigest();
    return digest == null ? ErrorText.settled(text(call.getErrorText())) : digest;
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

  private static long hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      long value = ByteBuffer.wrap(digest.digest()).getLong();
      return value == 0 ? 1 : value;
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
