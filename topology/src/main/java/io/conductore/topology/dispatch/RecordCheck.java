package io.conductore.topology.dispatch;

import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.head.EventRefused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that a pool cannot hold: anybody may write to the topic, JSON leaves fields out,
 * and ids become parts of keys.
 */
final class RecordCheck {
  private static final Pattern ISSUE = Pattern.compile("[^\\x00]+#[1-9][0-9]{0,8}");

  private RecordCheck() {}

  static void check(DispatchRecord record, String pool) {
    id("the key, a pool", pool);
    switch (record) {
      case DispatchRecord.Claim claim -> {
        id("claimId", claim.claimId());
        id("agentId", claim.agentId());
        present("kind", claim.kind());
      }
      case DispatchRecord.IssueReady ready -> {
        issue(ready.issue());
        ready.dependsOn().forEach(RecordCheck::issue);
      }
      case DispatchRecord.IssueProgressed progress -> held(progress.issue(), progress.agentId());
      case DispatchRecord.IssueReleased release -> {
        issue(release.issue());
        present("reason", release.reason());
      }
      case DispatchRecord.AgentGaveUp gaveUp -> {
        held(gaveUp.issue(), gaveUp.agentId());
        present("reason", gaveUp.reason());
      }
      case DispatchRecord.IssueTaken taken -> held(taken.issue(), taken.agentId());
      case DispatchRecord.IssueSettled settled -> {
        issue(settled.issue());
        present("how", settled.how());
      }
      case DispatchRecord.ReviewWanted wanted -> issue(wanted.issue());
      case DispatchRecord.ReviewSettled settled -> issue(settled.issue());
      case DispatchRecord.AgentStanding standing -> standing(standing);
      case DispatchRecord.BudgetStanding standing -> id("agentId", standing.agentId());
      case DispatchRecord.AgentProgressed progress -> id("agentId", progress.agentId());
      case DispatchRecord.Tick tick -> {}
    }
  }

  private static void standing(DispatchRecord.AgentStanding standing) {
    id("agentId", standing.agentId());
    @Nullable String refusal = standing.refusal();
    if (refusal != null && Reason.of(refusal).isEmpty()) {
      throw refused("refusal is none that is known");
    }
  }

  private static void held(@Nullable String issue, @Nullable String agentId) {
    issue(issue);
    id("agentId", agentId);
  }

  private static void issue(@Nullable String issue) {
    present("issue", issue);
    if (issue != null
        && (issue.length() > FlatLimits.STREAM_ID_CHARS_MAX
            || !ISSUE.matcher(issue).matches())) {
      throw refused("an issue is named repo#number");
    }
  }

  private static void id(String name, @Nullable String id) {
    present(name, id);
    if (id != null
        && (id.isEmpty() || id.length() > FlatLimits.ID_CHARS_MAX || id.indexOf('\0') >= 0)) {
      throw refused(
          name + " has 1 to " + FlatLimits.ID_CHARS_MAX + " characters, none of them NUL");
    }
  }

  private static void present(String name, @Nullable Object value) {
    if (value == null) {
      throw refused(name + " is missing");
    }
  }

  private static EventRefused refused(String why) {
    return new EventRefused(why, new IllegalArgumentException(why));
  }
}
