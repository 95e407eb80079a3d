package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RecordedRuns;
import io.conductore.agent.transcript.RunEvents;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.activity.ActivityFold;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.state.Stamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs of real agents, recorded by others: nobody who worked is called stuck, at no moment of the
 * run, and who looped is. The files are not ours to copy, so the test reads them beside the
 * project.
 */
class CorporaTest {
  private static final Instant READ_AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final PriceTable PRICES = PriceTable.bundled();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOOP = "loop-json";
  private static final int RUNS_MIN = 13;
  private static final int CALLS_MIN = 90;

  /** What one recorded run comes to. */
  private record Run(Path file, long calls, List<AgentStuck> verdicts, List<Usage> usage) {
    Usage total() {
      return usage.stream().reduce(Usage.NONE, Usage::plus);
    }
  }

  static Stream<Path> healthyRuns() {
    return runs().filter(file -> !file.toString().contains(LOOP));
  }

  @ParameterizedTest
  @MethodSource("healthyRuns")
  void shouldCallNobodyStuckWhenTheRunWasHealthy(Path file) throws IOException {
    // given
    Path recorded = file;

    // when
    Run run = play(recorded);

    // then
    assertThat(run.verdicts()).isEmpty();
  }

  @Test
  void shouldCallItStuckWhenTheAgentLooped() throws IOException {
    // given
    Path file = corpora().resolve("claude-code-live").resolve(LOOP).resolve("transcript.jsonl");

    // when
    Run run = play(file);

    // then
    assertThat(run.verdicts()).extracting(AgentStuck::getPattern).containsExactly("same-error");
    assertThat(run.verdicts().getFirst().getEvidence()).hasSize(3);
  }

  @Test
  void shouldHaveSeenEnoughWhenAllRunsWerePlayed() throws IOException {
    // given
    List<Run> played = new ArrayList<>();

    // when
    for (Path file : runs().toList()) {
      played.add(play(file));
    }

    // then
    assertThat(played).hasSizeGreaterThanOrEqualTo(RUNS_MIN);
    assertThat(played.stream().mapToLong(Run::calls).sum()).isGreaterThanOrEqualTo(CALLS_MIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto", LOOP})
  void shouldCountWhatTheToolItselfCountedWhenItTellsItsTotals(String session) throws IOException {
    // given
    Path folder = corpora().resolve("claude-code-live").resolve(session);
    JsonNode result = JSON.readTree(folder.resolve("result.json").toFile());
    BigDecimal dollars = result.path("total_cost_usd").decimalValue();

    // when
    Usage total = play(folder.resolve("transcript.jsonl")).total();

    // then
    JsonNode usage = result.path("usage");
    assertThat(total.inputTokens()).isEqualTo(usage.path("input_tokens").longValue());
    assertThat(total.outputTokens()).isEqualTo(usage.path("output_tokens").longValue());
    assertThat(total.cacheCreationTokens())
        .isEqualTo(usage.path("cache_creation_input_tokens").longValue());
    assertThat(total.cacheReadTokens())
        .isEqualTo(usage.path("cache_read_input_tokens").longValue());
    assertThat(total.cost().toDecimal())
        .isEqualByComparingTo(dollars.setScale(6, RoundingMode.HALF_EVEN));
  }

  private static Run play(Path file) throws IOException {
    ActivityFold fold = new ActivityFold();
    AgentState agent = AgentState.unseen("recorded");
    SessionState session = SessionState.opening(new SessionKey("recorded", "recorded"));
    List<AgentStuck> verdicts = new ArrayList<>();
    List<Usage> usage = new ArrayList<>();
    for (AgentActivity event : events(file)) {
      ActivityFold.After after = fold.apply(
          new ActivityFold.Before(agent, session, Usage.NONE),
          event,
          new Stamp(event.getOccurredAtMs(), 0));
      agent = after.agent();
      session = after.session();
      usage.add(after.costs());
      after.derived().stream()
          .map(AgentActivity::getPayload)
          .filter(AgentStuck.class::isInstance)
          .forEach(stuck -> verdicts.add((AgentStuck) stuck));
    }
    return new Run(file, agent.tally().toolCalls(), verdicts, usage);
  }

  private static List<AgentActivity> events(Path file) throws IOException {
    List<AgentActivity> events = new ArrayList<>();
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      for (Optional<ObjectNode> next = run.next(); next.isPresent(); next = run.next()) {
        events.add(read(next.get()));
      }
    }
    return events;
  }

  private static AgentActivity read(ObjectNode event) {
    Reading reading = new Reading(READ_AT.toEpochMilli(), () -> "none", null);
    if (FlatReader.read(event, reading) instanceof FlatOutcome.Accepted accepted) {
      PRICES.stamp(accepted.event());
      return (AgentActivity) accepted.event().envelope();
    }
    throw new AssertionError("a reader made an event that the door refuses: " + event);
  }

  private static Stream<Path> runs() {
    try (Stream<Path> files = Files.walk(corpora())) {
      return files.filter(RecordedRuns::isNamedLikeOne).sorted().toList().stream();
    } catch (IOException e) {
      throw new AssertionError("the recorded runs cannot be read", e);
    }
  }

  /** Absent data fails, and never skips: a green build must mean that the runs were played. */
  private static Path corpora() {
    String elsewhere = System.getenv("RIG_DATA");
    Path folder = elsewhere == null
        ? Path.of(System.getProperty("rig.root"), "..", "shared", "data").normalize()
        : Path.of(elsewhere);
    assertThat(folder)
        .as("recorded runs; set RIG_DATA to the folder that holds claude-code-live and swe-agent")
        .isDirectory();
    return folder;
  }
}
