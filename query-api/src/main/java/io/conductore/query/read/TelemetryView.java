package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.metering.Amounts;
import io.conductore.topology.metering.Metered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's own counters say beside the calls that are on record.
 *
 * @param state see {@link State}
 * @param metered by the counters
 * @param counted by the calls that events, transcripts and proxies told of
 * @param gap metered less counted
 * @param readings how many readings of counters there were
 * @param unfollowed readings of more counters than are followed: then metered is too low
 * @param readAt when the newest reading was taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TelemetryView(
    @Nullable String agentId,
    @Nullable String sessionId,
    State state,
    AmountsView metered,
    AmountsView counted,
    AmountsView gap,
    long readings,
    long unfollowed,
    Instant readAt) {

  /** Judged by tokens: what a call cost may come from another list of prices. */
  public enum State {
    AGREES("agrees"),
    /** The counters saw more: events were lost, and costs and budgets are too low. */
    CALLS_MISSING("calls-missing"),
    /** The calls are ahead: counters are exported once a minute, or were lost themselves. */
    COUNTERS_BEHIND("counters-behind");

    private final String word;

    State(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }
  }

  static TelemetryView of(@Nullable SessionKey session, Metered metered, Usage usage) {
    Amounts total = metered.total();
    Amounts counted = new Amounts(
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cacheCreationTokens(),
        usage.cacheReadTokens(),
        usage.cost().pico());
    Amounts gap = total.minus(counted);
    return new TelemetryView(
        session == null ? null : session.agentId(),
        session == null ? null : session.sessionId(),
        state(gap),
        AmountsView.of(total),
        AmountsView.of(counted),
        AmountsView.of(gap),
        metered.readings(),
        metered.unfollowed(),
        Instant.ofEpochMilli(metered.newestMs()));
  }

  private static State state(Amounts gap) {
    if (gap.hasTokens()) {
      return State.CALLS_MISSING;
    }
    return gap.lacksTokens() ? State.COUNTERS_BEHIND : State.AGREES;
  }
}
