package io.conductore.topology.admission;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What one agent, tenant, pool or issue has spent and has reserved. Reservations belong to no
 * window: one that is open when the hour turns counts in the next hour too, until its call ends,
 * for that is when it spends.
 *
 * @param budget spending by hour and day, and the limits that people set by events
 * @param total all that was ever spent
 * @param reserved the sum of the open reservations
 * @param marks what was said about its limits
 * @param tenant of an agent: for whom it spent last
 * @param pool of an agent: where it spent last
 */
public record Account(
    Scope scope,
    Budget budget,
    Spent total,
    Spent reserved,
    List<Mark> marks,
    @Nullable String tenant,
    @Nullable String pool) {
  public static final StateSerde<Account> SERDE = new AccountSerde();

  public Account {
    marks = List.copyOf(marks);
  }

  public static Account opening(Scope scope) {
    return new Account(scope, Budget.EMPTY, Spent.NOTHING, Spent.NOTHING, List.of(), null, null);
  }

  /** @throws ArithmeticException rather than wrap */
  Account reserve(Spent ask) {
    return reserved(reserved.plus(ask));
  }

  Account release(Spent ask) {
    return reserved(new Spent(
        reserved.tokens() - ask.tokens(),
        new Usd(reserved.usd().pico() - ask.usd().pico())));
  }

  /** @throws ArithmeticException rather than wrap */
  Account spend(long occurredAtMs, Spent spent) {
    return new Account(
        scope, budget.spend(occurredAtMs, spent), total.plus(spent), reserved, marks, tenant, pool);
  }

  Account change(Window window, Stamp stamp, LimitChange change) {
    return new Account(
        scope, budget.change(window, stamp, change), total, reserved, marks, tenant, pool);
  }

  Account marked(List<Mark> next) {
    return new Account(scope, budget, total, reserved, next, tenant, pool);
  }

  /** An agent is where it asked last; the others are nowhere else. */
  Account at(Ask ask) {
    return scope.kind() == Scope.Kind.AGENT
        ? new Account(scope, budget, total, reserved, marks, ask.tenant(), ask.pool())
        : this;
  }

  /** One level for each limit that holds at this time. */
  public List<Level> levels(BudgetLimits limits, long nowMs) {
    List<Level> levels = new ArrayList<>(0);
    for (Window window : scope.windows()) {
      Limit limit = budget.limitAt(window, nowMs, limits.of(scope, window));
      Spent spent = window == Window.TOTAL ? total : budget.spentAt(window, nowMs);
      for (Unit unit : Unit.values()) {
        Long amount = unit.of(limit);
        if (amount != null) {
          levels.add(new Level(
              scope,
              window,
              unit,
              window.bucketAt(nowMs),
              amount,
              unit.of(spent),
              unit.of(reserved)));
        }
      }
    }
    return levels;
  }

  public boolean isStopped() {
    return marks.stream().anyMatch(Mark::isStop);
  }

  /** The stops that hold at this time. */
  public List<Mark> stopsAt(long nowMs) {
    return marks.stream()
        .filter(Mark::isStop)
        .filter(mark -> nowMs < mark.endsAtMs())
        .toList();
  }

  /** When the last of its stops ends by itself; 0 if it is not stopped. */
  public long stoppedUntilMs() {
    return marks.stream().filter(Mark::isStop).mapToLong(Mark::endsAtMs).max().orElse(0);
  }

  /** When the first of its stops ends by itself; far beyond every date if it is not stopped. */
  long nextEndMs() {
    return marks.stream()
        .filter(Mark::isStop)
        .mapToLong(Mark::endsAtMs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Account reserved(Spent next) {
    return new Account(scope, budget, total, next, marks, tenant, pool);
  }

  private static final class AccountSerde extends StateSerde<Account> {
    private AccountSerde() {
      super(1);
    }

    @Override
    protected void write(Account account, Encoder to) throws IOException {
      to.writeString(account.scope().kind().word());
      to.writeString(account.scope().id());
      account.budget().write(to);
      write(account.total(), to);
      write(account.reserved(), to);
      to.writeInt(account.marks().size());
      for (Mark mark : account.marks()) {
        mark.write(to);
      }
      writeText(account.tenant(), to);
      writeText(account.pool(), to);
    }

    @Override
    protected Account read(int writtenVersion, Decoder from) throws IOException {
      Scope scope = new Scope(Scope.Kind.ofWord(from.readString()), from.readString());
      Budget budget = Budget.read(from);
      Spent total = spent(from);
      Spent reserved = spent(from);
      int count = from.readInt();
      List<Mark> marks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        marks.add(Mark.read(from));
      }
      return new Account(scope, budget, total, reserved, marks, readText(from), readText(from));
    }

    private static void write(Spent spent, Encoder to) throws IOException {
      to.writeLong(spent.tokens());
      to.writeLong(spent.usd().pico());
    }

    private static Spent spent(Decoder from) throws IOException {
      return new Spent(from.readLong(), new Usd(from.readLong()));
    }
  }
}
