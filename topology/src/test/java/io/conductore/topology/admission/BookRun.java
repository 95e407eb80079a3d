package io.conductore.topology.admission;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetExceeded;
import io.conductore.schemas.activity.BudgetReset;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.topology.Rows;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.AdmissionRecord.Admit;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.FeedStage.Place;
import io.conductore.topology.head.Outlets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The book over maps of bytes instead of stores: a log that a test writes record by record, on a
 * clock that moves when told. Records pass through their JSON, rows through their bytes.
 */
final class BookRun implements Outlets {
  static final long START_MS = Instant.parse("2026-11-23T10:30:00Z").toEpochMilli();

  private final Rows<Scope, Account> accounts = new Rows<>(Scope.SERDE, Account.SERDE);
  private final Rows<String, AdmissionOutcome> admissions =
      new Rows<>(Serdes.String(), AdmissionOutcome.SERDE);
  private final Rows<String, BudgetLimits> limits = new Rows<>(Serdes.String(), new LimitsSerde());
  private final Rows<Integer, Long> copied = new Rows<>(Serdes.Integer(), Serdes.Long());
  private final Tables tables = new Tables(accounts, admissions, limits, copied);
  private final List<AgentActivity> events = new ArrayList<>();
  private final List<CauseRecord> causes = new ArrayList<>();
  private final List<String> dispatched = new ArrayList<>();
  private Book book = new Book(tables, this);
  private long offset;
  private long told;
  private long nowMs = START_MS;

  // In

  BookRun limits(BudgetLimits next) {
    return send(new AdmissionRecord.LimitsSet(next));
  }

  /** Limits of every agent, in tokens an hour. */
  static BudgetLimits hourly(long tokens) {
    return new BudgetLimits(Map.of(Window.HOUR, new Limit(tokens, null)), Map.of());
  }

  static Limit tokens(long tokens) {
    return new Limit(tokens, null);
  }

  BookRun send(AdmissionRecord record) {
    at(record, nowMs);
    return this;
  }

  /** The next record of the log, with the broker's time. */
  void at(AdmissionRecord record, long timeMs) {
    nowMs = timeMs;
    AdmissionRecord read = read(Handoff.bytes(record));
    book.fold(read, new Place(AdmissionRecord.BOOK, 0, offset++, timeMs));
  }

  BookRun later(Duration time) {
    nowMs += time.toMillis();
    return this;
  }

  BookRun tickAfter(Duration time) {
    return later(time).send(new AdmissionRecord.Tick());
  }

  AdmissionOutcome admit(String agentId, String requestId, long tokens) {
    return admit(new Admit(requestId, agentId, null, null, null, null, tokens, 0));
  }

  AdmissionOutcome admit(Admit admit) {
    send(admit);
    return outcome(admit.agentId(), admit.requestId());
  }

  AdmissionOutcome outcome(String agentId, String requestId) {
    AdmissionOutcome outcome = admissions.get(Ask.id(agentId, requestId));
    if (outcome == null) {
      throw new AssertionError("no outcome of " + requestId);
    }
    return outcome;
  }

  BookRun spend(String agentId, @Nullable String requestId, long tokens) {
    return tell(spent(agentId, requestId, tokens, nowMs));
  }

  static SpendingRecord.Spent spent(
      String agentId, @Nullable String requestId, long tokens, long atMs) {
    return new SpendingRecord.Spent(
        "e-" + agentId + requestId + atMs, agentId, null, null, null, requestId, tokens, 0, atMs);
  }

  BookRun tell(SpendingRecord said) {
    return send(new AdmissionRecord.Told(0, List.of(new AdmissionRecord.Item(told++, said))));
  }

  BookRun raise(String agentId, Window window, long tokens, @Nullable Long untilMs) {
    return tell(new SpendingRecord.LimitChanged(
        "raise-" + told,
        agentId,
        "agent",
        agentId,
        window.word(),
        tokens,
        null,
        "stig",
        untilMs,
        nowMs));
  }

  /** Another life on the same rows. */
  void restart() {
    book = new Book(tables, this);
  }

  // Out

  long nowMs() {
    return nowMs;
  }

  Account account(Scope scope) {
    Account known = accounts.get(scope);
    return known == null ? Account.opening(scope) : known;
  }

  long reserved(String agentId) {
    return account(Scope.agent(agentId)).reserved().tokens();
  }

  long spentInHour(String agentId) {
    return account(Scope.agent(agentId)).budget().spentAt(Window.HOUR, nowMs).tokens();
  }

  /** Scope, window, unit and threshold of what was said to the log of agents. */
  List<String> said() {
    return events.stream().map(BookRun::words).toList();
  }

  List<AgentActivity> events() {
    return events;
  }

  /** What dispatch was told: agent, and until when it is stopped. */
  List<String> dispatched() {
    return dispatched;
  }

  /** Causes that were raised (+) and cleared (-), by subject. */
  List<String> called() {
    return causes.stream()
        .map(cause ->
            (cause instanceof CauseRecord.Raised ? "+" : "-") + cause.subject().key())
        .toList();
  }

  List<String> bytes() {
    return Stream.of(accounts.bytes(), admissions.bytes(), limits.bytes(), copied.bytes())
        .flatMap(List::stream)
        .toList();
  }

  private static String words(AgentActivity event) {
    return switch (event.getPayload()) {
      case BudgetWarning said ->
        said.getScopeId() + " " + said.getWindow() + " " + said.getUnit() + " " + said.getPercent();
      case BudgetExceeded said ->
        said.getScopeId() + " " + said.getWindow() + " " + said.getUnit() + " stop";
      case BudgetReset said ->
        said.getScopeId() + " " + said.getWindow() + " " + said.getUnit() + " reset";
      default -> event.getType();
    };
  }

  // Outlets

  @Override
  public void event(SpecificRecord envelope) {
    events.add((AgentActivity) envelope);
  }

  @Override
  public void cause(CauseRecord record) {
    causes.add(record);
  }

  @Override
  public void dispatch(String pool, DispatchRecord record) {
    DispatchRecord.BudgetStanding said = (DispatchRecord.BudgetStanding) record;
    String until =
        said.stoppedUntilMs() == 0 ? "free" : Instant.ofEpochMilli(said.stoppedUntilMs()) + "";
    dispatched.add(said.agentId() + " " + until);
  }

  @Override
  public void inbox(String key, InboxRecord record) {
    throw new AssertionError("nothing for inboxes");
  }

  @Override
  public void spending(SpendingRecord record) {
    throw new AssertionError("no spending");
  }

  @Override
  public void admission(AdmissionRecord record) {
    throw new AssertionError("the book writes no record of its own");
  }

  @Override
  public void escalation(String escalationId, byte[] json) {
    throw new AssertionError("no escalation");
  }

  private static AdmissionRecord read(byte[] json) {
    try {
      return Handoff.read(json, AdmissionRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
