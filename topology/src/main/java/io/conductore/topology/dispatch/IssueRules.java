package io.conductore.topology.dispatch;

import static io.conductore.topology.dispatch.DispatchIssue.Standing.CLOSED;
import static io.conductore.topology.dispatch.DispatchIssue.Standing.ESCALATED;
import static io.conductore.topology.dispatch.DispatchIssue.Standing.MERGED;
import static io.conductore.topology.dispatch.DispatchIssue.Standing.OPEN;

import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.handoff.DispatchRecord.IssueReady;
import io.conductore.topology.handoff.DispatchRecord.IssueSettled;
import io.conductore.topology.handoff.DispatchRecord.IssueTaken;
import io.conductore.topology.handoff.DispatchRecord.ReviewSettled;
import io.conductore.topology.handoff.DispatchRecord.ReviewWanted;
import io.conductore.topology.handoff.DispatchRecord.Settlement;
import io.conductore.topology.state.Clip;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the log of issues says: what waits, what is over, what wants a review. */
final class IssueRules {
  private final Draft draft;
  private final DispatchRules rules;

  IssueRules(Draft draft, DispatchRules rules) {
    this.draft = draft;
    this.rules = rules;
  }

  void ready(IssueReady ready) {
    DispatchIssue before = draft.issue(ready.issue());
    int strikes = ready.strikesCleared() ? 0 : before.strikes();
    DispatchIssue issue = new DispatchIssue(
        ready.issue(),
        Clip.orNull(ready.title()),
        Clip.orNull(ready.milestone()),
        Priority.of(ready.priority()),
        needs(ready.labels()),
        ready.dependsOn().stream().limit(FlatLimits.ARRAY_ITEMS_MAX).toList(),
        ready.approvedAtMs(),
        strikes >= rules.strikesMax() ? ESCALATED : OPEN,
        before.attempts(),
        strikes,
        before.authors());
    draft.add(new Change.PutIssue(issue));
    dequeue(issue.issue());
    if (draft.workLease(issue.issue()) == null) {
      enqueue(issue);
    }
  }

  /** Dispatch is the judge of who has an issue: what it has handed out, nobody else takes. */
  void taken(IssueTaken taken) {
    if (draft.workLease(taken.issue()) != null) {
      return;
    }
    DispatchIssue known = draft.issue(taken.issue());
    DispatchIssue issue = known.standing() == OPEN ? known : known.reopened(draft.atMs());
    dequeue(issue.issue());
    draft.add(new Change.PutIssue(issue));
    QueueEntry entry = entry(issue, List.of());
    draft.lease(Lease.work(entry, taken.agentId(), draft.token(), draft.atMs()).taken());
  }

  void settled(IssueSettled settled) {
    boolean merged = settled.how() == Settlement.MERGED || settled.how() == Settlement.DONE;
    DispatchIssue issue = draft.issue(settled.issue());
    Lease lease = draft.workLease(settled.issue());
    if (lease != null) {
      draft.giveBack(lease);
      issue = issue.ended(lease, false);
    }
    draft.add(new Change.PutIssue(issue.standing(merged ? MERGED : CLOSED)));
    dequeue(settled.issue());
    for (int prNumber : draft.view().reviewsOf(settled.issue())) {
      endReview(settled.issue(), prNumber);
    }
    if (merged) {
      for (QueueEntry dependant : draft.view().dependants(settled.issue())) {
        draft.add(new Change.Dequeue(dependant));
        draft.add(new Change.Enqueue(dependant.without(settled.issue())));
      }
    }
  }

  /** The same round again has lost its reviewer: it waits anew. */
  void reviewWanted(ReviewWanted wanted) {
    ReviewEntry before =
        draft.view().review(new ReviewKey(draft.pool(), wanted.issue(), wanted.prNumber()));
    if (before != null && wanted.round() < before.round()) {
      return;
    }
    Lease reviewer = draft.reviewLease(wanted.issue(), wanted.prNumber());
    if (reviewer != null) {
      draft.giveBack(reviewer);
    }
    Lease work = draft.workLease(wanted.issue());
    DispatchIssue issue = draft.issue(wanted.issue());
    draft.add(new Change.PutReview(new ReviewEntry(
        wanted.issue(),
        wanted.prNumber(),
        wanted.round(),
        issue.title(),
        issue.priority(),
        before != null && before.round() == wanted.round() ? before.wantedAtMs() : draft.atMs(),
        authors(issue, work, wanted.authorId()),
        0)));
    if (work != null) {
      draft.add(new Change.PutLease(work.parked(draft.atMs())));
    }
  }

  void reviewSettled(ReviewSettled settled) {
    endReview(settled.issue(), settled.prNumber());
    Lease work = draft.workLease(settled.issue());
    if (work == null) {
      return;
    }
    if (settled.passed()) {
      draft.add(new Change.PutLease(work.parked(draft.atMs())));
      return;
    }
    Lease resumed = work.resumed(draft.atMs());
    boolean missing = draft.desk(work.agentId()).refusal() == Reason.MISSING;
    draft.add(new Change.PutLease(
        missing ? resumed.missing(draft.atMs() + Lease.MISSING_MAX.toMillis()) : resumed));
  }

  /** Puts it into the queue if it is to be done. */
  void enqueue(DispatchIssue issue) {
    if (issue.standing() == OPEN) {
      draft.add(new Change.Enqueue(entry(issue, openDependencies(issue))));
    }
  }

  private static QueueEntry entry(DispatchIssue issue, List<String> blockedBy) {
    return new QueueEntry(
        issue.issue(),
        issue.title(),
        issue.milestone(),
        issue.priority(),
        issue.needs(),
        blockedBy,
        issue.approvedAtMs(),
        issue.attempts() + 1);
  }

  /** An issue that was never heard of is not merged either. */
  private List<String> openDependencies(DispatchIssue issue) {
    return issue.dependsOn().stream()
        .distinct()
        .filter(other -> !other.equals(issue.issue()))
        .filter(other -> draft.issue(other).standing() != MERGED)
        .toList();
  }

  private void dequeue(String issue) {
    QueueEntry waiting = draft.view().queued(issue);
    if (waiting != null) {
      draft.add(new Change.Dequeue(waiting));
    }
  }

  private void endReview(String issue, int prNumber) {
    ReviewEntry review = draft.view().review(new ReviewKey(draft.pool(), issue, prNumber));
    if (review != null) {
      draft.add(new Change.DropReview(review));
    }
    Lease reviewer = draft.reviewLease(issue, prNumber);
    if (reviewer != null) {
      draft.giveBack(reviewer);
    }
  }

  private static List<String> authors(
      DispatchIssue issue, @Nullable Lease work, @Nullable String authorId) {
    Set<String> authors = new LinkedHashSet<>(issue.authors());
    if (work != null) {
      authors.add(work.agentId());
    }
    if (authorId != null) {
      authors.add(Clip.text(authorId));
    }
    return List.copyOf(authors);
  }

  /** requires-python asks for the capability python. */
  private static List<String> needs(List<String> labels) {
    return Clip.texts(labels.stream()
        .filter(label -> label.startsWith(AgentDesk.REQUIRES))
        .map(label -> label.substring(AgentDesk.REQUIRES.length()))
        .distinct()
        .sorted()
        .toList());
  }
}
