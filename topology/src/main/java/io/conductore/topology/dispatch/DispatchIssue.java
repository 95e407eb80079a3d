package io.conductore.topology.dispatch;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch knows of an issue beyond its place in the queue or its lease. An assignment does
 * not write it: attempt and holder of a running one are in the lease and come here when that ends.
 *
 * @param needs capabilities that its labels ask for, sorted
 * @param attempts assignments that have ended
 * @param strikes attempts that failed since a human last approved it
 * @param authors agents that held it, newest last: none of them may review it
 */
public record DispatchIssue(
    String issue,
    @Nullable String title,
    @Nullable String milestone,
    Priority priority,
    List<String> needs,
    List<String> dependsOn,
    long approvedAtMs,
    Standing standing,
    int attempts,
    int strikes,
    List<String> authors) {

  /** Where the issue stands. */
  public enum Standing {
    /** Only named as a dependency, assigned by somebody else, or reviewed: never approved. */
    UNAPPROVED,
    /** To be done: it waits in the queue or an agent has it. */
    OPEN,
    /** Failed twice; waits for a human. */
    ESCALATED,
    /** Merged or done: what depends on it may go. */
    MERGED,
    /** Failed or withdrawn: over, but what depends on it still waits. */
    CLOSED
  }

  static final int AUTHORS_MAX = 64;
  public static final StateSerde<DispatchIssue> SERDE = new IssueSerde();

  public DispatchIssue {
    needs = List.copyOf(needs);
    dependsOn = List.copyOf(dependsOn);
    authors = List.copyOf(authors);
  }

  static DispatchIssue unapproved(String issue) {
    return new DispatchIssue(
        issue,
        null,
        null,
        Priority.NORMAL,
        List.of(),
        List.of(),
        0,
        Standing.UNAPPROVED,
        0,
        0,
        List.of());
  }

  DispatchIssue standing(Standing next) {
    return with(next, attempts, strikes, authors);
  }

  /** Somebody wants it done though nobody approved it, or though it was over. */
  DispatchIssue reopened(long atMs) {
    return new DispatchIssue(
        issue,
        title,
        milestone,
        priority,
        needs,
        dependsOn,
        approvedAtMs == 0 ? atMs : approvedAtMs,
        Standing.OPEN,
        attempts,
        strikes,
        authors);
  }

  /** An assignment has ended. */
  DispatchIssue ended(Lease lease, boolean strike) {
    List<String> held = heldBy(lease.agentId()).authors();
    return with(standing, lease.round(), strikes + (strike ? 1 : 0), held);
  }

  DispatchIssue heldBy(String agentId) {
    List<String> others =
        authors.stream().filter(author -> !author.equals(agentId)).toList();
    List<String> next = Stream.concat(others.stream(), Stream.of(agentId)).toList();
    int dropped = Math.max(0, next.size() - AUTHORS_MAX);
    return with(standing, attempts, strikes, next.subList(dropped, next.size()));
  }

  private DispatchIssue with(
      Standing nextStanding, int nextAttempts, int nextStrikes, List<String> nextAuthors) {
    return new DispatchIssue(
        issue,
        title,
        milestone,
        priority,
        needs,
        dependsOn,
        approvedAtMs,
        nextStanding,
        nextAttempts,
        nextStrikes,
        nextAuthors);
  }

  private static final class IssueSerde extends StateSerde<DispatchIssue> {
    private IssueSerde() {
      super(1);
    }

    @Override
    protected void write(DispatchIssue issue, Encoder to) throws IOException {
      to.writeString(issue.issue());
      writeText(issue.title(), to);
      writeText(issue.milestone(), to);
      to.writeInt(issue.priority().code());
      writeTexts(issue.needs(), to);
      writeTexts(issue.dependsOn(), to);
      to.writeLong(issue.approvedAtMs());
      to.writeString(issue.standing().name());
      to.writeInt(issue.attempts());
      to.writeInt(issue.strikes());
      writeTexts(issue.authors(), to);
    }

    @Override
    protected DispatchIssue read(int writtenVersion, Decoder from) throws IOException {
      return new DispatchIssue(
          from.readString(),
          readText(from),
          readText(from),
          Priority.ofCode(from.readInt()),
          readTexts(from),
          readTexts(from),
          from.readLong(),
          Standing.valueOf(from.readString()),
          from.readInt(),
          from.readInt(),
          readTexts(from));
    }
  }
}
