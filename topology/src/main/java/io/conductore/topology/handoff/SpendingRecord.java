package io.conductore.topology.handoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of rig.spending, keyed by agent: what ACTIVITY tells of each model call and of each
 * change of a limit, once for each event. The relay copies it into rig.admissions
 * (docs/decisions/0022-admissions-are-one-serial-log.md).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SpendingRecord.Spent.class, name = "spent"),
  @JsonSubTypes.Type(value = SpendingRecord.LimitChanged.class, name = "limit-changed")
})
public sealed interface SpendingRecord {
  String eventId();

  String agentId();

  long occurredAtMs();

  /**
   * A model call has ended and cost this much.
   *
   * @param issue repo#number if the event named one
   * @param requestId of the admission that it settles, if it was admitted
   * @param tokens as a budget counts them
   */
  record Spent(
      String eventId,
      String agentId,
      @Nullable String tenant,
      @Nullable String pool,
      @Nullable String issue,
      @Nullable String requestId,
      long tokens,
      long picoUsd,
      long occurredAtMs)
      implements SpendingRecord {
    public Spent {
      required(eventId, agentId);
    }
  }

  /**
   * Somebody set a limit.
   *
   * @param agentId whose stream has the event
   * @param scope agent, tenant, pool or issue
   * @param scopeId whose limit it is
   * @param window hour, day or total
   * @param by who
   * @param untilMs when it ends by itself, null for until the next change
   */
  record LimitChanged(
      String eventId,
      String agentId,
      String scope,
      String scopeId,
      String window,
      @Nullable Long limitTokens,
      @Nullable Long limitPicoUsd,
      @Nullable String by,
      @Nullable Long untilMs,
      long occurredAtMs)
      implements SpendingRecord {
    public LimitChanged {
      required(eventId, agentId, scope, scopeId, window);
    }
  }

  /** What somebody else's JSON leaves out is null whatever the type says. */
  private static void required(Object... fields) {
    for (Object field : fields) {
      Objects.requireNonNull(field, "a field is missing");
    }
  }
}
