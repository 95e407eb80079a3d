package io.conductore.topology.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import io.conductore.topology.Flat;
import io.conductore.topology.stuck.Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs with a label, drawn from a seed: loops of every kind behind some healthy work, and healthy
 * runs of every kind that detectors took for loops. Inputs and outputs are texts with what changes
 * from run to run in them (times, process ids, durations, temporary folders, the order of keys),
 * and go through the digests that producers use.
 */
final class LoopCorpus {
  private static final int HEALTHY_EPISODES = 8;

  private final Random random;
  private final List<Consumer<StuckRun>> plays = new ArrayList<>();
  private int fresh;

  /**
   * One run.
   *
   * @param loop the pattern that a person sees in it; null for healthy work
   */
  record Labelled(String name, @Nullable Pattern loop, StuckRun run) {}

  private LoopCorpus(long seed) {
    this.random = new Random(seed);
  }

  /** One loop of each kind and one healthy run of each kind. */
  static List<Labelled> of(long seed) {
    List<Labelled> runs = new ArrayList<>();
    for (Pattern pattern : Pattern.values()) {
      if (pattern != Pattern.CONTEXT_BURN) {
        LoopCorpus corpus = new LoopCorpus(seed * 31 + pattern.ordinal());
        runs.add(corpus.loop(pattern, pattern.word() + " of seed " + seed));
      }
    }
    for (Healthy kind : Healthy.values()) {
      LoopCorpus corpus = new LoopCorpus(seed * 37 + kind.ordinal());
      runs.add(corpus.healthy(kind, "healthy " + kind + " of seed " + seed));
    }
    return runs;
  }

  /** What people complained that it was called a loop. */
  enum Healthy {
    PAGER,
    POLL_CHANGING,
    POLL_WAITING,
    POLL_BACKGROUND,
    MANY_FILES,
    MOVES,
    TEST_AND_EDIT,
    PARALLEL_READS,
    OFFSETS,
    DEBUGGER,
    SLEEPS,
    REVIEW,
    FOLDERS,
    TALK,
    LONG_SESSION,
    LOOKS_BETWEEN_EDITS,
    MIXED
  }

  private Labelled loop(Pattern pattern, String name) {
    for (int i = random.nextInt(HEALTHY_EPISODES); i > 0; i--) {
      work();
    }
    switch (pattern) {
      case SAME_TOOL -> sameTool();
      case SAME_ERROR -> sameError();
      case CYCLE -> cycle(2 + random.nextInt(9));
      case NO_OUTPUT -> noOutput();
      case NO_CHANGE -> noChange();
      case SAME_MESSAGE -> sameMessage();
      case COMPACTION -> compactions();
      case CONTEXT_BURN -> throw new IllegalArgumentException("a warning and no loop");
    }
    return played(name, pattern);
  }

  private Labelled healthy(Healthy kind, String name) {
    int length = 20 + random.nextInt(40);
    for (int i = 0; i < length; i++) {
      episode(
          kind == Healthy.MIXED
              ? Healthy.values()[random.nextInt(Healthy.values().length - 1)]
              : kind,
          kind == Healthy.MIXED ? 1_000 + i : i);
    }
    return played(name, null);
  }

  private Labelled played(String name, @Nullable Pattern loop) {
    StuckRun run = new StuckRun();
    plays.forEach(play -> play.accept(run));
    return new Labelled(name, loop, run);
  }

  // Loops

  private void sameTool() {
    String command = "cat report-" + random.nextInt(99);
    String output = "3 findings";
    for (int i = 0; i < 5 + random.nextInt(6); i++) {
      call(ok("Bash", command, output));
      if (random.nextInt(4) == 0) {
        call(failed("Bash", "look elsewhere " + fresh++, "no such thing " + fresh));
      }
    }
  }

  private void sameError() {
    for (int i = 0; i < 3 + random.nextInt(5); i++) {
      String command = random.nextBoolean() ? "npm install" : "npm install --try " + fresh++;
      call(failed("Bash", command, "npm ERR! ERESOLVE could not resolve"));
      if (random.nextInt(3) == 0) {
        call(failed("Bash", "something else " + fresh++, "another failure " + fresh));
      }
    }
  }

