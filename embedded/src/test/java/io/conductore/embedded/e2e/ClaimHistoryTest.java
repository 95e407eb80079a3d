package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.e2e.ClaimHistory.Seen;
import io.conductore.embedded.e2e.ClaimHistory.Streamed;
import io.conductore.embedded.e2e.ClaimHistory.Try;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker must see each kind of wrong, or its silence means nothing. */
class ClaimHistoryTest {
  private static final List<String> ORDER = List.of("o/r#1", "o/r#2");
  private static final Map<String, List<Streamed>> STREAMS = Map.of(
      "o/r#1", List.of(new Streamed("a", 1, 10)), "o/r#2", List.of(new Streamed("b", 1, 11)));

  @Test
  void shouldFindNothingWhenAllIsWellThoughTriesWereLost() {
    // given
    ClaimHistory history = history(
        new Try("a", "k1", 0, 5, new Seen.Unknown()),
        new Try("a", "k1", 6, 9, new Seen.Ok("o/r#1", 1, 10)),
        new Try("a", "k1", 10, 11, new Seen.Ok("o/r#1", 1, 10)),
        new Try("b", "k2", 10, 12, new Seen.Ok("o/r#2", 1, 11)),
        new Try("a", "k3", 13, 14, new Seen.Fail("queue-empty")));

    // when
    List<String> wrongs = history.wrongs(ORDER, STREAMS);

    // then
    assertThat(wrongs).isEmpty();
    assertThat(history.assignments()).isEqualTo(2);
    assertThat(history.count(Seen.Unknown.class)).isEqualTo(1);
  }

  @Test
  void shouldFindADoubleAssignment() {
    // given
    ClaimHistory history = history(
        new Try("a", "k1", 0, 9, new Seen.Ok("o/r#1", 1, 10)),
        new Try("b", "k2", 0, 9, new Seen.Ok("o/r#2", 1, 11)),
        new Try("c", "k3", 0, 9, new Seen.Ok("o/r#2", 1, 12)));

    // when
    List<String> wrongs = history.wrongs(ORDER, Map.of());

    // then
    assertThat(wrongs).singleElement().asString().contains("was given to b and c");
  }

  @Test
  void shouldFindAClaimWithTwoAnswers() {
    // given
    ClaimHistory history = history(
        new Try("a", "k1", 0, 5, new Seen.Ok("o/r#1", 1, 10)),
        new Try("a", "k1", 6, 9, new Seen.Ok("o/r#2", 1, 11)));

    // when
    List<String> wrongs = history.wrongs(List.of(), Map.of());

    // then
    assertThat(wrongs).singleElement().asString().startsWith("claim k1 was given");
  }

  @Test
  void shouldFindALostIssue() {
    // given
    ClaimHistory history = history(new Try("a", "k1", 0, 9, new Seen.Ok("o/r#1", 1, 10)));

    // when
    List<String> wrongs = history.wrongs(ORDER, Map.of());

    // then
    assertThat(wrongs).containsExactly("o/r#2 was given to nobody");
  }

  @Test
  void shouldFindAnOrderThatWasNotKeptButOnlyBetweenClaimsApart() {
    // given
    ClaimHistory apart = history(
        new Try("b", "k2", 0, 4, new Seen.Ok("o/r#2", 1, 10)),
        new Try("a", "k1", 5, 9, new Seen.Ok("o/r#1", 1, 11)));
    ClaimHistory together = history(
        new Try("b", "k2", 0, 6, new Seen.Ok("o/r#2", 1, 10)),
        new Try("a", "k1", 5, 9, new Seen.Ok("o/r#1", 1, 11)));

    // when
    List<String> wrongs = apart.wrongs(ORDER, Map.of());

    // then
    assertThat(wrongs).singleElement().asString().contains("was given before");
    assertThat(together.wrongs(ORDER, Map.of())).isEmpty();
  }

  @Test
  void shouldFindTokensThatDoNotRiseOrAreShared() {
    // given
    ClaimHistory falling = history(
        new Try("a", "k1", 0, 4, new Seen.Ok("o/r#1", 1, 11)),
        new Try("b", "k2", 5, 9, new Seen.Ok("o/r#2", 1, 10)));
    ClaimHistory shared = history(
        new Try("a", "k1", 0, 4, new Seen.Ok("o/r#1", 1, 10)),
        new Try("b", "k2", 0, 9, new Seen.Ok("o/r#2", 1, 10)));

    // when / then
    assertThat(falling.wrongs(ORDER, Map.of())).singleElement().asString().contains("not above");
    assertThat(shared.wrongs(ORDER, Map.of())).singleElement().asString().contains("one token");
  }

  @Test
  void shouldFindAStreamThatSaysOtherThanTheAnswers() {
    // given
    ClaimHistory history = history(
        new Try("a", "k1", 0, 9, new Seen.Ok("o/r#1", 1, 10)),
        new Try("c", "k2", 0, 9, new Seen.Ok("o/r#2", 1, 11)));

    // when
    List<String> wrongs = history.wrongs(ORDER, STREAMS);

    // then
    assertThat(wrongs).singleElement().asString().startsWith("o/r#2: answers say");
  }

  private static ClaimHistory history(Try... tries) {
    ClaimHistory history = new ClaimHistory();
    List.of(tries).forEach(history::add);
    return history;
  }
}
