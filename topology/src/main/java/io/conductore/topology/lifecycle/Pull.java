package io.conductore.topology.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * An issue's pull request; its author is who holds the issue.
 *
 * @param reviewer who has its present round, if anybody has
 * @param reviewToken the fencing token of that, if dispatch gave it
 */
public record Pull(
    int number, @Nullable String reviewer, @Nullable Long reviewToken) {

  static Pull opened(int number) {
    return new Pull(number, null, null);
  }

  Pull reviewedBy(@Nullable String agentId, @Nullable Long token) {
    return new Pull(number, agentId, token);
  }

  Pull unreviewed() {
    return reviewedBy(null, null);
  }

  boolean isReviewedBy(@Nullable String agentId) {
    return agentId != null && agentId.equals(reviewer);
  }

  /** An event that names no pull request means this one. */
  boolean isMeant(@Nullable Integer prNumber) {
    return prNumber == null || prNumber == number;
  }
}
