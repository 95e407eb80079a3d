package io.conductore.topology.dispatch;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What a claim came to; kept under its id, so that the same claim again gets the same answer. Its
 * agent is kept too: the id of another's claim must not show his assignment.
 */
public sealed interface ClaimOutcome {
  StateSerde<ClaimOutcome> SERDE = new OutcomeSerde();

  String agentId();

  /** The broker's time of the claim. */
  long atMs();

  /** The claim's place in its log plus one; of an assignment, the token that fences it. */
  long leaseToken();

  /**
   * An issue to work on.
   *
   * @param startByMs when it goes back to the queue unless work has begun
   * @param leaseUntilMs when it goes back unless there is progress
   */
  record Assigned(
      String agentId,
      long atMs,
      long leaseToken,
      String issue,
      @Nullable String title,
      @Nullable String milestone,
      Priority priority,
      int attempt,
      long startByMs,
      long leaseUntilMs)
      implements ClaimOutcome {}

  /** A pull request to review. */
  record ReviewAssigned(
      String agentId,
      long atMs,
      long leaseToken,
      String issue,
      int prNumber,
      int round,
      @Nullable String title,
      Priority priority,
      long leaseUntilMs)
      implements ClaimOutcome {}

  /** Nothing, and why. */
  record Refused(String agentId, long atMs, long leaseToken, Reason reason)
      implements ClaimOutcome {}

  /** The bytes of an outcome: which of the three, then its fields. */
  final class OutcomeSerde extends StateSerde<ClaimOutcome> {
    private static final int ASSIGNED = 0;
    private static final int REVIEW = 1;
    private static final int REFUSED = 2;

    private OutcomeSerde() {
      super(1);
    }

    @Override
    protected void write(ClaimOutcome outcome, Encoder to) throws IOException {
      to.writeString(outcome.agentId());
      to.writeLong(outcome.atMs());
      to.writeLong(outcome.leaseToken());
      switch (outcome) {
        case Assigned work -> {
          to.writeInt(ASSIGNED);
          to.writeString(work.issue());
          writeText(work.title(), to);
          writeText(work.milestone(), to);
          to.writeInt(work.priority().code());
          to.writeInt(work.attempt());
          to.writeLong(work.startByMs());
          to.writeLong(work.leaseUntilMs());
        }
        case ReviewAssigned review -> {
          to.writeInt(REVIEW);
          to.writeString(review.issue());
          to.writeInt(review.prNumber());
          to.writeInt(review.round());
          writeText(review.title(), to);
          to.writeInt(review.priority().code());
          to.writeLong(review.leaseUntilMs());
        }
        case Refused refused -> {
          to.writeInt(REFUSED);
          to.writeString(refused.reason().word());
        }
      }
    }

    @Override
    protected ClaimOutcome read(int writtenVersion, Decoder from) throws IOException {
      String agentId = from.readString();
      long atMs = from.readLong();
      long token = from.readLong();
      return switch (from.readInt()) {
        case ASSIGNED ->
          new Assigned(
              agentId,
              atMs,
              token,
              from.readString(),
              readText(from),
              readText(from),
              Priority.ofCode(from.readInt()),
              from.readInt(),
              from.readLong(),
              from.readLong());
        case REVIEW ->
          new ReviewAssigned(
              agentId,
              atMs,
              token,
              from.readString(),
              from.readInt(),
              from.readInt(),
              readText(from),
              Priority.ofCode(from.readInt()),
              from.readLong());
        default ->
          new Refused(agentId, atMs, token, Reason.of(from.readString()).orElseThrow());
      };
    }
  }
}
