package io.conductore.embedded.tidy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * For each rule a repository that breaks it, with the place that must be found. Forbidden words are
 * put together from pieces.
 */
public final class Seeds {

  private static final String JAVA = "topology/src/main/java/io/conductore/topology/Seeded.java";
  private static final String TEST =
      "topology/src/test/java/io/conductore/topology/SeededTest.java";
  private static final String DECISION = "docs/decisions/0042-seeded.md";
  private static final String HEADINGS = DocRules.DECISION_HEADINGS.stream()
      .map(heading -> "## " + heading + "\n")
      .collect(Collectors.joining());

  private static final Map<String, Seed> BY_RULE = Map.ofEntries(
      seed(
          "line length",
          JAVA + ":2",
          JAVA,
          "class Seeded {\n  int " + "a".repeat(SizeRules.LINE_CHARS_MAX) + ";\n}\n"),
      seed(
          "file length",
          JAVA + ":401",
          JAVA,
          "class Seeded {\n" + "\n".repeat(SizeRules.FILE_LINES_MAX) + "}\n"),
      seed("method length", JAVA + ":3", JAVA, longMethod()),
      seed("nesting", JAVA + ":6", JAVA, deepMethod()),
      seed("constructor arguments", JAVA + ":2", JAVA, """
          class Seeded {
            Seeded(int a, Map<String, Map<String, String>> b, int c, int d, int e, int f) {}
          }
          """),
      seed("type names", JAVA + ":2", JAVA, "\nfinal class Seeded" + "Helper {}\n"),
      seed("package names", JAVA + ":1", JAVA, "package io.conductore.topology.util" + ".text;\n"),
      seed("test names", TEST + ":3", TEST, """
          class SeededTest {
            @Test
            void works() {}
          }
          """),
      seed(
          "null-marked packages",
          "topology/src/main/java/io/conductore/topology/package-info.java:1",
          JAVA,
          "class Seeded {}",
          "topology/src/main/java/io/conductore/topology/package-info.java",
          "/** Not @NullMarked. */\npackage io.conductore.topology;\n"),
      seed(
          "wall clock",
          JAVA + ":2",
          JAVA,
          "class Seeded {\n  long at = Instant.now().toEpochMilli();\n}\n"),
      seed(
          "randomness in the topology",
          JAVA + ":2",
          JAVA,
          "class Seeded {\n  double d = Math.random();\n}\n"),
      seed(
          "log calls",
          JAVA + ":2",
          JAVA,
          "class Seeded {\n  { LOG.info(\"payload \" + body); }\n}\n"),
      seed(
          "skipped tests",
          TEST + ":2",
          TEST,
          "class SeededTest {\n  @Disabled\n  void shouldRunWhenAsked() {}\n}\n"),
      seed("sleeping tests", TEST + ":2", TEST, "class SeededTest {\n  { Thread.sleep(10); }\n}\n"),
      seed("leftover marks", "docs/a.md:2", "docs/a.md", "# A\nTO" + "DO: write\n"),
      seed("paths of one machine", "docs/a.md:1", "docs/a.md", "see /ho" + "me/alice/notes\n"),
      seed("registry hosts", "docs/a.md:1", "docs/a.md", "from https://repo1.mav" + "en.org/x\n"),
      seed("links", "docs/a.md:2", "docs/a.md", "# A\nsee [b](b.md)\n"),
      seed(
          "decision headings",
          DECISION + ":1",
          DECISION,
          HEADINGS.replace("## Cost accepted\n", "")),
      seed(
          "decision index",
          DECISION + ":1",
          DECISION,
          HEADINGS,
          "docs/decisions/README.md",
          "# Decisions\n"),
      seed("promise ledger", "docs/promises.md:3", "docs/promises.md", """
          | promise | test |
          | ------- | ---- |
          | Nothing is lost | NoSuchTest |
          """),
      seed(
          "launcher commands",
          "docs/a.md:2",
          "rig",
          "  case $verb in\n    up | down) run ;;\n  esac\n",
          "docs/a.md",
          "First `./rig up`,\nthen `./rig frobnicate`.\n"));

  private Seeds() {}

  /** A broken repository and the finding that a rule must report on it. */
  public record Seed(Repo repo, String place) {}

  public static Seed of(Rule rule) {
    var seed = BY_RULE.get(rule.name());
    if (seed == null) {
      throw new IllegalStateException(
          "the rule '" + rule.name() + "' has no seed: nothing shows that it can fail");
    }
    return seed;
  }

  /** Code in order, in the shapes that fool a brace counter: no rule may find anything in it. */
  public static Repo tidy() {
    return Repo.of(
        JAVA,
        """
        package io.conductore.topology;

        /** Says TimeUtil and Instant.now() and { in a comment. */
        record Seeded(int a, int b, int c, int d, int e, int f) {
          static final int[] ODD = {1, 3};
          static final String TEXT = \"""
              { not a block; System.currentTimeMillis() \\"" }
              \""";
          static final Supplier<Object> LAZY = () -> {
            if (ODD.length > 0) { return "}"; }
            return '{';
          };

          Seeded {
            for (int i = 0; i < 2; i++) { while (a < b) { if (a == b) { run(x -> { y(); }); } } }
          }

          @SuppressWarnings({"a", "b"})
          Object at(Clock clock) {
            return new Object() {
              @Override
              public String toString() {
                return switch (a) {
                  case 1 -> { yield "{{{"; }
                  default -> Instant.now(clock) + "";
                };
              }
            };
          }
        }
        """,
        "topology/src/main/java/io/conductore/topology/package-info.java",
        "@NullMarked\npackage io.conductore.topology;\n",
        "docs/decisions/README.md",
        "[one](0042-seeded.md) [root](../..) [web](https://example.org) `[no](link.md)`\n",
        DECISION,
        HEADINGS,
        "docs/promises.md",
        "| Promise | Test |\n|---|---|\n| It runs | `SeededTest` |\n",
        TEST,
        "class SeededTest {\n  @Test\n  void shouldRunWhenAsked() {}\n}\n");
  }

  private static Map.Entry<String, Seed> seed(String rule, String place, String... pathsAndTexts) {
    return Map.entry(rule, new Seed(Repo.of(pathsAndTexts), place));
  }

  private static String longMethod() {
    var body = "      call(\"}\", '}'); // }\n".repeat(SizeRules.METHOD_LINES_MAX);
    return "class Seeded {\n  @Named({\"a\"})\n  void seeded(int a) throws IOException {\n" + body
        + "  }\n}\n";
  }

  private static String deepMethod() {
    var opened = List.of("if (a)", "for (int i = 0; i < 9; i++)", "try", "while (b)");
    var code = new StringBuilder("class Seeded {\n  void seeded() {\n");
    IntStream.range(0, opened.size()).forEach(i -> code.append("    " + opened.get(i) + " {\n"));
    return code + "    " + "}".repeat(opened.size()) + "\n  }\n}\n";
  }
}
