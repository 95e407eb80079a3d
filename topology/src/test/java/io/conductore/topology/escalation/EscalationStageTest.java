package io.conductore.topology.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.schemas.lifecycle.EscalationAcknowledged;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.CauseRecord.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One call for each cause and subject, louder while nobody comes, and never a storm. */
class EscalationStageTest {
  private static final Subject DEV = Subject.agent("dev-e");
  private static final Subject ISSUE = Subject.issue("o/r#7");

  @TempDir
  Path folder;

  private CauseRig causes;

  @BeforeEach
  void open() {
    causes = new CauseRig(folder);
  }

  @AfterEach
  void close() {
    causes.close();
  }

  @Test
  void shouldCallOnceWhenACauseIsRaisedAgain() {
    // given
    causes.raise(DEV, "stuck", "e1");

    // when
    causes.raise(DEV, "stuck", "e2");
    causes.raise(DEV, "stuck", "e2");
    causes.raise(Subject.agent("dev-f"), "stuck", "e1");

    // then
    assertThat(causes.words()).containsExactly("opened P2 stuck", "opened P2 stuck");
    assertThat(causes.escalations())
        .filteredOn(one -> one.subject().equals(DEV))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.count()).isEqualTo(2);
          assertThat(one.evidence()).containsExactly("proof", "e1", "e2");
          assertThat(one.id()).matches("stuck-dev-e-[0-9a-f]{12}");
        });
  }

  @Test
  void shouldOpenAnewOnlyForANewCauseWhenTheOldOneIsGone() {
    // given
    causes.raise(DEV, "silence", "e1");
    causes.clear(DEV, "silence");

    // when
    causes.raise(DEV, "silence", "e1");
    causes.clear(DEV, "silence");
    causes.raise(DEV, "silence", "e2");

    // then
    assertThat(causes.words())
        .containsExactly("opened P2 silence", "closed P2 silence", "opened P2 silence");
    assertThat(causes.escalations()).hasSize(2);
  }

  @Test
  void shouldClimbStepByStepWhenNobodyComes() {
    // given
    causes.raise(DEV, "silence", "e1");

    // when
    causes.rig().advance(Duration.ofMinutes(29));
    int before = causes.told().size();
    causes.rig().advance(Duration.ofMinutes(1));
    causes.rig().restart();
    causes.rig().advance(Duration.ofMinutes(30));
    causes.rig().advance(Duration.ofDays(30));

    // then
    assertThat(before).isEqualTo(1);
    assertThat(causes.words())
        .containsExactly("opened P2 silence", "climbed P1 silence", "climbed P0 silence");
  }

  @Test
  void shouldStopClimbingWhenSomebodyHasSeenIt() {
    // given
    causes.raise(DEV, "silence", "e1");
    String id = causes.told().getFirst().path("id").asText();

    // when
    causes.send(new CauseRecord.Seen(DEV, id, "marie"));
    causes.send(new CauseRecord.Seen(DEV, id, "paul"));
    causes.send(new CauseRecord.Seen(DEV, "another", "paul"));
    causes.rig().advance(Duration.ofHours(23));
    causes.raise(DEV, "silence", "e2");

    // then
    assertThat(causes.words()).containsExactly("opened P2 silence", "acknowledged P2 silence");
    assertThat(causes.told().getLast().path("acknowledgedBy").asText()).isEqualTo("marie");
    assertThat(causes.rig().written(Log.LIFECYCLE.topic())).isEmpty();
  }

  @Test
  void shouldCloseWhatWasSeenWhenItStaysQuietForADay() {
    // given
    causes.raise(DEV, "stuck", "e1");
    causes.send(new CauseRecord.Seen(DEV, causes.told().getFirst().path("id").asText(), null));

    // when
    causes.rig().advance(Escalation.QUIET_CLOSES);
    causes.raise(DEV, "stuck", "e2");

    // then
    assertThat(causes.words())
        .containsExactly(
            "opened P2 stuck", "acknowledged P2 stuck", "closed P2 stuck", "opened P2 stuck");
  }

  @Test
  void shouldPutItOnRecordWhenAnIssuesEscalationIsSeenThroughTheApi() {
    // given
    causes.raise(ISSUE, "human-gate", "e1");
    String id = causes.told().getFirst().path("id").asText();

    // when
    causes.send(new CauseRecord.Seen(ISSUE, id, "marie"));
    causes.send(new CauseRecord.Acknowledged(ISSUE, id, "marie", 0));

    // then
    assertThat(causes.rig().written(Log.LIFECYCLE.topic())).singleElement().satisfies(record -> {
      var event = (IssueLifecycle) causes.rig().decoded(Log.LIFECYCLE, record.value());
      assertThat(event.getStreamId()).isEqualTo("o/r#7");
      assertThat(event.getIssueNumber()).isEqualTo(7);
      assertThat(event.getSource()).isEqualTo("escalation");
      assertThat(event.getPayload()).isEqualTo(new EscalationAcknowledged(id, "marie"));
    });
  }

  @Test
  void shouldRaiseNothingButCountWhenAnEventIsTooDeep() {
    // given
    causes.raise(ISSUE, "reported", "e1", EscalationFold.DEPTH_LIMIT);
    int before = causes.told().size();

    // when
    causes.raise(ISSUE, "reported", "e2", EscalationFold.DEPTH_LIMIT - 1);
    causes.raise(ISSUE, "reported", "e3", EscalationFold.DEPTH_LIMIT);

    // then
    assertThat(before).isZero();
    assertThat(causes.escalations()).singleElement().satisfies(one -> {
      assertThat(one.count()).isEqualTo(1);
      assertThat(one.suppressed()).isEqualTo(1);
    });
    assertThat(causes.subjects().get("o/r#7").unheard()).isEqualTo(1);
  }

  @Test
  void shouldHoldWhatComesInAStormAndOpenItLaterWhenItIsStillThere() {
    // given
    for (int i = 0; i < EscalationFold.STORM_OPENINGS_MAX - 1; i++) {
      causes.raise(DEV, "silence", "s" + i);
      causes.clear(DEV, "silence");
    }
    causes.raise(DEV, "stuck", "e1");

    // when
    causes.raise(DEV, "silence", "late");
    causes.raise(DEV, "budget-exceeded", "gone");
    causes.clear(DEV, "budget-exceeded");
    int within = causes.told().size();
    causes.rig().advance(EscalationFold.STORM_WINDOW);

    // then
    assertThat(within).isEqualTo(2 * EscalationFold.STORM_OPENINGS_MAX - 1);
    assertThat(causes.words().subList(within, causes.told().size()))
        .containsExactly("opened P2 silence");
    assertThat(causes.escalations())
        .filteredOn(one -> one.cause().equals("stuck"))
        .singleElement()
        .satisfies(one -> assertThat(one.suppressed()).isEqualTo(2));
  }

  @Test
  void shouldKeepSomeClosedOnesWhenASubjectHasManyOverTheDays() {
    // given
    int many = EscalationFold.CLOSED_KEPT + 5;

    // when
    for (int i = 0; i < many; i++) {
      causes.raise(DEV, "silence", "s" + i);
      causes.clear(DEV, "silence");
      causes.rig().advance(EscalationFold.STORM_WINDOW);
    }

    // then
    assertThat(causes.escalations())
        .hasSize(EscalationFold.CLOSED_KEPT)
        .allMatch(Escalation::isClosed);
  }

  @Test
  void shouldTellInPlainJson() {
    // when
    causes.raise(ISSUE, "two-strikes", "e1");

    // then
    JsonNode told = causes.told().getFirst();
    assertThat(told.path("subject").path("issue").asText()).isEqualTo("o/r#7");
    assertThat(told.path("severity").asText()).isEqualTo("P1");
    assertThat(told.path("state").asText()).isEqualTo("opened");
    assertThat(told.path("at").asText()).isEqualTo("2026-11-23T10:30:00Z");
    assertThat(told.path("count").asInt()).isEqualTo(1);
    assertThat(told.path("evidence").get(0).asText()).isEqualTo("proof");
    assertThat(causes.rig().written(Topics.ESCALATIONS).getFirst().key())
        .isEqualTo(told.path("id").asText().getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"record\":\"raised\"}",
        "{\"record\":\"raised\",\"subject\":{},\"cause\":\"c\"}",
        "{\"record\":\"cleared\",\"subject\":{\"agentId\":\"other\"},\"cause\":\"c\"}",
        "{\"record\":\"raised\",\"subject\":{\"agentId\":\"dev-e\"},\"cause\":\"c\","
            + "\"summary\":\"s\",\"causeEventId\":\"e\",\"evidence\":[null]}"
      })
  void shouldGoOnWhenARecordCannotBeFolded(String value) {
    // when
    causes.raw("dev-e", value.getBytes(StandardCharsets.UTF_8));
    causes.raise(DEV, "stuck", "e1");

    // then
    assertThat(causes.rig().written(Topics.DLQ_ESCALATION)).hasSize(1);
    assertThat(causes.words()).isEqualTo(List.of("opened P2 stuck"));
  }
}
