package io.conductore.topology.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A state in the words of the model. */
final class IssueFacts {
  private IssueFacts() {}

  /** @param marks what the stream says of each event, "-" for nothing */
  static Map<String, Object> of(IssueState issue, List<String> marks) {
    Phase phase = issue.phase();
    Assignment held = phase.held();
    Pull pull = phase.pull();
    Rounds rounds = issue.rounds();
    Map<String, Object> facts = new HashMap<>();
    facts.put("phase", phase.wireName());
    facts.put("holder", held == null ? null : held.agentId());
    facts.put("token", held == null ? null : held.leaseToken());
    facts.put("attempt", issue.history().attempt());
    facts.put("pr", pull == null ? 0 : pull.number());
    facts.put("reviewer", pull == null ? null : pull.reviewer());
    facts.put("reviewToken", pull == null ? null : pull.reviewToken());
    facts.put("review", rounds.review().name());
    facts.put("ci", rounds.ci().name());
    facts.put("rounds", rounds.ciFailures() + "/" + rounds.disputes());
    facts.put("gate", rounds.gate());
    facts.put("head", rounds.head());
    facts.put("red", new TreeSet<>(rounds.red()));
    facts.put("failedFor", failedFor(phase));
    facts.put("smokes", phase instanceof Phase.Deploying late ? late.smokeFailures() : 0);
    Brief brief = issue.brief();
    facts.put("brief", brief.title() + "|" + brief.priority() + "|" + brief.dependsOn());
    facts.put("causes", new TreeSet<>(issue.history().causes()));
    facts.put("marks", marks);
    facts.put("ordinal", issue.tail().ordinal());
    facts.put("first", issue.tail().firstMs());
    facts.put("last", issue.tail().lastMs());
    facts.put("entered", issue.times().enteredMs());
    facts.put("total", issue.times().totalMs());
    return facts;
  }

  private static @Nullable String failedFor(Phase phase) {
    return phase instanceof Phase.Failed failed ? failed.reason() : null;
  }
}
