package io.conductore.topology.admission;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.head.FeedStage.Place;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.Stamp;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The book of all accounts: applies the log of admissions to its rows, record by record. What is
 * due by a record's time is done before the record, so that no other clock counts.
 */
final class Book {
  /** Whom an agent spends for that was told nothing else. */
  static final String TENANT_DEFAULT = "default";

  /** More wait for the next record, so that no record takes long. */
  static final int DUE_PER_RECORD_MAX = 100;

  static final int SWEPT_PER_RECORD_MAX = 4;

  /** How many closed admissions are known by their ids, the newest. */
  static final int CLOSED_ROWS_MAX = 100_000;

  private final Tables tables;
  private final BookIndex index;
  private final Accounts accounts;
  private BudgetLimits limits;

  /** Finds what is open in the rows. */
  Book(Tables tables, Outlets outlets) {
    this.tables = tables;
    this.index = new BookIndex(tables);
    this.accounts = new Accounts(tables.accounts(), index, outlets);
    this.limits = tables.fileLimits();
  }

  void fold(AdmissionRecord record, Place place) {
    RecordCheck.check(record, place.key());
    long nowMs = place.timeMs();
    expire(nowMs);
    turn(nowMs);
    sweep(nowMs);
    switch (record) {
      case AdmissionRecord.Admit admit -> admit(admit, nowMs);
      case AdmissionRecord.Told told -> told(told, nowMs);
      case AdmissionRecord.LimitsSet set -> limits(set.limits(), nowMs);
      case AdmissionRecord.Tick tick -> {}
    }
  }

  /** When time alone changes something next. */
  long dueMs() {
    return index.dueMs();
  }

  // Time

  private void expire(long nowMs) {
    for (int times = 0; times < DUE_PER_RECORD_MAX; times++) {
      String id = index.expired(nowMs);
      if (id == null) {
        return;
      }
      if (tables.admissions().get(id) instanceof AdmissionOutcome.Reserved expired) {
        drop(id, expired);
        Ask ask = expired.ask();
        Occasion occasion = new Occasion(ask.agentId(), null, nowMs);
        ask.scopes()
            .forEach(
                scope -> accounts.put(accounts.get(scope).release(ask.amount()), limits, occasion));
      }
    }
  }

  private void turn(long nowMs) {
    for (int times = 0; times < DUE_PER_RECORD_MAX; times++) {
      Scope scope = index.turned(nowMs);
      if (scope == null) {
        return;
      }
      accounts.judge(scope, limits, nowMs);
    }
  }

  private void sweep(long nowMs) {
    for (int times = 0; times < SWEPT_PER_RECORD_MAX; times++) {
      String id = index.forgotten(nowMs, CLOSED_ROWS_MAX);
      if (id == null) {
        return;
      }
      drop(id, Objects.requireNonNull(tables.admissions().get(id)));
    }
  }

  // Admissions

  /**
   * The same request again changes nothing while it is open or once it has ended. A refusal binds
   * nobody: whoever comes again with his id when there is room gets it.
   */
  private void admit(AdmissionRecord.Admit said, long nowMs) {
    String id = Ask.id(said.agentId(), said.requestId());
    AdmissionOutcome before = tables.admissions().get(id);
    if (before != null && !(before instanceof AdmissionOutcome.Refused)) {
      return;
    }
    Ask ask = ask(said);
    Occasion occasion = new Occasion(ask.agentId(), null, nowMs);
    Level full = full(ask, nowMs);
    if (full == null) {
      List<Account> reserved = reserved(ask);
      long expiresAtMs = nowMs + AdmissionOutcome.Reserved.KEPT.toMillis();
      put(
          id,
          before,
          new AdmissionOutcome.Reserved(ask, nowMs, expiresAtMs, tightest(reserved, nowMs)));
      reserved.forEach(account -> accounts.put(account, limits, occasion));
    } else {
      boolean waits = full.fitsWithoutReserved(ask.amount());
      put(id, before, new AdmissionOutcome.Refused(ask, nowMs, full, waits));
      accounts.refused(full, waits, ask, limits, occasion);
    }
  }

  /** Pinned by the file, else as the caller says, else as it was last. */
  private Ask ask(AdmissionRecord.Admit said) {
    return new Ask(
        said.requestId(),
        said.agentId(),
        tenant(said.agentId(), said.tenant()),
        pool(said.agentId(), said.pool()),
        said.issue(),
        new Spent(said.tokens(), new Usd(said.picoUsd())));
  }

  /** Refuses the record when a sum leaves its range, before anything is written. */
  private List<Account> reserved(Ask ask) {
    try {
      return ask.scopes().stream()
          .map(scope -> accounts.get(scope).at(ask).reserve(ask.amount()))
          .toList();
    } catch (ArithmeticException outOfRange) {
      throw RecordCheck.refused("a sum leaves its range");
    }
  }

