package io.conductore.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.topology.head.Progress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTokenTest {
  private static final PositionToken.Place PLACE = new PositionToken.Place(Feed.ACTIVITY, 2);

  @Test
  void shouldReadWhatItWrote() {
    // given
    PositionToken token =
        new PositionToken(Map.of(PLACE, 7L, new PositionToken.Place(Feed.LIFECYCLE, 0), 1L));

    // when
    String text = token.text();

    // then
    assertThat(text).isEqualTo("a2.7-l0.1");
    assertThat(PositionToken.parse(text)).contains(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a",
        "a1",
        "a1.",
        "a.1",
        "a1.1-",
        "-",
        "a1.-1",
        "b1.1",
        "a9999.1",
        "a1.1,a2.2",
        "a1.9999999999999999999",
        "a٣.1"
      })
  void shouldNotReadWhatIsNoTokenOfOurs(String text) {
    // when / then
    assertThat(PositionToken.parse(text)).isEmpty();
  }

  @Test
  void shouldLetAReadPassOnlyOnceItsPlaceIsFolded() {
    // given
    Progress progress = new Progress();
    Progress.Pen pen = progress.open(Feed.ACTIVITY.topic(), PLACE.partition());
    PositionGate gate = new PositionGate(progress);
    PositionToken token = new PositionToken(Map.of(PLACE, 8L));

    // when
    boolean before = gate.await(token, place -> true, Duration.ofMillis(5));
    pen.folded(7);
    boolean after = gate.await(token, place -> true, Duration.ofMillis(5));

    // then
    assertThat(before).isFalse();
    assertThat(after).isTrue();
  }

  @Test
  void shouldNotWaitForPlacesThatTheReadDoesNotTouch() {
    // given
    PositionGate gate = new PositionGate(new Progress());
    PositionToken token = new PositionToken(Map.of(PLACE, 8L));

    // when
    boolean passed = gate.await(token, place -> place.partition() == 3, Duration.ofMillis(5));

    // then
    assertThat(passed).isTrue();
  }

  @Test
  void shouldForgetWhatAnEarlierLifeOfTheTaskReached() {
    // given
    Progress progress = new Progress();
    progress.open(Feed.ACTIVITY.topic(), PLACE.partition()).folded(100);

    // when
    progress.open(Feed.ACTIVITY.topic(), PLACE.partition());

    // then
    assertThat(progress.position(Feed.ACTIVITY.topic(), PLACE.partition())).isEmpty();
  }
}
