package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums of model calls by agent, repo, issue, model and day, exact to the last digit. */
class CostsTest {
  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCountWhatTheRecordedSessionCountsWhenItIsPlayed() {
    // given
    Flat call = Flat.usage("dev-e", 1_200, 85)
        .with("cacheCreationTokens", 300)
        .with("cacheReadTokens", 9_000)
        .with("sessionId", "healthy-json");

    // when
    IntStream.range(0, 10).forEach(i -> rig.post(call));

    // then
    Usage expected = new Usage(10, 12_000, 850, 3_000, 90_000, usd("0.0870"));
    assertThat(rig.costs().values()).containsExactly(expected);
    assertThat(rig.session("dev-e", "healthy-json").usage()).isEqualTo(expected);
    assertThat(expected.cost().toDecimal().toPlainString()).isEqualTo("0.0870");
  }

  @Test
  void shouldBeExactWhenCentsDoNotFitABinaryFraction() {
    // given
    Flat tenCents = Flat.usage("dev-e", 0, 0).with("costUsd", 0.1);

    // when
    IntStream.range(0, 30).forEach(i -> rig.post(tenCents));

    // then
    assertThat(rig.costs().values())
        .singleElement()
        .satisfies(sum -> assertThat(sum.cost().toDecimal()).isEqualTo(new BigDecimal("3.0000")));
  }

  @Test
  void shouldKeepARowForEachKeyWhenAnyPartDiffers() {
    // given
    List<Flat> calls = List.of(
        usage(),
        usage().with("agentId", "dev-f"),
        usage().with("tenant", "t"),
        usage().with("repo", "o/q"),
        usage().with("issueNumber", 8),
        usage().with("model", "claude-haiku-4-5"),
        usage().with("category", "review"),
        usage().at(RigDriver.START.minusSeconds(86_400)));

    // when
    calls.forEach(rig::post);
    calls.forEach(rig::post);

    // then
    assertThat(rig.costs()).hasSize(calls.size());
    assertThat(rig.costs().values()).allMatch(sum -> sum.calls() == 2);
  }

  @Test
  void shouldBookACallOnItsDayInUtcWhenMidnightIsNear() {
    // given
    Instant midnight = Instant.parse("2026-11-23T00:00:00Z");

    // when
    rig.post(usage().at(midnight), usage().at(midnight.minusMillis(1)));
    rig.post(usage().with("occurredAt", "2026-11-23T00:30:00+01:00"));

    // then
    assertThat(rig.costs().entrySet())
        .extracting(
            row -> LocalDate.ofEpochDay(row.getKey().epochDay()),
            row -> row.getValue().calls())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-22"), 2L),
            org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-23"), 1L));
  }

  @Test
  void shouldLoseNothingWhenATextHoldsAZeroByte() {
    // given
    Flat plain = usage().with("model", "m").with("category", "c");
    Flat zeros = usage().with("model", "m\0").with("category", "\0c");

    // when
    rig.post(plain, zeros, plain, zeros);
    rig.restart();
    rig.post(zeros);

    // then
    assertThat(rig.costs().entrySet()).singleElement().satisfies(row -> {
      assertThat(row.getKey().model()).isEqualTo("m");
      assertThat(row.getKey().category()).isEqualTo("c");
      assertThat(row.getValue().calls()).isEqualTo(5);
    });
  }

  @Test
  void shouldReadTheKeyBackWhenAnEventCameWithoutADoor() {
    // given
    AgentActivity event = (AgentActivity) rig.read(usage()).envelope();
    event.setTenant("te\0nant");
    event.setSessionId("s\0 1");
    event.setRepo(null);
    event.setIssueNumber(null);

    // when
    rig.append(event);

    // then
    assertThat(rig.costs().keySet()).singleElement().satisfies(key -> {
      assertThat(key.tenant()).isEqualTo("tenant");
      assertThat(key.repo()).isEmpty();
      assertThat(key.issueNumber()).isEqualTo(CostKey.NO_ISSUE);
    });
    assertThat(rig.session("dev-e", "s 1").usage().calls()).isEqualTo(1);
  }

  @Test
  void shouldKeepSessionsApartWhenOneAgentHasSeveral() {
    // given
    rig.post(usage().with("sessionId", "s1"), usage().with("sessionId", "s2"), usage());

    // when
    Map<SessionKey, SessionState> sessions =
        rig.all(io.conductore.topology.state.StoreNames.SESSIONS);

    // then
    assertThat(sessions.keySet())
        .containsExactly(new SessionKey("dev-e", "s1"), new SessionKey("dev-e", "s2"));
    assertThat(rig.costs().values())
        .singleElement()
        .satisfies(sum -> assertThat(sum.calls()).isEqualTo(3));
  }

  private static Flat usage() {
    return Flat.usage("dev-e", 10, 1).with("repo", "o/r").with("issueNumber", 7);
  }

  private static io.conductore.schemas.Usd usd(String dollars) {
    return io.conductore.schemas.Usd.of(new BigDecimal(dollars));
  }
}
