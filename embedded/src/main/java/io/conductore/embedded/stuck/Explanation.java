package io.conductore.embedded.stuck;

import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RecordedRuns;
import io.conductore.agent.transcript.RunEvents;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentNudged;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.activity.TurnCompleted;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.activity.ActivityFold;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.StuckBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recorded run, played through the fold that the topology runs. Nothing else decides here, so
 * what this says of a file is what a running system would have said of the agent.
 */
public final class Explanation {
  /** More than a trace holds, so the evidence of a finding is still known when it is made. */
  private static final int EVENTS_REMEMBERED_MAX = 1_000;

  private static final int SENTENCE_CHARS_MAX = 90;

  private final ActivityFold fold;
  private final Map<SessionKey, SessionState> sessions = new HashMap<>();
  private final Map<String, String> seen = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private AgentState agent = AgentState.unseen("recorded");
  private long refused;
  private long calls;

  private Explanation(StuckBook book) {
    this.fold = new ActivityFold(() -> book);
  }

  /** @throws IOException when the file cannot be read; what is broken inside it is left out */
  public static Explanation of(Path file, StuckBook book) throws IOException {
    Explanation explanation = new Explanation(book);
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      for (var next = run.next(); next.isPresent(); next = run.next()) {
        long nowMs = Instant.parse(next.get().path("occurredAt").asText()).toEpochMilli();
        var outcome = FlatReader.read(next.get(), new Reading(nowMs, () -> "none", null));
        if (outcome instanceof FlatOutcome.Accepted accepted) {
          explanation.play((AgentActivity) accepted.event().envelope());
        } else {
          explanation.refused++;
        }
      }
      explanation.refused += run.flaws().count();
    }
    return explanation;
  }

  public boolean isStuck() {
    return count(AgentStuck.class) > 0;
  }

  /** What a person reads, without the name of the file. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: calls %d, nudges %d, verdicts %d%s"
        .formatted(
            isStuck() ? "STUCK" : "not stuck",
            calls,
            count(AgentNudged.class),
            count(AgentStuck.class),
            refused == 0 ? "" : ", lines left out " + refused));
    for (Finding finding : findings) {
      lines.add("  call %d, %s, session %s: %s %s"
          .formatted(
              finding.call(),
              Instant.ofEpochMilli(finding.said().getOccurredAtMs()),
              finding.said().getSessionId() == null
                  ? SessionKey.SESSION_DEFAULT
                  : finding.said().getSessionId(),
              finding.said().getType(),
              finding.pattern()));
      lines.add("    " + finding.sentence());
      finding.evidence().forEach(line -> lines.add("      " + line));
    }
    return lines;
  }

  private long count(Class<?> payload) {
    return findings.stream()
        .filter(finding -> payload.isInstance(finding.said().getPayload()))
        .count();
  }

  private void play(AgentActivity event) {
    SessionKey key = new SessionKey(
        event.getStreamId(),
        event.getSessionId() == null ? SessionKey.SESSION_DEFAULT : event.getSessionId());
    SessionState session = sessions.getOrDefault(key, SessionState.opening(key));
    Usage costs = event.getPayload() instanceof TokenUsage ? Usage.NONE : null;
    remember(event);
    ActivityFold.After after = fold.apply(
        new ActivityFold.Before(agent, session, costs, Pools.DEFAULT),
        event,
        new Stamp(event.getOccurredAtMs(), 0));
    agent = after.agent();
    calls += event.getPayload() instanceof ToolCall ? 1 : 0;
    if (after.session() != null) {
      sessions.put(key, after.session());
    }
    after.derived().forEach(said -> finding(said).ifPresent(findings::add));
  }

  private Optional<Finding> finding(AgentActivity said) {
    return switch (said.getPayload()) {
      case AgentNudged nudged ->
        Optional.of(finding(said, nudged.getPattern(), nudged.getReason(), nudged.getEvidence()));
      case AgentStuck stuck ->
        Optional.of(finding(said, stuck.getPattern(), stuck.getReason(), stuck.getEvidence()));
      case AgentReleased released ->
        Optional.of(finding(said, "", "over: " + released.getReason(), List.of()));
      default -> Optional.empty();
    };
  }

  private Finding finding(
      AgentActivity said,
      @Nullable String pattern,
      @Nullable String sentence,
      List<String> evidence) {
    List<String> lines =
        evidence.stream().map(id -> id + "  " + seen.getOrDefault(id, "")).toList();
    return new Finding(
        said, calls, pattern == null ? "" : pattern, sentence == null ? "" : sentence, lines);
  }

  private void remember(AgentActivity event) {
    String words = switch (event.getPayload()) {
      case ToolCall call -> ofCall(call);
      case GuardBlocked blocked -> "blocked by " + blocked.getRule();
      case TurnCompleted turn -> "message of turn " + turn.getTurn();
      default -> event.getType();
    };
    seen.put(event.getEventId(), Instant.ofEpochMilli(event.getOccurredAtMs()) + "  " + words);
    if (seen.size() > EVENTS_REMEMBERED_MAX) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private static String ofCall(ToolCall call) {
    String error = call.getErrorText();
    String firstLine = error == null ? "" : error.lines().findFirst().orElse("");
    String outcome = "error".equals(call.getOutcome())
        ? "failed: " + firstLine.substring(0, Math.min(firstLine.length(), SENTENCE_CHARS_MAX))
        : "ok, output " + call.getOutputDigest();
    return "turn %s  %s(%s)  %s"
        .formatted(call.getTurn(), call.getTool(), call.getInputDigest(), outcome);
  }
}
