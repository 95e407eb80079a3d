package io.conductore.topology.admission;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Table;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of accounts. Whatever is written is judged first, and what is new of it is said: to the
 * log of agents, to people, and to dispatch.
 */
final class Accounts {
  private final Table<Scope, Account> rows;
  private final BookIndex index;
  private final Outlets outlets;

  Accounts(Table<Scope, Account> rows, BookIndex index, Outlets outlets) {
    this.rows = rows;
    this.index = index;
    this.outlets = outlets;
  }

  Account get(Scope scope) {
    Account known = rows.get(scope);
    return known == null ? Account.opening(scope) : known;
  }

  void put(Account account, BudgetLimits limits, Occasion occasion) {
    put(account, limits, null, occasion);
  }

  /** A call did not fit under this level, which may show that it is used up. */
  void refused(Level full, boolean waits, Ask ask, BudgetLimits limits, Occasion occasion) {
    Account account = get(full.scope()).at(ask);
    put(account, limits, waits ? null : full, occasion);
  }

  /** Time or the file has changed, and no call. */
  void judge(Scope scope, BudgetLimits limits, long nowMs) {
    Account account = get(scope);
    String agentId = account.marks().stream()
        .filter(Mark::isStop)
        .map(Mark::agentId)
        .findFirst()
        .orElseThrow();
    put(account, limits, null, new Occasion(agentId, null, nowMs));
  }

  private void put(Account account, BudgetLimits limits, @Nullable Level full, Occasion occasion) {
    Account before = rows.get(account.scope());
    Judgement judgement = Judgement.of(account, limits, occasion.atMs(), full, occasion.agentId());
    Account after = account.marked(judgement.marks());
    if (!after.equals(before)) {
      rows.put(after.scope(), after);
      index.put(before, after);
    }
    judgement.ended().forEach(ended -> ended(after, ended, occasion));
    judgement.crossed().forEach(crossed -> crossed(crossed, occasion));
    if (stopMoved(before, after)) {
      tellDispatch(after);
    }
  }

  private void crossed(Judgement.Crossed crossed, Occasion occasion) {
    Level level = crossed.level();
    if (crossed.percent() < Level.STOP_PERCENT) {
      outlets.event(Notices.warning(level, crossed.percent(), occasion));
      return;
    }
    AgentActivity exceeded = Notices.exceeded(level, occasion);
    outlets.event(exceeded);
    outlets.cause(Notices.raised(level, exceeded, occasion));
  }

  private void ended(Account after, Judgement.Ended ended, Occasion occasion) {
    String agentId = ended.stop().agentId();
    Occasion of = new Occasion(agentId, occasion.eventId(), occasion.atMs());
    outlets.event(Notices.reset(after.scope(), ended.stop(), ended.now(), of));
    CauseRecord.Subject subject = Notices.subject(after.scope(), agentId);
    if (stops().noneMatch(subject::equals)) {
      outlets.cause(Notices.cleared(subject, occasion.atMs()));
    }
  }

  /** Whom the stops that hold are about. */
  private Stream<CauseRecord.Subject> stops() {
    return index.stopped().stream()
        .flatMap(scope -> get(scope).marks().stream()
            .filter(Mark::isStop)
            .map(stop -> Notices.subject(scope, stop.agentId())));
  }

  /** True also when an agent came to a tenant or a pool that is stopped, or left one. */
  private boolean stopMoved(@Nullable Account before, Account after) {
    Account was = before == null ? Account.opening(after.scope()) : before;
    boolean moved =
        !Objects.equals(was.tenant(), after.tenant()) || !Objects.equals(was.pool(), after.pool());
    return was.stoppedUntilMs() != after.stoppedUntilMs()
        || (moved && stoppedUntilMs(was) != stoppedUntilMs(after));
  }

  private void tellDispatch(Account changed) {
    List<String> agents = switch (changed.scope().kind()) {
      case AGENT -> List.of(changed.scope().id());
      case TENANT, POOL -> index.membersOf(changed.scope());
      case ISSUE -> List.of();
    };
    for (String agentId : agents) {
      Account agent = get(Scope.agent(agentId));
      outlets.dispatch(
          Pools.of(agent.pool()),
          new DispatchRecord.BudgetStanding(agentId, stoppedUntilMs(agent)));
    }
  }

  /** Of an agent: by its own stops, its tenant's and its pool's. */
  private long stoppedUntilMs(Account agent) {
    String tenant = agent.tenant();
    String pool = agent.pool();
    long ofTenant = tenant == null ? 0 : get(Scope.tenant(tenant)).stoppedUntilMs();
    long ofPool = pool == null ? 0 : get(Scope.pool(pool)).stoppedUntilMs();
    return Math.max(agent.stoppedUntilMs(), Math.max(ofTenant, ofPool));
  }
}
