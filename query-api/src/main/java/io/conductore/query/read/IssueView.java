package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.topology.lifecycle.Assignment;
import io.conductore.topology.lifecycle.Brief;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.Phase;
import io.conductore.topology.lifecycle.Pull;
import io.conductore.topology.lifecycle.Rounds;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One issue as the API shows it, by the original's names and some of ours. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record IssueView(
    String streamId,
    String repo,
    int number,
    String state,
    @Nullable String reason,
    @Nullable String title,
    String priority,
    @Nullable String milestone,
    List<String> labels,
    List<Integer> dependsOn,
    String pool,
    int attempt,
    @Nullable String agentId,
    @Nullable PullView pullRequest,
    List<Integer> prNumbers,
    String ci,
    int ciRounds,
    String review,
    int reviewRounds,
    @Nullable String humanGate,
    List<String> needsHuman,
    Instant approvedAt,
    Map<String, PhaseView> phases,
    long lastOrdinal,
    long outOfOrder,
    long stale,
    Instant firstEvent,
    Instant lastEvent) {

  /** The pull request that is open or was merged. */
  public record PullView(int number, @Nullable String reviewer) {}

  /** @param totalMs milliseconds that it lasted in all until it was left last */
  public record PhaseView(@Nullable Instant entered, long totalMs) {}

  public static IssueView of(IssueState issue) {
    String stream = issue.streamId();
    int hash = stream.lastIndexOf('#');
    Phase phase = issue.phase();
    Assignment held = phase.held();
    Brief brief = issue.brief();
    Rounds rounds = issue.rounds();
    return new IssueView(
        stream,
        stream.substring(0, hash),
        Integer.parseInt(stream.substring(hash + 1)),
        phase.wireName(),
        reason(phase),
        brief.title(),
        brief.priority(),
        brief.milestone(),
        brief.labels(),
        brief.dependsOn(),
        brief.pool(),
        issue.history().attempt(),
        held == null ? null : held.agentId(),
        pull(phase.pull()),
        issue.history().prNumbers(),
        word(rounds.ci()),
        rounds.ciFailures(),
        word(rounds.review()),
        rounds.disputes(),
        rounds.gate(),
        issue.history().causes(),
        Instant.ofEpochMilli(brief.approvedAtMs()),
        phases(issue),
        issue.tail().ordinal(),
        issue.tail().outOfOrder(),
        issue.tail().stale(),
        Instant.ofEpochMilli(issue.tail().firstMs()),
        Instant.ofEpochMilli(issue.tail().lastMs()));
  }

  private static @Nullable String reason(Phase phase) {
    if (!(phase instanceof Phase.Failed failed)) {
      return null;
    }
    return failed.detail() == null ? failed.reason() : failed.reason() + ": " + failed.detail();
  }

  private static @Nullable PullView pull(@Nullable Pull pull) {
    return pull == null ? null : new PullView(pull.number(), pull.reviewer());
  }

  private static String word(Rounds.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, PhaseView> phases(IssueState issue) {
    Map<String, PhaseView> phases = new TreeMap<>();
    Map<String, Long> totals = issue.times().totalMs();
    issue
        .times()
        .enteredMs()
        .forEach((name, atMs) -> phases.put(
            name, new PhaseView(Instant.ofEpochMilli(atMs), totals.getOrDefault(name, 0L))));
    return phases;
  }
}
