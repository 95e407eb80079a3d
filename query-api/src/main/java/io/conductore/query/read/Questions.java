package io.conductore.query.read;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.registry.Decoded;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.HourKey;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.admission.Account;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.cursor.Cursor;
import io.conductore.topology.cursor.InboxEntry;
import io.conductore.topology.dispatch.AgentDesk;
import io.conductore.topology.dispatch.Lease;
import io.conductore.topology.dispatch.LeaseKey;
import io.conductore.topology.dispatch.PoolKey;
import io.conductore.topology.dispatch.QueueEntry;
import io.conductore.topology.dispatch.QueueKey;
import io.conductore.topology.dispatch.ReviewEntry;
import io.conductore.topology.dispatch.ReviewKey;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.head.Mark;
import io.conductore.topology.head.SeenId;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.Phase;
import io.conductore.topology.lifecycle.PullKey;
import io.conductore.topology.metering.Metered;
import io.conductore.topology.state.StoreNames;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** The questions that the stores answer, each with its store, its range and its bound on rows. */
public final class Questions {
  public static final int AGENTS_MAX = 10_000;
  public static final int SESSIONS_MAX = 20_000;
  public static final int ACCOUNTS_MAX = 50_000;
  public static final int ESCALATIONS_MAX = 10_000;
  public static final int COST_ROWS_MAX = 200_000;
  public static final int QUEUE_ROWS_MAX = 10_000;

  /** Counting is cheaper than listing, and a deep queue is when an autoscaler asks. */
  public static final int COUNTED_ROWS_MAX = 200_000;

  public static final int ISSUES_MAX = 50_000;
  static final int ISSUES_OF_PULL_MAX = 100;

  private final StoreReader reader;
  private final EventCodecs codecs;

  public Questions(StoreReader reader, EventCodecs codecs) {
    this.reader = reader;
    this.codecs = codecs;
  }

  public ReadOutcome<AgentState> agent(String agentId) {
    return reader.get(Feed.ACTIVITY, StoreNames.AGENTS, agentId, agentId);
  }

  public ReadOutcome<StoreReader.Rows<String, AgentState>> agents() {
    return reader.all(Feed.ACTIVITY, StoreNames.AGENTS, StoreReader.Span.whole(), AGENTS_MAX);
  }

  /** What a scope has spent and reserved; an empty account if nobody has heard of it. */
  public ReadOutcome<Account> account(Scope scope) {
    ReadOutcome<Account> found =
        reader.get(Feed.ADMISSIONS, StoreNames.ACCOUNTS, AdmissionRecord.BOOK, scope);
    return found instanceof ReadOutcome.Absent<Account>(PositionToken position)
        ? new ReadOutcome.Found<>(Account.opening(scope), position)
        : found;
  }

  /** The accounts of these few scopes. */
  public ReadOutcome<Map<Scope, Account>> accountsOf(List<Scope> scopes) {
    ReadOutcome<Map<Scope, Account>> all = new ReadOutcome.Found<>(Map.of(), PositionToken.START);
    for (Scope scope : scopes) {
      all = then(
          all,
          before -> map(account(scope), (account, position) -> {
            Map<Scope, Account> more = new TreeMap<>(before);
            more.put(scope, account);
            return more;
          }));
    }
    return all;
  }

  public ReadOutcome<StoreReader.Rows<Scope, Account>> accounts() {
    return reader.range(
        Feed.ADMISSIONS,
        StoreNames.ACCOUNTS,
        AdmissionRecord.BOOK,
        StoreReader.Span.whole(),
        ACCOUNTS_MAX);
  }

  public ReadOutcome<StoreReader.Rows<SessionKey, SessionState>> sessions() {
    return reader.all(Feed.ACTIVITY, StoreNames.SESSIONS, StoreReader.Span.whole(), SESSIONS_MAX);
  }

