package io.conductore.agent.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.ship.PostOutcome;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RealRuns;
import io.conductore.agent.transcript.RecordedRuns;
import io.conductore.agent.transcript.RunEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A followed transcript tells what an import of the whole file tells, each event once. */
class FollowerTest {
  private static final int SEEDS = 40;
  private static final String A = "a.jsonl";

  @TempDir
  private Path folder = Path.of(".");

  private FollowRig rig = new FollowRig(folder);

  @BeforeEach
  void begin() {
    rig = new FollowRig(folder);
  }

  @Test
  void shouldTellWhatAnImportTellsWhateverIsWrittenAtOnceAndWheneverItRestarts() throws Exception {
    List<Path> sources = List.of(
        RealRuns.data().resolve("claude-code-live/loop-json/transcript.jsonl"),
        RealRuns.data().resolve("claude-code-live/healthy-json/transcript.jsonl"),
        RealRuns.data().resolve("claude-code/representative_messages.jsonl"));
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Random random = new Random(seed);
      Path source = sources.get(random.nextInt(sources.size()));
      byte[] bytes = Files.readAllBytes(source);
      FollowRig own = new FollowRig(folder.resolve("seed-" + seed));

      // when
      for (int at = 0; at < bytes.length; ) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(4_000));
        own.append(A, bytes, at, to);
        at = to;
        if (random.nextInt(8) == 0) {
          own.restart();
        }
        own.look();
      }
      own.pass(FollowRig.QUIET);

      // then
      assertThat(own.receiver().events())
          .as("seed=%d of %s", seed, source)
          .isEqualTo(imported(source));
      assertThat(own.said()).noneMatch(line -> line.startsWith("unread"));
    }
  }

  /** The comparison above sees a follower that forgets what it held back when it ends. */
  @Test
  void shouldDifferFromTheImportWhenTheLastMessageWasNotWaitedFor() throws Exception {
    // given
    Path source = RealRuns.data().resolve("claude-code-live/loop-json/transcript.jsonl");
    byte[] bytes = Files.readAllBytes(source);

    // when
    rig.append(A, bytes, 0, bytes.length);
    rig.look();

    // then
    assertThat(rig.receiver().events()).isNotEqualTo(imported(source));
    assertThat(rig.receiver().types()).containsOnly("TOOL_CALL");
  }

  @Test
  void shouldTellALineOnceItIsWholeAndAMessageOnceItIsLeftAlone() throws Exception {
    // given
    String line = Session.model("m1", 7);
    rig.append(A, line.substring(0, 40));
    rig.look();

    // when
    rig.append(A, line.substring(40));
    rig.look();
    int atOnce = rig.receiver().tellings();
    rig.append(A, Session.model("m1", 9));
    rig.pass(Duration.ofSeconds(59));
    int early = rig.receiver().tellings();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(atOnce).isZero();
    assertThat(early).isZero();
    assertThat(rig.receiver().types()).containsExactly("TOKEN_USAGE", "TURN_COMPLETED");
    JsonNode usage = rig.receiver().events().values().iterator().next();
    assertThat(usage.path("outputTokens").asInt()).isEqualTo(9);
  }

  @Test
  void shouldTellACallAtOnceThoughAMessageBeforeItIsHeldBack() throws Exception {
    // given
    rig.append(A, Session.use("m1", "t1"));
    rig.look();

    // when
    rig.append(A, Session.result("t1"));
    rig.look();

    // then
    assertThat(rig.receiver().types()).containsExactly("TOOL_CALL");
  }

  @Test
  void shouldFindFilesThatComeLater() throws Exception {
    // given
    rig.search();

    // when
    rig.append("project/b.jsonl", Session.use("m1", "t1") + Session.result("t1"));
    rig.append("project/notes.txt", "not a transcript\n");
    rig.search();

    // then
    assertThat(rig.receiver().types()).containsExactly("TOOL_CALL");
  }

  @Test
  void shouldTellNothingTwiceWhenItStartsAgainAndNothingWasWritten() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1) + Session.use("m2", "t1") + Session.result("t1"));
    rig.pass(FollowRig.QUIET);
    int told = rig.receiver().tellings();

    // when
    rig.restart();
    rig.search();
    rig.append(A, Session.model("m3", 1));
    rig.look();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(told).isEqualTo(5);
    assertThat(rig.receiver().tellings()).isEqualTo(told + 2);
    JsonNode turn = rig.receiver().events().values().stream().toList().getLast();
    assertThat(turn.path("turn").asInt()).isEqualTo(3);
  }

  @Test
  void shouldTellWhatWasHeldBackWhenItStartsAgain() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1));
    rig.look();

    // when
    rig.restart();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(rig.receiver().types()).containsExactly("TOKEN_USAGE", "TURN_COMPLETED");
    assertThat(rig.receiver().tellings()).isEqualTo(2);
  }

  @Test
  void shouldBeginAnewWhenTheFileIsCut() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1) + Session.model("m2", 1));
    rig.pass(FollowRig.QUIET);

    // when
    Files.write(rig.file(A), new byte[0]);
    rig.append(A, Session.model("m3", 1));
    rig.look();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(ids()).containsExactly("r-m1", "r-m2", "r-m3");
  }

  @Test
  void shouldSeeThatTheFileWasCutWhileItWasAway() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1) + Session.model("m2", 1));
    rig.pass(FollowRig.QUIET);
    Files.write(rig.file(A), new byte[0]);
    rig.append(A, Session.model("m7", 1) + Session.model("m8", 1) + Session.model("m9", 1));

    // when
    rig.restart();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(ids()).containsExactly("r-m1", "r-m2", "r-m7", "r-m8", "r-m9");
  }

  @Test
  void shouldTellTheEndOfTheOldFileAndTheNewOneWhenItIsRotated() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1));
    rig.look();

    // when: written to, moved away and followed by another between two looks
    rig.append(A, Session.model("m2", 1));
    Files.move(rig.file(A), rig.file("a.jsonl.1"), StandardCopyOption.ATOMIC_MOVE);
    rig.append(A, Session.model("m3", 1));
    rig.look();
    rig.pass(FollowRig.QUIET);

    // then
    assertThat(ids()).containsExactly("r-m1", "r-m2", "r-m3");
  }

  @Test
  void shouldTellTheRestAndForgetWhenTheFileIsTakenAway() throws Exception {
    // given
    rig.append(A, Session.model("m1", 1));
    rig.look();

    // when
    Files.delete(rig.file(A));
    rig.look();

    // then
    assertThat(ids()).containsExactly("r-m1");
    assertThat(Files.readString(rig.state())).doesNotContain(A);
  }

  @Test
  void shouldOfferABatchAgainWhenNobodyTakesIt() throws Exception {
    // given
    rig.append(A, Session.use("m1", "t1") + Session.result("t1"));
    rig.receiver().failNext(new PostOutcome.Unreachable("no connection"));
    rig.receiver().failNext(new PostOutcome.Refused(401, "no token"));

    // when
    rig.look();

    // then
    assertThat(rig.receiver().types()).containsExactly("TOOL_CALL");
    assertThat(rig.pauses()).containsExactly(Outbox.AGAIN_AFTER, Outbox.AGAIN_AFTER);
    assertThat(rig.said()).anyMatch(line -> line.contains("no connection"));
  }

  @Test
  void shouldGoOnWithTheNextBatchWhenOneIsWrongAsAWhole() throws Exception {
    // given
    rig.append(A, Session.use("m1", "t1") + Session.result("t1"));
    rig.receiver().failNext(new PostOutcome.Refused(413, "too large"));
    rig.look();

    // when
    rig.append(A, Session.use("m2", "t2") + Session.result("t2"));
    rig.look();

    // then
    assertThat(rig.receiver().types()).containsExactly("TOOL_CALL");
    assertThat(rig.said()).anyMatch(line -> line.contains("1 events: HTTP 413: too large"));
  }

  @Test
  void shouldTellAllAgainWhenItsStateCannotBeRead() throws Exception {
    // given
    rig.append(A, Session.use("m1", "t1") + Session.result("t1"));
    rig.look();
    Files.writeString(rig.state(), "{\"version\":1,\"files\":");

    // when
    rig.restart();
    rig.search();

    // then
    assertThat(rig.receiver().tellings()).isEqualTo(2);
    assertThat(rig.receiver().events()).hasSize(1);
  }

  private List<String> ids() {
    return rig.receiver().events().values().stream()
        .filter(event -> event.path("type").asText().equals("TOKEN_USAGE"))
        .map(event -> event.path("requestId").asText())
        .toList();
  }

  private static Map<String, JsonNode> imported(Path file) throws IOException {
    Map<String, JsonNode> events = new LinkedHashMap<>();
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      Optional<ObjectNode> next = run.next();
      while (next.isPresent()) {
        events.putIfAbsent(next.get().path("eventId").asText(), parsed(next.get()));
        next = run.next();
      }
    }
    return events;
  }

  /** As it comes out of a request: numbers lose the type that they had in memory. */
  private static JsonNode parsed(ObjectNode event) throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper().readTree(event.toString());
  }
}
