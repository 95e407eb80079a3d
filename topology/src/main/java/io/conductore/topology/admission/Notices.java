package io.conductore.topology.admission;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetExceeded;
import io.conductore.schemas.activity.BudgetReset;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.head.EventIdKey;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What is said about limits: events for the log of agents, and causes for people. */
final class Notices {
  private Notices() {}

  static AgentActivity warning(Level level, int percent, Occasion occasion) {
    SpecificRecord payload = new BudgetWarning(
        level.window().word(),
        level.unit().word(),
        percent,
        text(level, level.limit()),
        text(level, level.spent()),
        text(level, level.reserved()),
        resetsAtMs(level),
        level.scope().kind().word(),
        level.scope().id());
    return event(payload, id(level, "" + percent), occasion);
  }

  static AgentActivity exceeded(Level level, Occasion occasion) {
    SpecificRecord payload = new BudgetExceeded(
        level.window().word(),
        level.unit().word(),
        text(level, level.limit()),
        text(level, level.spent()),
        text(level, level.reserved()),
        resetsAtMs(level),
        level.scope().kind().word(),
        level.scope().id());
    return event(payload, id(level, "100"), occasion);
  }

  /** Of a stop that is over: as the limit stands now, or without figures if there is none now. */
  static AgentActivity reset(Scope scope, Mark ended, @Nullable Level now, Occasion occasion) {
    SpecificRecord payload = new BudgetReset(
        ended.window().word(),
        ended.unit().word(),
        now == null ? null : text(now, now.limit()),
        now == null ? null : text(now, now.spent()),
        now == null ? null : text(now, now.reserved()),
        now == null ? null : resetsAtMs(now),
        scope.kind().word(),
        scope.id());
    String id = String.join(
        "|",
        id(scope, ended.window().word(), ended.unit(), ended.bucket(), ended.limit()),
        "reset",
        "" + occasion.atMs());
    return event(payload, id, occasion);
  }

  static CauseRecord raised(Level level, AgentActivity exceeded, Occasion occasion) {
    String summary = "%s has used up its %s of %s"
        .formatted(
            level.scope().words(),
            level.unit().word(),
            level.window().turns() ? "the " + level.window().word() : "all time");
    return new CauseRecord.Raised(
        subject(level.scope(), occasion.agentId()),
        Causes.BUDGET_EXCEEDED,
        summary,
        List.of(),
        exceeded.getEventId(),
        occasion.atMs(),
        exceeded.getDepth());
  }

  static CauseRecord cleared(CauseRecord.Subject subject, long atMs) {
    return new CauseRecord.Cleared(subject, Causes.BUDGET_EXCEEDED, atMs);
  }

  /**
   * An issue's own stop is about the issue; every other about the agent that came up against it.
   */
  static CauseRecord.Subject subject(Scope scope, String agentId) {
    return scope.kind() == Scope.Kind.ISSUE
        ? CauseRecord.Subject.issue(scope.id())
        : CauseRecord.Subject.agent(agentId);
  }

  private static AgentActivity event(SpecificRecord payload, String idText, Occasion occasion) {
    AgentActivity event = new AgentActivity();
    event.setEventId(EventIdKey.derived(idText));
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(occasion.agentId());
    event.setOccurredAtMs(occasion.atMs());
    event.setRecordedAtMs(occasion.atMs());
    event.setSource(Sources.ADMISSION);
    event.setCausationId(occasion.eventId());
    event.setDepth(occasion.eventId() == null ? 0 : 1);
    event.setPayload(payload);
    return event;
  }

  /** The same for whoever crosses it first: a threshold is said once for a window and a limit. */
  private static String id(Level level, String what) {
    return id(level.scope(), level.window().word(), level.unit(), level.bucket(), level.limit())
        + "|"
        + what;
  }

  private static String id(Scope scope, String window, Unit unit, long bucket, long limit) {
    return String.join("|", "budget", scope.words(), window, unit.word(), "" + bucket, "" + limit);
  }

  private static String text(Level level, long amount) {
    return level.unit().decimal(amount).toPlainString();
  }

  private static @Nullable Long resetsAtMs(Level level) {
    return level.window().turns() ? level.resetsAtMs() : null;
  }
}