  public ReadOutcome<StoreReader.Rows<SessionKey, SessionState>> sessions(String agentId) {
    StoreReader.Span<SessionKey> ofAgent = new StoreReader.Span<>(
        new SessionKey(agentId, ""), null, (key, rows) -> key.agentId().equals(agentId));
    return reader.range(Feed.ACTIVITY, StoreNames.SESSIONS, agentId, ofAgent, SESSIONS_MAX);
  }

  /**
   * Sessions with their counters, of one agent or of all. They are two reads, and the position is
   * that of the first: both hold at least that much.
   */
  public ReadOutcome<MeteredSessions> metered(@Nullable String agentId) {
    ReadOutcome<StoreReader.Rows<SessionKey, SessionState>> sessions =
        agentId == null ? sessions() : sessions(agentId);
    ReadOutcome<MeteredSessions> both = then(
        sessions,
        found -> map(counters(agentId), (metered, later) -> new MeteredSessions(found, metered)));
    return sessions instanceof ReadOutcome.Found<?>(var rows, PositionToken position)
            && both instanceof ReadOutcome.Found<MeteredSessions>(var value, var later)
        ? new ReadOutcome.Found<>(value, position)
        : both;
  }

  private ReadOutcome<StoreReader.Rows<SessionKey, Metered>> counters(@Nullable String agentId) {
    if (agentId == null) {
      return reader.all(Feed.ACTIVITY, StoreNames.METERED, StoreReader.Span.whole(), SESSIONS_MAX);
    }
    StoreReader.Span<SessionKey> ofAgent = new StoreReader.Span<>(
        new SessionKey(agentId, ""), null, (key, rows) -> key.agentId().equals(agentId));
    return reader.range(Feed.ACTIVITY, StoreNames.METERED, agentId, ofAgent, SESSIONS_MAX);
  }

  public ReadOutcome<StoreReader.Rows<CostKey, Usage>> costs() {
    return reader.all(Feed.ACTIVITY, StoreNames.COSTS, StoreReader.Span.whole(), COST_ROWS_MAX);
  }

  /** The rows of these days, both ends included. */
  public ReadOutcome<StoreReader.Rows<CostKey, Usage>> costs(LocalDate from, LocalDate to) {
    StoreReader.Span<CostKey> days = new StoreReader.Span<>(
        CostKey.from(from), CostKey.from(to.plusDays(1)), (key, rows) -> true);
    return reader.all(Feed.ACTIVITY, StoreNames.COSTS, days, COST_ROWS_MAX);
  }

  /** The rows of these hours since the epoch, the last one excluded. */
  public ReadOutcome<StoreReader.Rows<HourKey, Usage>> hours(long fromHour, long endHour) {
    StoreReader.Span<HourKey> span = new StoreReader.Span<>(
        HourKey.from(fromHour), HourKey.from(endHour), (key, rows) -> key.epochHour() < endHour);
    return reader.all(Feed.ACTIVITY, StoreNames.COST_HOURS, span, COST_ROWS_MAX);
  }

  /** The events of a stream after an ordinal, oldest first. */
  public ReadOutcome<List<StreamEntry>> stream(String streamId, long after, int limit) {
    Log log = streamId.indexOf('#') >= 0 ? Log.LIFECYCLE : Log.ACTIVITY;
    String store =
        log == Log.LIFECYCLE ? StoreNames.LIFECYCLE_STREAMS : StoreNames.ACTIVITY_STREAMS;
    StoreReader.Span<StreamKey> span = new StoreReader.Span<>(
        new StreamKey(streamId, after + 1),
        new StreamKey(streamId, Long.MAX_VALUE),
        (key, rows) -> rows < limit);
    ReadOutcome<StoreReader.Rows<StreamKey, byte[]>> rows =
        reader.range(log.feed(), store, streamId, span, limit);
    return map(
        rows,
        (found, position) -> found.rows().stream().map(row -> entry(log, row)).toList());
  }

