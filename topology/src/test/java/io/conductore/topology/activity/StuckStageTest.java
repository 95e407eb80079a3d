package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.Log;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.stuck.Pattern;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verdict becomes one event that can be checked, and no more than one. */
class StuckStageTest {
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
  void shouldReportALoopOnceWhenItGoesOn() {
    // given
    List<Flat> loop = loop("a", 20);

    // when
    loop.forEach(rig::post);

    // then
    assertThat(rig.derivedTypes()).containsExactly("AGENT_NUDGED", "AGENT_STUCK");
    assertThat(rig.derived().getLast()).satisfies(event -> {
      assertThat(event.getSessionId()).isEqualTo("s1");
      assertThat(event.getRepo()).isEqualTo("o/r");
      assertThat(event.getIssueNumber()).isEqualTo(7);
      assertThat(event.getCausationId()).isEqualTo("a-4");
      assertThat(event.getDepth()).isEqualTo(1);
      AgentStuck stuck = (AgentStuck) event.getPayload();
      assertThat(stuck.getPattern()).isEqualTo("same-tool");
      assertThat(stuck.getEvidence()).containsExactly("a-0", "a-1", "a-2", "a-3", "a-4");
      assertThat(stuck.getReason()).contains("Read was called 5 times");
    });
    assertThat(rig.agent("dev-e").tally().stuckReports()).isEqualTo(1);
    assertThat(rig.agent("dev-e").tally().toolCalls()).isEqualTo(20);
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(22);
  }

  @Test
  void shouldCarryCloudEventHeadersWhenItReports() {
    // given
    List<Flat> loop = loop("a", 5);

    // when
    loop.forEach(rig::post);

    // then
    var record = rig.written(Log.ACTIVITY.topic()).getLast();
    assertThat(record.key()).isEqualTo("dev-e".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(
            record.headers().lastHeader(CloudEventHeaders.TYPE).value(), StandardCharsets.UTF_8))
        .isEqualTo("AGENT_STUCK");
    assertThat(new String(
            record.headers().lastHeader(CloudEventHeaders.ID).value(), StandardCharsets.UTF_8))
        .isEqualTo(rig.derived().getLast().getEventId());
  }

  @Test
  void shouldReportTheNextLoopWhenThereWasWorkBetween() {
    // given
    loop("a", 6).forEach(rig::post);

    // when
    rig.post(Flat.call("dev-e", "Write", "new", "written").at(RigDriver.START.plusSeconds(50)));
    for (int i = 0; i < 5; i++) {
      rig.post(Flat.call("dev-e", "Read", "b", "p")
          .id("b-" + i)
          .at(RigDriver.START.plusSeconds(60 + i)));
    }

    // then
    assertThat(rig.derived())
        .filteredOn(event -> event.getPayload() instanceof AgentStuck)
        .extracting(AgentActivity::getCausationId)
        .containsExactly("a-4", "b-4");
  }

  @Test
  void shouldReportOnceWhenTheApplicationRestartsInTheLoop() {
    // given
    List<Flat> loop = loop("a", 7);

    // when
    for (Flat call : loop) {
      rig.post(call);
      rig.restart();
      rig.post(call);
    }

    // then
    assertThat(rig.derivedTypes()).containsExactly("AGENT_NUDGED", "AGENT_STUCK");
  }

  @Test
  void shouldEndInTheSameVerdictWhenCallsArriveInAnyOrder() {
    // given
    List<Flat> loop = new ArrayList<>(loop("a", 8));
    Collections.shuffle(loop, new Random(7));

    // when
    loop.forEach(rig::post);

    // then
    assertThat(rig.session("dev-e", "s1").alarm().verdicts()).singleElement().satisfies(verdict -> {
      assertThat(verdict.pattern()).isEqualTo(Pattern.SAME_TOOL);
      assertThat(verdict.evidenceIds()).hasSize(8).startsWith("a-0").endsWith("a-7");
    });
  }

  @Test
  void shouldKeepSessionsApartWhenTheyRunAtOnce() {
    // given
    List<Flat> first = loop("a", 4);
    List<Flat> second = loop("b", 4);

    // when
    for (int i = 0; i < 4; i++) {
      rig.post(first.get(i), second.get(i).with("sessionId", "s2"));
    }

    // then
    assertThat(rig.derivedTypes()).containsExactly("AGENT_NUDGED", "AGENT_NUDGED");
    assertThat(rig.session("dev-e", "s1").toolCalls()).isEqualTo(4);
    assertThat(rig.session("dev-e", "s2").toolCalls()).isEqualTo(4);
  }

  private static List<Flat> loop(String name, int count) {
    List<Flat> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(Flat.call("dev-e", "Read", "a.txt", "text")
          .id(name + "-" + i)
          .with("repo", "o/r")
          .with("issueNumber", 7)
          .at(RigDriver.START.plusSeconds(i)));
    }
    return calls;
  }
}
