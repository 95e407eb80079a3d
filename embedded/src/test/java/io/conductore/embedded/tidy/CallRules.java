package io.conductore.embedded.tidy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Calls that make a run differ from its replay, a test prove nothing, or a log carry what it must
 * not.
 */
final class CallRules {

  /** Where the wall clock may be read, beside the entry points: path and the reason. */
  static final Map<String, String> WALL_CLOCK_ALLOWED = Map.of();

  static final List<Rule> ALL = List.of(
      Rule.perFile("wall clock", CallRules::wallClock),
      Rule.perFile("randomness in the topology", CallRules::randomness),
      Rule.perFile("log calls", CallRules::plainLogCalls),
      Rule.perFile("skipped tests", CallRules::skippedTests),
      Rule.perFile("sleeping tests", CallRules::sleepingTests));

  private static final Pattern WALL_CLOCK = Pattern.compile(
      "\\b(?:Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now\\(\\s*\\)"
          + "|\\bLocalDate\\.now\\(|\\bSystem\\.currentTimeMillis\\(|\\bnew Date\\(\\s*\\)");
  private static final Pattern ENTRY_POINT =
      Pattern.compile("(?:\\w*Main|Rig\\w*|\\w*Clock)\\.java");
  private static final Pattern RANDOM =
      Pattern.compile("\\bMath\\.random\\(|\\bThreadLocalRandom\\b|\\bUUID\\.randomUUID\\("
          + "|\\bnew (?:Secure)?Random\\(");
  private static final Pattern PLAIN_LOG =
      Pattern.compile("\\b(?i:log|logger)\\.(?:trace|debug|info|warn|error)\\(");
  private static final Pattern SKIPS = Pattern.compile(
      "@(?:Disabled|Enabled|Ignore)\\w*|\\b(?:assumeTrue|assumeFalse|assumeThat|assumingThat)\\(");
  private static final Pattern SLEEPS =
      Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\(");

  private CallRules() {}

  private static Stream<Finding> wallClock(TrackedFile file) {
    return !file.isMainJava()
            || ENTRY_POINT.matcher(file.name()).matches()
            || WALL_CLOCK_ALLOWED.containsKey(file.path())
        ? Stream.empty()
        : file.codeOnly()
            .linesWith(
                WALL_CLOCK, "time comes in: take an InstantSource or use the event's own time");
  }

  private static Stream<Finding> randomness(TrackedFile file) {
    return file.isMainJava() && file.path().startsWith("topology/")
        ? file.codeOnly()
            .linesWith(RANDOM, "a replay must give the same answer: derive it from the event")
        : Stream.empty();
  }

  private static Stream<Finding> plainLogCalls(TrackedFile file) {
    return file.isMainJava()
        ? file.codeOnly()
            .linesWith(PLAIN_LOG, "log with atInfo().addKeyValue(...).log(...), and no payload")
        : Stream.empty();
  }

  private static Stream<Finding> skippedTests(TrackedFile file) {
    return file.isTestJava()
        ? file.codeOnly()
            .linesWith(SKIPS, "a test that can be skipped proves nothing; make it run or remove it")
        : Stream.empty();
  }

  private static Stream<Finding> sleepingTests(TrackedFile file) {
    return file.isTestJava()
        ? file.codeOnly().linesWith(SLEEPS, "wait for the condition with Awaitility")
        : Stream.empty();
  }
}