  /** The issues of a pool that wait: those that may go in their order, then those held back. */
  public ReadOutcome<StoreReader.Rows<QueueKey, QueueEntry>> queue(String pool, int rowsMax) {
    StoreReader.Span<QueueKey> span = new StoreReader.Span<>(
        QueueKey.first(pool, QueueKey.Lane.READY),
        null,
        (key, rows) -> key.pool().equals(pool));
    return reader.range(Feed.DISPATCH, StoreNames.QUEUE, pool, span, rowsMax);
  }

  public ReadOutcome<StoreReader.Rows<ReviewKey, ReviewEntry>> reviews(String pool) {
    StoreReader.Span<ReviewKey> span = new StoreReader.Span<>(
        new ReviewKey(pool, "", 0), null, (key, rows) -> key.pool().equals(pool));
    return reader.range(Feed.DISPATCH, StoreNames.REVIEWS, pool, span, COUNTED_ROWS_MAX);
  }

  public ReadOutcome<StoreReader.Rows<LeaseKey, Lease>> leases(String pool) {
    StoreReader.Span<LeaseKey> span = new StoreReader.Span<>(
        LeaseKey.work(pool, ""), null, (key, rows) -> key.pool().equals(pool));
    return reader.range(Feed.DISPATCH, StoreNames.LEASES, pool, span, COUNTED_ROWS_MAX);
  }

  /** What an agent has in flight in a pool; empty if dispatch has never heard of it. */
  public ReadOutcome<Optional<AgentDesk>> desk(String pool, String agentId) {
    PoolKey key = new PoolKey(pool, agentId);
    ReadOutcome<AgentDesk> desk = reader.get(Feed.DISPATCH, StoreNames.DISPATCH_AGENTS, pool, key);
    return desk instanceof ReadOutcome.Absent<AgentDesk>(PositionToken position)
        ? new ReadOutcome.Found<>(Optional.empty(), position)
        : map(desk, (found, position) -> Optional.of(found));
  }

  /** An issue that was approved at some time; what was only heard of is absent. */
  public ReadOutcome<IssueState> issue(String issue) {
    ReadOutcome<IssueState> found = reader.get(Feed.LIFECYCLE, StoreNames.ISSUES, issue, issue);
    return found instanceof ReadOutcome.Found<IssueState>(IssueState state, PositionToken position)
            && state.phase() instanceof Phase.Unknown
        ? new ReadOutcome.Absent<>(position)
        : found;
  }

  public ReadOutcome<StoreReader.Rows<String, IssueState>> issues() {
    return reader.all(Feed.LIFECYCLE, StoreNames.ISSUES, StoreReader.Span.whole(), ISSUES_MAX);
  }

  /** The issues that a pull request was opened for. */
  public ReadOutcome<List<IssueState>> issuesOf(String repo, int prNumber) {
    StoreReader.Span<PullKey> ofPull = new StoreReader.Span<>(
        new PullKey(repo, prNumber, 0),
        new PullKey(repo, prNumber, Integer.MAX_VALUE),
        (key, rows) -> rows < ISSUES_OF_PULL_MAX);
    ReadOutcome<StoreReader.Rows<PullKey, Long>> links =
        reader.heads(Feed.LIFECYCLE, StoreNames.PULLS, ofPull, ISSUES_OF_PULL_MAX);
    ReadOutcome<List<IssueState>> all = map(links, (found, position) -> List.of());
    if (!(links instanceof ReadOutcome.Found<StoreReader.Rows<PullKey, Long>> found)) {
      return all;
    }
    for (KeyValue<PullKey, Long> link : found.value().rows()) {
      all = then(
          all,
          before -> map(
              issue(link.key.issue()),
              (issue, position) ->
                  Stream.concat(before.stream(), Stream.of(issue)).toList()));
    }
    return all;
  }

  /** Where an agent stands in its inbox; at the beginning if it has none yet. */
  public ReadOutcome<Cursor> cursor(String agentId) {
    ReadOutcome<Cursor> cursor = reader.get(Feed.INBOX, StoreNames.CURSORS, agentId, agentId);
    return cursor instanceof ReadOutcome.Absent<Cursor>(PositionToken position)
        ? new ReadOutcome.Found<>(Cursor.opening(agentId), position)
        : cursor;
  }

