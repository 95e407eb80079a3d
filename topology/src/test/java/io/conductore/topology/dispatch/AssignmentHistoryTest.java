package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker must see each kind of wrong, or its silence means nothing (R0). */
class AssignmentHistoryTest {
  private static final String FIRST = "o/r#1";
  private static final String SECOND = "o/r#2";

  private final AssignmentHistory history = new AssignmentHistory();

  @BeforeEach
  void approve() {
    history.waits(waiting(FIRST, 5));
    history.waits(waiting(SECOND, 6));
  }

  @Test
  void shouldFindNothingWhenAllIsWell() {
    // given
    history.assigned(FIRST, "a", 1, 10, Set.of());
    history.ended(FIRST);
    history.waits(waiting(FIRST, 5));

    // when
    history.assigned(FIRST, "b", 2, 11, Set.of());

    // then
    assertThat(history.wrongs(Set.of(SECOND), Set.of(FIRST))).isEmpty();
  }

  @Test
  void shouldFindADoubleAssignmentWhenOneIsSeeded() {
    // given
    history.assigned(FIRST, "a", 1, 10, null);

    // when
    history.assigned(FIRST, "b", 2, 11, null);

    // then
    assertThat(history.wrongs(Set.of(SECOND), Set.of(FIRST)))
        .containsExactly("double: o/r#1 was given to b while a had it");
  }

  @Test
  void shouldFindARepeatedAttemptWhenOneIsSeeded() {
    // given
    history.assigned(FIRST, "a", 1, 10, Set.of());
    history.ended(FIRST);

    // when
    history.assigned(FIRST, "b", 1, 10, null);

    // then
    assertThat(history.wrongs(Set.of(SECOND), Set.of(FIRST)))
        .containsExactly("attempt: o/r#1 has attempt 1 after 1", "token: 10 after 10");
  }

  @Test
  void shouldFindALossWhenOneIsSeeded() {
    // given
    history.assigned(FIRST, "a", 1, 10, Set.of());

    // when
    List<String> wrongs = history.wrongs(Set.of(), Set.of());

    // then
    assertThat(wrongs).containsExactly("lost: o/r#2 should wait", "lost: o/r#1 should be with a");
  }

  @Test
  void shouldFindAViolationOfTheOrderWhenOneIsSeeded() {
    // given
    history.waits(new AssignmentHistory.Waiting("o/r#3", 0, 9, Set.of("gpu")));

    // when
    history.assigned(SECOND, "a", 1, 10, Set.of());

    // then
    assertThat(history.wrongs(Set.of(FIRST, "o/r#3"), Set.of(SECOND)))
        .containsExactly("order: o/r#1 goes before o/r#2");
  }

  @Test
  void shouldFindAMismatchWhenOneIsSeeded() {
    // given
    history.waits(new AssignmentHistory.Waiting("o/r#3", 0, 1, Set.of("gpu")));

    // when
    history.assigned("o/r#3", "a", 1, 10, Set.of());

    // then
    assertThat(history.wrongs(Set.of(FIRST, SECOND), Set.of("o/r#3")))
        .containsExactly("match: o/r#3 needs [gpu]");
  }

  private static AssignmentHistory.Waiting waiting(String issue, long approvedAtMs) {
    return new AssignmentHistory.Waiting(issue, 2, approvedAtMs, Set.of());
  }
}
