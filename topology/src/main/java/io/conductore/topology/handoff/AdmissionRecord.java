package io.conductore.topology.handoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.conductore.topology.budget.BudgetLimits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of rig.admissions, which is one serial log: all that decides whether a model call may
 * be made. All have the key {@link #BOOK}, for one call counts against limits of several kinds at
 * once (docs/decisions/0022-admissions-are-one-serial-log.md).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdmissionRecord.Admit.class, name = "admit"),
  @JsonSubTypes.Type(value = AdmissionRecord.Told.class, name = "told"),
  @JsonSubTypes.Type(value = AdmissionRecord.LimitsSet.class, name = "limits-set"),
  @JsonSubTypes.Type(value = AdmissionRecord.Tick.class, name = "tick")
})
public sealed interface AdmissionRecord {
  /** The key of every record. */
  String BOOK = "book";

  /**
   * Somebody wants to call a model; from the API.
   *
   * @param requestId chosen by the caller; the same one again is the same reservation
   * @param tenant whom the call is for, null for the agent's own
   * @param issue repo#number, null if it is for none
   * @param tokens as a budget counts them, at most
   * @param picoUsd what it costs at most, by the price list of the door
   */
  record Admit(
      String requestId,
      String agentId,
      @Nullable String tenant,
      @Nullable String pool,
      @Nullable String issue,
      @Nullable String model,
      long tokens,
      long picoUsd)
      implements AdmissionRecord {}

  /**
   * What ACTIVITY has told since, from one partition of rig.spending; from the relay. It may be
   * written more than once, so each item says where it stands.
   */
  record Told(int partition, List<Item> items) implements AdmissionRecord {
    public Told {
      Objects.requireNonNull(items, "a field is missing");
      items = List.copyOf(items);
    }
  }

  /** @param offset in the partition of rig.spending */
  record Item(long offset, SpendingRecord said) {
    public Item {
      Objects.requireNonNull(said, "a field is missing");
    }
  }

  /** budgets.yaml as it is from now on; from the API when it starts and when the file changes. */
  record LimitsSet(BudgetLimits limits) implements AdmissionRecord {
    public LimitsSet {
      Objects.requireNonNull(limits, "a field is missing");
    }
  }

  /** Time passes though nothing happens: what is due by the time of this record is done. */
  record Tick() implements AdmissionRecord {}
}