  /** Of the limits without room first one that no ending call opens, then the longest closed. */
  private @Nullable Level full(Ask ask, long nowMs) {
    return ask.scopes().stream()
        .flatMap(scope -> accounts.get(scope).levels(limits, nowMs).stream())
        .filter(level -> !level.fits(ask.amount()))
        .max(Comparator.comparing((Level level) -> !level.fitsWithoutReserved(ask.amount()))
            .thenComparingLong(Level::resetsAtMs))
        .orElse(null);
  }

  private @Nullable Level tightest(List<Account> accounts, long nowMs) {
    return accounts.stream()
        .flatMap(account -> account.levels(limits, nowMs).stream())
        .max(Comparator.comparing(Level::usedRatio))
        .orElse(null);
  }

  // Spending

  /** Copied at least once: what is before the place that was reached is counted already. */
  private void told(AdmissionRecord.Told told, long nowMs) {
    Long reached = tables.copied().get(told.partition());
    long next = reached == null ? 0 : reached;
    for (AdmissionRecord.Item item : told.items()) {
      if (item.offset() >= next) {
        next = item.offset() + 1;
        told(item.said(), nowMs);
      }
    }
    tables.copied().put(told.partition(), next);
  }

  private void told(SpendingRecord said, long nowMs) {
    if (RecordCheck.isGood(said)) {
      switch (said) {
        case SpendingRecord.Spent spent -> spent(spent, nowMs);
        case SpendingRecord.LimitChanged changed -> changed(changed, nowMs);
      }
    }
  }

  private void spent(SpendingRecord.Spent said, long nowMs) {
    Occasion occasion = new Occasion(said.agentId(), said.eventId(), nowMs);
    Spent amount = new Spent(said.tokens(), new Usd(said.picoUsd()));
    String requestId = said.requestId();
    String id = requestId == null ? "" : Ask.id(said.agentId(), requestId);
    if (tables.admissions().get(id) instanceof AdmissionOutcome.Reserved open) {
      Ask ask = open.ask();
      put(id, open, new AdmissionOutcome.Settled(ask, nowMs));
      for (Scope scope : ask.scopes()) {
        Account released = accounts.get(scope).release(ask.amount());
        accounts.put(spend(released, said.occurredAtMs(), amount), limits, occasion);
      }
    } else {
      Ask unasked = new Ask(
          id,
          said.agentId(),
          tenant(said.agentId(), said.tenant()),
          pool(said.agentId(), said.pool()),
          said.issue(),
          amount);
      for (Scope scope : unasked.scopes()) {
        Account at = accounts.get(scope).at(unasked);
        accounts.put(spend(at, said.occurredAtMs(), amount), limits, occasion);
      }
    }
  }

  /** A sum beyond its range is far beyond every limit: what more is spent changes nothing. */
  private static Account spend(Account account, long occurredAtMs, Spent amount) {
    try {
      return account.spend(occurredAtMs, amount);
    } catch (ArithmeticException outOfRange) {
      return account;
    }
  }

  // Limits

  private void changed(SpendingRecord.LimitChanged said, long nowMs) {
    Scope scope = new Scope(Scope.Kind.ofWord(said.scope()), said.scopeId());
    Window window = Window.ofWord(said.window());
    Long pico = said.limitPicoUsd();
    Limit limit = new Limit(said.limitTokens(), pico == null ? null : new Usd(pico));
    LimitChange change = new LimitChange(limit, Clip.orNull(said.by()), said.untilMs());
    Stamp stamp = new Stamp(
        said.occurredAtMs(), ByteBuffer.wrap(EventIdKey.of(said.eventId())).getLong());
    accounts.put(
        accounts.get(scope).change(window, stamp, change),
        limits,
        new Occasion(said.agentId(), said.eventId(), nowMs));
  }

  /**
   * Stops that the new limits end, end now; what they make too much is found by what comes next.
   */
  private void limits(BudgetLimits next, long nowMs) {
    if (next.equals(limits)) {
      return;
    }
    limits = next;
    tables.limits().put(Tables.FILE, next);
    index.stopped().forEach(scope -> accounts.judge(scope, limits, nowMs));
  }

  // Who is where

  private String tenant(String agentId, @Nullable String said) {
    String pinned = limits.home(agentId).tenant();
    String known = accounts.get(Scope.agent(agentId)).tenant();
    return firstOf(pinned, said, known == null ? TENANT_DEFAULT : known);
  }

  private String pool(String agentId, @Nullable String said) {
    String pinned = limits.home(agentId).pool();
    String known = accounts.get(Scope.agent(agentId)).pool();
    return firstOf(pinned, said, known == null ? Pools.DEFAULT : known);
  }

  private static String firstOf(@Nullable String one, @Nullable String other, String last) {
    return one != null ? one : other != null ? other : last;
  }

  private void put(String id, @Nullable AdmissionOutcome before, AdmissionOutcome after) {
    tables.admissions().put(id, after);
    index.put(id, before, after);
  }

  private void drop(String id, AdmissionOutcome before) {
    tables.admissions().drop(id);
    index.put(id, before, null);
  }
}
