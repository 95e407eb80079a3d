package io.conductore.query.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.topology.dispatch.ClaimOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An assignment as the original answers it, and what fences it.
 *
 * @param attempt of an issue; of a review the round
 * @param leaseToken goes with every event of this assignment
 * @param claimId as Idempotency-Key it gets the same answer again
 * @param startBy when the issue goes back unless work has begun; none for a review
 * @param leaseUntil when it goes back unless there is progress
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AssignmentView(
    String streamId,
    IssueView issue,
    String priority,
    int attempt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer prNumber,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer round,
    String agentId,
    long leaseToken,
    String claimId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant startBy,
    Instant leaseUntil) {

  /** The original's four fields. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record IssueView(
      int number,
      String repo,
      @Nullable String title,
      @Nullable String milestone) {
    static IssueView of(String issue, @Nullable String title, @Nullable String milestone) {
      int hash = issue.lastIndexOf('#');
      int number = Integer.parseInt(issue, hash + 1, issue.length(), 10);
      return new IssueView(number, issue.substring(0, hash), title, milestone);
    }
  }

  static AssignmentView of(ClaimOutcome outcome, String key) {
    return switch (outcome) {
      case ClaimOutcome.Assigned work ->
        new AssignmentView(
            work.issue(),
            IssueView.of(work.issue(), work.title(), work.milestone()),
            work.priority().word(),
            work.attempt(),
            null,
            null,
            work.agentId(),
            work.leaseToken(),
            key,
            Instant.ofEpochMilli(work.startByMs()),
            Instant.ofEpochMilli(work.leaseUntilMs()));
      case ClaimOutcome.ReviewAssigned review ->
        new AssignmentView(
            review.issue(),
            IssueView.of(review.issue(), review.title(), null),
            review.priority().word(),
            review.round(),
            review.prNumber(),
            review.round(),
            review.agentId(),
            review.leaseToken(),
            key,
            null,
            Instant.ofEpochMilli(review.leaseUntilMs()));
      case ClaimOutcome.Refused refused ->
        throw new IllegalArgumentException("a refusal is no assignment");
    };
  }
}
