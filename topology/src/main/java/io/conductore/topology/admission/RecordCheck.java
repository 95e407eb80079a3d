package io.conductore.topology.admission;

import io.conductore.schemas.Topics;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.EventRefused;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that the book cannot hold: anybody may write to the topic, JSON leaves fields
 * out, and ids become parts of keys.
 */
final class RecordCheck {
  private RecordCheck() {}

  static void check(AdmissionRecord record, String key) {
    if (!key.equals(AdmissionRecord.BOOK)) {
      throw refused("the key of every record is " + AdmissionRecord.BOOK);
    }
    switch (record) {
      case AdmissionRecord.Admit admit -> admit(admit);
      case AdmissionRecord.Told told -> told(told);
      case AdmissionRecord.LimitsSet set -> {}
      case AdmissionRecord.Tick tick -> {}
    }
  }

  private static void admit(AdmissionRecord.Admit admit) {
    id("requestId", admit.requestId());
    id("agentId", admit.agentId());
    home(admit.tenant(), admit.pool(), admit.issue());
    amounts(admit.tokens(), admit.picoUsd());
  }

  private static void told(AdmissionRecord.Told told) {
    if (told.partition() < 0 || told.partition() >= Topics.LOG_PARTITIONS) {
      throw refused("rig.spending has no such partition");
    }
    long before = -1;
    for (AdmissionRecord.Item item : told.items()) {
      if (item.offset() <= before) {
        throw refused("items stand in the order of their offsets");
      }
      before = item.offset();
    }
  }

  /** One bad item must not cost the others of its batch. */
  static boolean isGood(SpendingRecord said) {
    try {
      id("agentId", said.agentId());
      switch (said) {
        case SpendingRecord.Spent spent -> {
          home(spent.tenant(), spent.pool(), spent.issue());
          amounts(spent.tokens(), spent.picoUsd());
        }
        case SpendingRecord.LimitChanged changed -> changed(changed);
      }
      return true;
    } catch (EventRefused bad) {
      return false;
    }
  }

  private static void changed(SpendingRecord.LimitChanged changed) {
    id("scopeId", changed.scopeId());
    try {
      Scope.Kind.ofWord(changed.scope());
      Window.ofWord(changed.window());
    } catch (IllegalArgumentException unknown) {
      throw refused("scope or window is none that is known");
    }
    Long tokens = changed.limitTokens();
    Long pico = changed.limitPicoUsd();
    amounts(tokens == null ? 0 : tokens, pico == null ? 0 : pico);
  }

  private static void home(@Nullable String tenant, @Nullable String pool, @Nullable String issue) {
    optional("tenant", tenant);
    optional("pool", pool);
    optional("issue", issue);
  }

  private static void amounts(long tokens, long picoUsd) {
    if (tokens < 0 || picoUsd < 0) {
      throw refused("amounts are not negative");
    }
  }

  private static void optional(String name, @Nullable String id) {
    if (id != null) {
      id(name, id);
    }
  }

  private static void id(String name, @Nullable String id) {
    boolean good = id != null
        && !id.isEmpty()
        && id.length() <= FlatLimits.STREAM_ID_CHARS_MAX
        && id.indexOf('\0') < 0;
    if (!good) {
      throw refused(
          name + " has 1 to " + FlatLimits.STREAM_ID_CHARS_MAX + " characters, none of them NUL");
    }
  }

  static EventRefused refused(String why) {
    return new EventRefused(why, new IllegalArgumentException(why));
  }
}
