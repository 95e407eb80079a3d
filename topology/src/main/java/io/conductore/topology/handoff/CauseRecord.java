package io.conductore.topology.handoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of rig.causes, keyed by {@link Subject#key}: why somebody should look at an agent or
 * an issue, that it is over, or that somebody has looked.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CauseRecord.Raised.class, name = "raised"),
  @JsonSubTypes.Type(value = CauseRecord.Cleared.class, name = "cleared"),
  @JsonSubTypes.Type(value = CauseRecord.Acknowledged.class, name = "acknowledged"),
  @JsonSubTypes.Type(value = CauseRecord.Seen.class, name = "seen"),
  @JsonSubTypes.Type(value = CauseRecord.Due.class, name = "due")
})
public sealed interface CauseRecord {
  Subject subject();

  /**
   * Whom it is about.
   *
   * @param agentId set for an agent
   * @param issue repo#number, set for an issue
   */
  record Subject(@Nullable String agentId, @Nullable String issue) {
    public Subject {
      if ((agentId == null) == (issue == null)) {
        throw new IllegalArgumentException("a subject is an agent or an issue");
      }
    }

    public static Subject agent(String agentId) {
      return new Subject(agentId, null);
    }

    public static Subject issue(String issue) {
      return new Subject(null, issue);
    }

    public String key() {
      return agentId != null ? agentId : String.valueOf(issue);
    }
  }

  /**
   * Something is wrong.
   *
   * @param cause stuck, budget-exceeded, silence, two-strikes, ci-rounds, review-loop, human-gate,
   *     guard-storm, guard-failed-open, smoke-failed or reported
   * @param summary one sentence for a human
   * @param evidence event ids
   * @param causeEventId the event that raised it; the same one raises once
   * @param depth of that event: an escalation about an escalation ends at a limit
   */
  record Raised(
      Subject subject,
      String cause,
      String summary,
      List<String> evidence,
      String causeEventId,
      long atMs,
      int depth)
      implements CauseRecord {
    public Raised {
      required(subject, cause, summary, causeEventId);
      evidence = List.copyOf(evidence);
    }
  }

  /** The cause is gone: the agent is back, the window turned, work goes on. */
  record Cleared(Subject subject, String cause, long atMs) implements CauseRecord {
    public Cleared {
      required(subject, cause);
    }
  }

  /** Somebody has seen it, and the event that says so is on record; from LIFECYCLE. */
  record Acknowledged(
      Subject subject, String escalationId, @Nullable String by, long atMs) implements CauseRecord {
    public Acknowledged {
      required(subject, escalationId);
    }
  }

  /** Somebody has seen it; from the API, before there is an event. */
  record Seen(
      Subject subject, String escalationId, @Nullable String by) implements CauseRecord {
    public Seen {
      required(subject, escalationId);
    }
  }

  /** Time passes though nothing happens: what is due by the time of this record is done. */
  record Due(Subject subject) implements CauseRecord {
    public Due {
      required(subject);
    }
  }

  /** What somebody else's JSON leaves out is null whatever the type says. */
  private static void required(Object... fields) {
    for (Object field : fields) {
      Objects.requireNonNull(field, "a field is missing");
    }
  }
}
