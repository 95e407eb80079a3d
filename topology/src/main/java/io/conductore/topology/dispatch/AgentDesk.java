package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.BudgetStanding;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may take and what it has.
 *
 * @param slots how many issues at a time, and as many reviews beside them
 * @param refusal why it gets no work at present, null if it may
 * @param refusedUntilMs when the refusal ends by itself; 0 for never
 * @param issues in flight (repo#number), oldest first
 * @param reviews in flight (repo#number!pull request), oldest first
 * @param budgetUntilMs until when it has spent what it may; 0 if it has not
 */
public record AgentDesk(
    String agentId,
    int slots,
    List<String> capabilities,
    @Nullable String role,
    @Nullable Reason refusal,
    long refusedUntilMs,
    List<String> issues,
    List<String> reviews,
    long budgetUntilMs) {
  public static final int SLOTS_DEFAULT = 1;
  public static final int SLOTS_MAX = 256;
  public static final StateSerde<AgentDesk> SERDE = new DeskSerde();

  /** How a label asks for a capability. */
  static final String REQUIRES = "requires-";

  public AgentDesk {
    capabilities = List.copyOf(capabilities);
    issues = List.copyOf(issues);
    reviews = List.copyOf(reviews);
  }

  /** Of an agent that has said nothing of itself: it may claim all the same. */
  public static AgentDesk unheard(String agentId) {
    return new AgentDesk(agentId, SLOTS_DEFAULT, List.of(), null, null, 0, List.of(), List.of(), 0);
  }

  /** Why the agent gets nothing of this kind at this time, whatever waits; null if it may. */
  public @Nullable Reason refuses(Kind kind, long atMs) {
    if (refusal != null && (refusedUntilMs == 0 || atMs < refusedUntilMs)) {
      return refusal;
    }
    if (atMs < budgetUntilMs) {
      return Reason.BUDGET_SPENT;
    }
    int held = kind == Kind.WORK ? issues.size() : reviews.size();
    return held >= slots ? Reason.AT_CAPACITY : null;
  }

  /** True when it has every capability that the issue needs. */
  public boolean suits(List<String> needs) {
    return needs.stream()
        .allMatch(need -> capabilities.contains(need) || capabilities.contains(REQUIRES + need));
  }

  /** How a review in flight is named. */
  public static String reviewName(String issue, int prNumber) {
    return issue + "!" + prNumber;
  }

  AgentDesk apply(AgentStanding said) {
    @Nullable String why = said.refusal();
    @Nullable Long until = said.refusedUntilMs();
    return new AgentDesk(
        agentId,
        Math.clamp(said.slots(), 0, SLOTS_MAX),
        Clip.texts(said.capabilities()),
        Clip.orNull(said.role()),
        why == null ? null : Reason.of(why).orElseThrow(),
        until == null ? 0 : until,
        issues,
        reviews,
        budgetUntilMs);
  }

  AgentDesk apply(BudgetStanding said) {
    return new AgentDesk(
        agentId,
        slots,
        capabilities,
        role,
        refusal,
        refusedUntilMs,
        issues,
        reviews,
        said.stoppedUntilMs());
  }

  AgentDesk takes(Lease lease) {
    return lease.kind() == Kind.WORK
        ? holding(with(issues, lease.issue()), reviews)
        : holding(issues, with(reviews, reviewName(lease.issue(), lease.prNumber())));
  }

  AgentDesk givesBack(Lease lease) {
    return lease.kind() == Kind.WORK
        ? holding(without(issues, lease.issue()), reviews)
        : holding(issues, without(reviews, reviewName(lease.issue(), lease.prNumber())));
  }

  private AgentDesk holding(List<String> nextIssues, List<String> nextReviews) {
    return new AgentDesk(
        agentId,
        slots,
        capabilities,
        role,
        refusal,
        refusedUntilMs,
        nextIssues,
        nextReviews,
        budgetUntilMs);
  }

  private static List<String> with(List<String> names, String name) {
    return Stream.concat(without(names, name).stream(), Stream.of(name)).toList();
  }

  private static List<String> without(List<String> names, String name) {
    return names.stream().filter(other -> !other.equals(name)).toList();
  }

  private static final class DeskSerde extends StateSerde<AgentDesk> {
    private DeskSerde() {
      super(2);
    }

    @Override
    protected void write(AgentDesk desk, Encoder to) throws IOException {
      to.writeString(desk.agentId());
      to.writeInt(desk.slots());
      writeTexts(desk.capabilities(), to);
      writeText(desk.role(), to);
      Reason refusal = desk.refusal();
      writeText(refusal == null ? null : refusal.word(), to);
      to.writeLong(desk.refusedUntilMs());
      writeTexts(desk.issues(), to);
      writeTexts(desk.reviews(), to);
      to.writeLong(desk.budgetUntilMs());
    }

    @Override
    protected AgentDesk read(int writtenVersion, Decoder from) throws IOException {
      String agentId = from.readString();
      int slots = from.readInt();
      List<String> capabilities = readTexts(from);
      String role = readText(from);
      String refusal = readText(from);
      return new AgentDesk(
          agentId,
          slots,
          capabilities,
          role,
          refusal == null ? null : Reason.of(refusal).orElseThrow(),
          from.readLong(),
          readTexts(from),
          readTexts(from),
          writtenVersion < 2 ? 0 : from.readLong());
    }
  }
}
