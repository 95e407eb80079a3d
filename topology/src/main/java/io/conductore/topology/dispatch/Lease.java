package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.time.Duration;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * Who has an issue or a review, and until when. All times are the broker's.
 *
 * @param prNumber 0 for work
 * @param round the attempt of work, the round of a review
 * @param token fences the assignment: greater for each one of the pool
 * @param posted true when somebody else than dispatch assigned it; nobody was told the token then
 * @param startByMs when it goes back unless work has begun; 0 once it has, and for reviews
 * @param untilMs when it goes back unless there is progress
 * @param parked true while the pull request is in others' hands: the holder has nothing to do then
 * @param missingUntilMs when it goes back unless the agent is heard of; 0 while it is
 */
public record Lease(
    Kind kind,
    String issue,
    int prNumber,
    String agentId,
    int round,
    long token,
    boolean posted,
    long assignedAtMs,
    long startByMs,
    long untilMs,
    boolean parked,
    long missingUntilMs) {
  /** How long an agent may take to say that it has begun. */
  public static final Duration START_MAX = Duration.ofMinutes(10);

  /** How long work may take without progress. */
  public static final Duration LEASE_MAX = Duration.ofMinutes(30);

  /** How long a pull request may be in the hands of reviewers, gates and humans. */
  public static final Duration PARKED_MAX = Duration.ofDays(7);

  /** How long after the news that its agent is missing. */
  public static final Duration MISSING_MAX = Duration.ofMinutes(10);

  public static final StateSerde<Lease> SERDE = new LeaseSerde();

  static Lease work(QueueEntry entry, String agentId, long token, long atMs) {
    long startByMs = atMs + START_MAX.toMillis();
    return new Lease(
        Kind.WORK,
        entry.issue(),
        0,
        agentId,
        entry.attempt(),
        token,
        false,
        atMs,
        startByMs,
        atMs + LEASE_MAX.toMillis(),
        false,
        0);
  }

  static Lease review(ReviewEntry review, String agentId, long token, long atMs) {
    return new Lease(
        Kind.REVIEW,
        review.issue(),
        review.prNumber(),
        agentId,
        review.round(),
        token,
        false,
        atMs,
        0,
        atMs + LEASE_MAX.toMillis(),
        false,
        0);
  }

  public LeaseKey key(String pool) {
    return new LeaseKey(pool, issue, kind, prNumber);
  }

  /** When it goes back if nothing happens. */
  public long dueMs() {
    if (parked) {
      return untilMs;
    }
    long due = startByMs == 0 ? untilMs : Math.min(startByMs, untilMs);
    return missingUntilMs == 0 ? due : Math.min(due, missingUntilMs);
  }

  public boolean started() {
    return kind == Kind.WORK && startByMs == 0;
  }

  /** There was progress, so the holder is not missing either. */
  Lease renewed(long atMs, boolean begins) {
    return parked ? this : with(begins ? 0 : startByMs, atMs + LEASE_MAX.toMillis(), false, 0);
  }

  /** The work is done and in others' hands. */
  Lease parked(long atMs) {
    return with(0, atMs + PARKED_MAX.toMillis(), true, 0);
  }

  /** It is the holder's turn again. */
  Lease resumed(long atMs) {
    return with(0, atMs + LEASE_MAX.toMillis(), false, 0);
  }

  Lease missing(long untilWhenMs) {
    return with(startByMs, untilMs, parked, untilWhenMs);
  }

  Lease taken() {
    return new Lease(
        kind,
        issue,
        prNumber,
        agentId,
        round,
        token,
        true,
        assignedAtMs,
        startByMs,
        untilMs,
        parked,
        missingUntilMs);
  }

  private Lease with(long nextStartBy, long nextUntil, boolean nextParked, long nextMissing) {
    return new Lease(
        kind,
        issue,
        prNumber,
        agentId,
        round,
        token,
        posted,
        assignedAtMs,
        nextStartBy,
        nextUntil,
        nextParked,
        nextMissing);
  }

  private static final class LeaseSerde extends StateSerde<Lease> {
    private LeaseSerde() {
      super(1);
    }

    @Override
    protected void write(Lease lease, Encoder to) throws IOException {
      to.writeBoolean(lease.kind() == Kind.REVIEW);
      to.writeString(lease.issue());
      to.writeInt(lease.prNumber());
      to.writeString(lease.agentId());
      to.writeInt(lease.round());
      to.writeLong(lease.token());
      to.writeBoolean(lease.posted());
      to.writeLong(lease.assignedAtMs());
      to.writeLong(lease.startByMs());
      to.writeLong(lease.untilMs());
      to.writeBoolean(lease.parked());
      to.writeLong(lease.missingUntilMs());
    }

    @Override
    protected Lease read(int writtenVersion, Decoder from) throws IOException {
      return new Lease(
          from.readBoolean() ? Kind.REVIEW : Kind.WORK,
          from.readString(),
          from.readInt(),
          from.readString(),
          from.readInt(),
          from.readLong(),
          from.readBoolean(),
          from.readLong(),
          from.readLong(),
          from.readLong(),
          from.readBoolean(),
          from.readLong());
    }
  }
}
