package io.conductore.topology.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Where an issue stands. Each phase has a method for each phase that may follow it, and nothing
 * else makes a phase from another: a step that is not legal cannot be written.
 */
public sealed interface Phase {
  String wireName();

  /** Who has the issue, or had it last. */
  default @Nullable Assignment held() {
    return null;
  }

  default @Nullable Pull pull() {
    return null;
  }

  /** An agent works on it; it may go back to the queue. */
  sealed interface Worked extends Phase {
    @Override
    Assignment held();

    default Queued released() {
      return new Queued();
    }

    /** The same phase with the round of the open pull request in these hands. */
    Worked reviewedBy(@Nullable String agentId, @Nullable Long token);
  }

  /** Everything that may still fail. */
  sealed interface Unfinished extends Phase {
    default Failed failed(String reason, @Nullable String detail) {
      return new Failed(reason, detail, held(), pull());
    }
  }

  /** Never approved. Its events are kept and move nothing. */
  record Unknown() implements Phase {
    @Override
    public String wireName() {
      return "unknown";
    }

    Queued approved() {
      return new Queued();
    }
  }

  /** Approved, and nobody has it. */
  record Queued() implements Unfinished {
    @Override
    public String wireName() {
      return "queued";
    }

    Assigned assigned(Assignment to) {
      return new Assigned(to);
    }
  }

  /** Given to an agent that has not begun. */
  record Assigned(Assignment held) implements Worked, Unfinished {
    @Override
    public String wireName() {
      return "assigned";
    }

    /** There is no round yet. */
    @Override
    public Assigned reviewedBy(@Nullable String agentId, @Nullable Long token) {
      return this;
    }

    InProgress begun() {
      return new InProgress(held, null);
    }

    InReview opened(int prNumber) {
      return new InReview(held, Pull.opened(prNumber));
    }
  }

  /**
   * The agent works.
   *
   * @param pull open, and its last round was disputed; null before the first
   */
  record InProgress(Assignment held, @Nullable Pull pull) implements Worked, Unfinished {
    @Override
    public String wireName() {
      return "in_progress";
    }

    @Override
    public InProgress reviewedBy(@Nullable String agentId, @Nullable Long token) {
      return pull == null ? this : new InProgress(held, pull.reviewedBy(agentId, token));
    }

    Deploying merged(Pull open, @Nullable String sha) {
      return new Deploying(held, open, sha, 0);
    }

    /** The next round of the pull request that is open. */
    InReview again(Pull open) {
      return new InReview(held, open.unreviewed());
    }

    InReview opened(int prNumber) {
      return new InReview(held, Pull.opened(prNumber));
    }
  }

  /** A pull request is open and its round runs. */
  record InReview(Assignment held, Pull pull) implements Worked, Unfinished {
    @Override
    public String wireName() {
      return "in_review";
    }

    @Override
    public InReview reviewedBy(@Nullable String agentId, @Nullable Long token) {
      return new InReview(held, pull.reviewedBy(agentId, token));
    }

    InReview replaced(int prNumber) {
      return new InReview(held, Pull.opened(prNumber));
    }

    InProgress disputed() {
      return new InProgress(held, pull.unreviewed());
    }

    Deploying merged(@Nullable String sha) {
      return new Deploying(held, pull, sha, 0);
    }
  }

  /** Merged, on its way to production. */
  record Deploying(Assignment held, Pull pull, @Nullable String mergeSha, int smokeFailures)
      implements Unfinished {
    @Override
    public String wireName() {
      return "deploying";
    }

    Deploying smokeFailed() {
      return new Deploying(held, pull, mergeSha, smokeFailures + 1);
    }

    Done done() {
      return new Done(held, pull, mergeSha);
    }
  }

  /** In production, verified. The end. */
  record Done(Assignment held, Pull pull, @Nullable String mergeSha) implements Phase {
    @Override
    public String wireName() {
      return "done";
    }
  }

  /**
   * Waits for a human, who may approve it anew.
   *
   * @param reason ci-rounds, review-loop, smoke-failed, two-strikes, reported or withdrawn
   * @param held who had it last
   */
  record Failed(
      String reason,
      @Nullable String detail,
      @Nullable Assignment held,
      @Nullable Pull pull) implements Unfinished {
    static final String WITHDRAWN = "withdrawn";

    @Override
    public String wireName() {
      return "failed";
    }

    Queued approvedAgain() {
      return new Queued();
    }
  }
}
