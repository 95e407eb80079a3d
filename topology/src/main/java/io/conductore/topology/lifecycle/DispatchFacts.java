package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.BranchCreated;
import io.conductore.schemas.lifecycle.CiFailed;
import io.conductore.schemas.lifecycle.CiPassed;
import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.IssueUnassigned;
import io.conductore.schemas.lifecycle.LeaseExpired;
import io.conductore.schemas.lifecycle.PrCreated;
import io.conductore.schemas.lifecycle.ReviewDisputed;
import io.conductore.schemas.lifecycle.ReviewPassed;
import io.conductore.schemas.lifecycle.WorkStarted;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What dispatch must know of a step. What dispatch said itself is not said back to it. */
final class DispatchFacts {
  private final IssueState before;
  private final IssueState after;
  private final IssueLifecycle event;
  private final List<DispatchRecord> facts = new ArrayList<>(2);

  private DispatchFacts(IssueState before, IssueState after, IssueLifecycle event) {
    this.before = before;
    this.after = after;
    this.event = event;
  }

  static List<DispatchRecord> of(IssueState before, IssueState after, IssueLifecycle event) {
    DispatchFacts told = new DispatchFacts(before, after, event);
    told.phase();
    told.progress();
    told.review();
    return told.facts;
  }

  private void phase() {
    boolean moved = !before.phase().wireName().equals(after.phase().wireName());
    boolean dispatchKnows = Sources.DISPATCH.equals(event.getSource());
    switch (after.phase()) {
      case Phase.Queued queued
      when event.getPayload() instanceof IssueApproved -> facts.add(ready());
      case Phase.Queued queued when moved && !dispatchKnows -> facts.add(released());
      case Phase.Assigned assigned
      when moved && !dispatchKnows ->
        facts.add(
            new DispatchRecord.IssueTaken(after.streamId(), assigned.held().agentId()));
      case Phase.Deploying deploying when moved -> settled(DispatchRecord.Settlement.MERGED);
      case Phase.Done done when moved -> settled(DispatchRecord.Settlement.DONE);
      case Phase.Failed failed
      when failed.reason().equals(Phase.Failed.WITHDRAWN) && isNew(failed) ->
        settled(DispatchRecord.Settlement.WITHDRAWN);
      case Phase.Failed failed
      when moved && !dispatchKnows -> settled(DispatchRecord.Settlement.FAILED);
      default -> {
        // Nothing that concerns who gets work.
      }
    }
  }

  private boolean isNew(Phase.Failed failed) {
    return !(before.phase() instanceof Phase.Failed old && old.reason().equals(failed.reason()));
  }

  private DispatchRecord ready() {
    Brief brief = after.brief();
    return new DispatchRecord.IssueReady(
        after.streamId(),
        brief.title(),
        brief.milestone(),
        brief.priority(),
        brief.labels(),
        brief.dependsOn().stream().map(number -> event.getRepo() + "#" + number).toList(),
        brief.approvedAtMs(),
        before.phase() instanceof Phase.Failed);
  }

  /** A holder that gives the issue back by its token has failed at it; a human only moved it. */
  private DispatchRecord released() {
    Assignment held = before.phase().held();
    boolean strike = event.getPayload() instanceof LeaseExpired || event.getLeaseToken() != null;
    String reason = switch (event.getPayload()) {
      case IssueUnassigned said -> said.getReason();
      case LeaseExpired said -> said.getReason();
      default -> null;
    };
    return new DispatchRecord.IssueReleased(
        after.streamId(),
        held == null ? null : held.agentId(),
        Objects.requireNonNullElse(reason, "released"),
        strike,
        held == null ? null : held.leaseToken());
  }

  private void settled(DispatchRecord.Settlement how) {
    facts.add(new DispatchRecord.IssueSettled(after.streamId(), how));
  }

  private void progress() {
    if (after.phase() instanceof Phase.Worked worked && isProgress()) {
      facts.add(
          new DispatchRecord.IssueProgressed(after.streamId(), worked.held().agentId(), true));
    }
  }

  private boolean isProgress() {
    return switch (event.getPayload()) {
      case WorkStarted said -> true;
      case BranchCreated said -> true;
      case PrCreated said -> true;
      case CiPassed said -> true;
      case CiFailed said -> true;
      case ReviewPassed said -> true;
      case ReviewDisputed said -> true;
      default -> false;
    };
  }

  /** A round that waits, by pull request and number. */
  private record Waiting(int prNumber, int round, @Nullable String authorId) {}

  private void review() {
    Waiting old = waiting(before);
    Waiting now = waiting(after);
    if (old != null && !old.equals(now)) {
      facts.add(new DispatchRecord.ReviewSettled(after.streamId(), old.prNumber(), isAuthorIdle()));
    }
    if (now != null && (!now.equals(old) || isReviewerGone())) {
      facts.add(new DispatchRecord.ReviewWanted(
          after.streamId(), now.prNumber(), now.authorId(), now.round()));
    }
  }

  /** The merge, a gate or a human is next. */
  private boolean isAuthorIdle() {
    return after.rounds().review() == Rounds.Outcome.PASSED
        || after.phase() instanceof Phase.Deploying;
  }

  /** The round lost its reviewer, and not by dispatch. */
  private boolean isReviewerGone() {
    Pull old = before.phase().pull();
    Pull now = after.phase().pull();
    return old != null
        && old.reviewer() != null
        && now != null
        && now.reviewer() == null
        && !Sources.DISPATCH.equals(event.getSource());
  }

  private static @Nullable Waiting waiting(IssueState issue) {
    return issue.phase() instanceof Phase.InReview review
            && issue.rounds().review() == Rounds.Outcome.PENDING
        ? new Waiting(
            review.pull().number(), issue.rounds().round(), review.held().agentId())
        : null;
  }
}