  private void cycle(int length) {
    List<Flat> calls = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < length; i++) {
        String file = "part-" + i;
        calls.add(
            i == 1 && length > 2
                ? failed("Bash", "check " + file, "not there: " + file)
                : ok("Read", file, "text of " + file));
      }
    }
    calls.forEach(this::call);
  }

  /** Three commands without a word, in an order that is no cycle. */
  private void noOutput() {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 0, 2, 1, 1, 0, 2, 2, 1, 0, 0, 2, 1));
    for (int which : order) {
      call(ok("Bash", "touch marker-" + which, "").with("outputBytes", 0));
    }
  }

  /** Ten ways to fail, each another one, and nothing comes of it. */
  private void noChange() {
    for (int i = 0; i < 10 + random.nextInt(5); i++) {
      call(failed("Bash", "attempt " + fresh++, "failure number " + fresh)
          .with("repoFileCount", 118));
    }
  }

  private void sameMessage() {
    String text = "I will now fix the failing test.";
    for (int i = 0; i < 3 + random.nextInt(3); i++) {
      call(message(text));
    }
  }

  /** After each compaction the same files are read again, and then the context is full. */
  private void compactions() {
    for (int i = 0; i < 3; i++) {
      for (int file = 0; file < 4; file++) {
        call(ok("Read", "big-" + file, "text of big-" + file));
      }
      call(Flat.of("CONTEXT_COMPACTED", "dev-e").with("sessionId", "s1"));
    }
  }

  // Healthy work

  private void episode(Healthy kind, int i) {
    switch (kind) {
      case PAGER -> call(ok("read_output", "bash_1", "page " + i));
      case POLL_CHANGING -> call(ok("Bash", "kubectl get pods", i + " of 60 ready"));
      case POLL_WAITING -> {
        call(ok("Bash", "tail build.log", "compiling"));
        call(ok("Bash", "sleep 30", "").with("durationMs", 30_000 + random.nextInt(900)));
      }
      case POLL_BACKGROUND -> call(ok("Bash", "cat build.log", "compiling").with("waiting", true));
      case MANY_FILES -> call(ok("Edit", "file " + i, "The file was updated"));
      case MOVES -> call(ok("Bash", "git mv a" + i + " b" + i, "").with("outputBytes", 0));
      case TEST_AND_EDIT -> {
        call(failed("Bash", "pytest", (60 - i % 60) + " failed, " + i + " passed"));
        call(ok("Edit", "fix " + i, "The file was updated"));
      }
      case PARALLEL_READS -> {
        for (int file = 0; file < 4; file++) {
          sameTurn(ok("Read", "dir " + i + " file " + file, "text " + i + " " + file));
        }
        call(ok("Read", "dir " + i + " file 4", "text " + i + " 4"));
      }
      case OFFSETS -> call(ok("Read", "a.java offset " + i * 100, "part " + i));
      case DEBUGGER -> call(ok("gdb", "next", "main.c:" + (100 + i)));
      case SLEEPS -> call(ok("Bash", "sleep 60", "").with("durationMs", 60_000));
      case REVIEW ->
        call(ok("Read", "module " + i, "text of module " + i).with("repoFileCount", 118));
      case FOLDERS -> call(ok("Bash", "mkdir -p out/" + i, "").with("outputBytes", 0));
      case TALK -> {
        call(message("Step " + i + " is done."));
        call(message("On to the next one."));
        call(ok("Edit", "talk " + i, "The file was updated"));
      }
      case LONG_SESSION -> {
        call(ok("Edit", "long " + i, "The file was updated"));
        call(Flat.of("CONTEXT_COMPACTED", "dev-e").with("sessionId", "s1"));
      }
      case LOOKS_BETWEEN_EDITS -> {
        call(ok("Bash", "git status", "clean"));
        call(ok("Write", "file " + i, "written"));
        call(ok("Bash", "git status", "clean"));
      }
      case MIXED -> throw new IllegalArgumentException("a mix of the others");
    }
  }

  private void work() {
    int i = 5_000 + fresh++;
    episode(random.nextBoolean() ? Healthy.MANY_FILES : Healthy.TEST_AND_EDIT, i);
  }

  // Events

  private void call(Flat event) {
    plays.add(run -> run.then(event));
  }

  private void sameTurn(Flat event) {
    plays.add(run -> run.inTurn(event));
  }

  private Flat ok(String tool, String command, String output) {
    return Flat.call("dev-e", tool, input(command), Digests.ofText(noisy(output)));
  }

  private Flat failed(String tool, String command, String error) {
    return Flat.failure("dev-e", tool, input(command), Digests.ofText(noisy(error)));
  }

  private static Flat message(String text) {
    return Flat.of("TURN_COMPLETED", "dev-e")
        .with("sessionId", "s1")
        .with("messageDigest", Digests.exactly(text));
  }

  /** The same arguments with their keys in another order. */
  private String input(String command) {
    List<String> keys = new ArrayList<>(List.of("command", "timeout", "cwd"));
    Collections.shuffle(keys, random);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String key : keys) {
      JsonNode value = switch (key) {
        case "command" -> JsonNodeFactory.instance.textNode(command);
        case "timeout" -> JsonNodeFactory.instance.numberNode(60_000);
        default -> JsonNodeFactory.instance.textNode("checkout");
      };
      node.set(key, value);
    }
    return Digests.ofInput(node);
  }

  /** Says the same thing at another time, in another process and another folder. */
  private String noisy(String text) {
    if (text.isEmpty()) {
      return random.nextBoolean() ? "" : "\n";
    }
    return "2026-11-%02dT10:%02d:%02dZ [%d] pid %d: %s (took %d.%02ds in /tmp/tmp.%s)"
        .formatted(
            1 + random.nextInt(28),
            random.nextInt(60),
            random.nextInt(60),
            10_000 + random.nextInt(80_000),
            random.nextInt(60_000),
            text,
            random.nextInt(60),
            random.nextInt(100),
            letters());
  }

  private String letters() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }
}