  /** Entries of an inbox after an ordinal, after the acknowledged one if it is negative. */
  public ReadOutcome<InboxPage> inbox(String agentId, long after, int limit) {
    return then(cursor(agentId), cursor -> {
      long from = after < 0 ? cursor.acknowledged() : after;
      StoreReader.Span<StreamKey> span = new StoreReader.Span<>(
          new StreamKey(agentId, from + 1),
          new StreamKey(agentId, Long.MAX_VALUE),
          (key, rows) -> rows < limit);
      ReadOutcome<StoreReader.Rows<StreamKey, InboxEntry>> rows =
          reader.range(Feed.INBOX, StoreNames.INBOX, agentId, span, limit);
      return map(rows, (found, position) -> InboxPage.of(cursor, found.rows()));
    });
  }

  public ReadOutcome<StoreReader.Rows<String, Escalation>> escalations() {
    return reader.all(
        Feed.CAUSES, StoreNames.ESCALATIONS, StoreReader.Span.whole(), ESCALATIONS_MAX);
  }

  /** The id does not say which partition has it. */
  public ReadOutcome<Escalation> escalation(String id) {
    StoreReader.Span<String> only = new StoreReader.Span<>(id, id, (key, rows) -> true);
    ReadOutcome<StoreReader.Rows<String, Escalation>> rows =
        reader.all(Feed.CAUSES, StoreNames.ESCALATIONS, only, 1);
    return rows instanceof ReadOutcome.Found<StoreReader.Rows<String, Escalation>> found
            && found.value().rows().isEmpty()
        ? new ReadOutcome.Absent<>(found.position())
        : map(rows, (found2, position) -> found2.rows().getFirst().value);
  }

  /** The ordinal that an event got, once it is folded. */
  public ReadOutcome<SeenId> ordinal(Log log, String streamId, String eventId) {
    String store = log == Log.LIFECYCLE ? StoreNames.LIFECYCLE_IDS : StoreNames.ACTIVITY_IDS;
    return reader.get(log.feed(), store, streamId, EventIdKey.of(eventId));
  }

  /** The same outcome with its value turned into another. */
  public static <A, B> ReadOutcome<B> map(
      ReadOutcome<A> outcome, BiFunction<A, PositionToken, B> change) {
    return switch (outcome) {
      case ReadOutcome.Found<A>(A value, PositionToken position) ->
        new ReadOutcome.Found<>(change.apply(value, position), position);
      case ReadOutcome.Absent<A>(PositionToken position) -> new ReadOutcome.Absent<>(position);
      case ReadOutcome.Behind<A>(var retryAfter) -> new ReadOutcome.Behind<>(retryAfter);
      case ReadOutcome.Unavailable<A>(String why, var retryAfter) ->
        new ReadOutcome.Unavailable<>(why, retryAfter);
    };
  }

  /** The outcome of a second read that needs the first one's value. */
  public static <A, B> ReadOutcome<B> then(
      ReadOutcome<A> first, Function<A, ReadOutcome<B>> second) {
    return switch (first) {
      case ReadOutcome.Found<A>(A value, PositionToken position) -> second.apply(value);
      case ReadOutcome.Absent<A>(PositionToken position) -> new ReadOutcome.Absent<>(position);
      case ReadOutcome.Behind<A>(var retryAfter) -> new ReadOutcome.Behind<>(retryAfter);
      case ReadOutcome.Unavailable<A>(String why, var retryAfter) ->
        new ReadOutcome.Unavailable<>(why, retryAfter);
    };
  }

  private StreamEntry entry(Log log, KeyValue<StreamKey, byte[]> row) {
    if (codecs.decode(log, Mark.wire(row.value))
        instanceof Decoded.Value<? extends SpecificRecord> decoded) {
      return StreamEntry.of(decoded.value(), row.key.ordinal(), Mark.of(row.value));
    }
    throw new IllegalStateException("a stored event does not decode");
  }
}
