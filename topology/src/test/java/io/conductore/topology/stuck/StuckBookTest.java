package io.conductore.topology.stuck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may write into stuck.yaml, and when it holds. */
class StuckBookTest {
  @TempDir
  Path folder;

  @Test
  void shouldHoldTheSeedsNumbersWhenThereIsNoFile() throws IOException {
    // given
    Path absent = folder.resolve("stuck.yaml");

    // when
    StuckRules rules = StuckBook.read(absent).of("dev-e", "default");

    // then
    assertThat(rules.bar(Pattern.SAME_TOOL).stuck()).isEqualTo(5);
    assertThat(rules.turns()).isEqualTo(10);
    assertThat(rules.bar(Pattern.SAME_ERROR).stuck()).isEqualTo(3);
    assertThat(rules.bar(Pattern.NO_CHANGE).stuck()).isEqualTo(10);
    assertThat(rules.bar(Pattern.NO_OUTPUT).stuck()).isEqualTo(5);
    assertThat(rules.burnPercent()).isEqualTo(90);
  }

  @Test
  void shouldTakeTheNearestEntryWhenAgentPoolAndDefaultSpeak() throws IOException {
    // given
    StuckBook book = book("""
        default: {same-tool: {stuck: 6, turns: 20}, no-change: off, context-burn: {percent: 80}}
        pools:
          nightly: {same-tool: {stuck: 9}, waiting: {seconds: 60, tools: [Watch]}}
        agents:
          dev-e: {same-tool: {nudge: 0}, same-error: {stuck: 8}}
        """);

    // when
    StuckRules agentInPool = book.of("dev-e", "nightly");
    StuckRules agent = book.of("dev-e", "default");
    StuckRules pool = book.of("dev-f", "nightly");
    StuckRules other = book.of("dev-f", "default");

    // then
    assertThat(agentInPool.bar(Pattern.SAME_TOOL)).isEqualTo(new Bar(0, 9));
    assertThat(agentInPool.bar(Pattern.SAME_ERROR)).isEqualTo(new Bar(2, 8));
    assertThat(agentInPool.waitingTools()).isEqualTo(Set.of("watch"));
    assertThat(agent.bar(Pattern.SAME_TOOL)).isEqualTo(new Bar(0, 6));
    assertThat(agent.waitMin()).isEqualTo(Duration.ofSeconds(10));
    assertThat(pool.bar(Pattern.SAME_TOOL)).isEqualTo(new Bar(3, 9));
    assertThat(pool.waitMin()).isEqualTo(Duration.ofSeconds(60));
    assertThat(other.bar(Pattern.SAME_TOOL)).isEqualTo(new Bar(3, 6));
    assertThat(other.turns()).isEqualTo(20);
    assertThat(other.bar(Pattern.NO_CHANGE)).isEqualTo(Bar.OFF);
    assertThat(other.burnPercent()).isEqualTo(80);
  }

  /** A nudge that nobody set stays before the verdict. */
  @Test
  void shouldNudgeEarlierWhenTheVerdictComesEarlier() throws IOException {
    // given
    StuckBook book = book("default: {same-tool: {stuck: 2}}");

    // when
    Bar bar = book.of("dev-e", "default").bar(Pattern.SAME_TOOL);

    // then
    assertThat(bar).isEqualTo(new Bar(1, 2));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          defaults: {}                                | the file.defaults
          default: {same-tol: {stuck: 5}}             | default.same-tol
          default: {same-tool: {stuk: 5}}             | default.same-tool.stuk
          default: {same-tool: 5}                     | default.same-tool: must be a mapping
          default: {same-tool: {stuck: 1}}            | default.same-tool.stuck: a whole
          default: {same-tool: {stuck: five}}         | default.same-tool.stuck: a whole number
          default: {same-tool: {stuck: 41}}           | default.same-tool.stuck: a whole
          default: {same-tool: {nudge: 7}}            | default.same-tool: a nudge comes before
          default: {same-message: {stuck: 9}}         | default.same-message.stuck
          default: {cycle: {stuck: 5, calls: 10}}     | default.cycle: stuck times calls
          agents: {dev-e: {context-burn: {percent: 101}}} | agents.dev-e.context-burn.percent
          pools: {p: {waiting: {seconds: 0}}}         | pools.p.waiting.seconds
          pools: {p: {waiting: {tools: Sleep}}}       | pools.p.waiting.tools: a list
          pools: [p]                                  | pools: must be a mapping
          """)
  void shouldNameTheEntryWhenItIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> book(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldReadTheFileAnewWhenItChanges() throws IOException {
    // given
    Path file = folder.resolve("stuck.yaml");
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    StuckWatch watch = StuckWatch.open(file, now::get);
    int before = stuck(watch);

    // when
    write(file, "default: {same-tool: {stuck: 7}}", 1);
    int tooEarly = stuck(watch);
    now.set(now.get().plus(StuckWatch.LOOK_EVERY));
    int after = stuck(watch);
    write(file, "default: {same-tool: {stuck: nonsense}}", 2);
    now.set(now.get().plus(StuckWatch.LOOK_EVERY));
    int whileWrong = stuck(watch);
    Files.delete(file);
    now.set(now.get().plus(StuckWatch.LOOK_EVERY));
    int gone = stuck(watch);

    // then
    assertThat(before).isEqualTo(5);
    assertThat(tooEarly).isEqualTo(5);
    assertThat(after).isEqualTo(7);
    assertThat(whileWrong).isEqualTo(7);
    assertThat(gone).isEqualTo(5);
  }

  private static int stuck(StuckWatch watch) {
    return watch.get().of("dev-e", "default").bar(Pattern.SAME_TOOL).stuck();
  }

  private static void write(Path file, String yaml, int second) throws IOException {
    Files.writeString(file, yaml);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(second)));
  }

  private static StuckBook book(String yaml) throws IOException {
    return StuckBook.read(new YAMLMapper().readTree(yaml));
  }
}
