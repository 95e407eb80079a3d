package io.conductore.topology.stuck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Traces and alarms for tests of what keeps them. */
public final class Traces {
  private static final List<String> TEXTS =
      List.of("", "a", "e-1", "é\u4e2d\ud83d\ude00", "x".repeat(200), "a/b#c|d\n");

  private Traces() {}

  /** With anything in it, extremes too. */
  public static Trace any(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(Trace.STEPS_MAX + 1); i > 0; i--) {
      steps.add(new Step(
          event(random),
          random.nextLong(),
          random.nextInt(),
          text(random),
          random.nextLong(),
          random.nextBoolean() ? 0 : random.nextLong(),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextInt()));
    }
    Trace.Context context = new Trace.Context(random.nextLong(), random.nextLong());
    return new Trace(steps, said(random), said(random), context);
  }

  public static Alarm anyAlarm(Random random) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = random.nextInt(Alarm.VERDICTS_MAX + 1); i > 0; i--) {
      Pattern[] patterns = Pattern.values();
      verdicts.add(new Verdict(
          patterns[random.nextInt(patterns.length)],
          random.nextBoolean() ? Level.STUCK : Level.NUDGE,
          random.nextLong(),
          List.of(event(random), event(random)),
          text(random),
          random.nextInt(),
          random.nextLong()));
    }
    Alarm.Place last = new Alarm.Place(random.nextLong(), random.nextInt(), event(random));
    return verdicts.isEmpty() ? Alarm.NONE : new Alarm(event(random).id(), last, verdicts);
  }

  /** What sessions of version 1 held. */
  public static Trace ofFirstVersion() {
    Step numbered = new Step(
        EventRef.of("00112233-4455-6677-8899-aabbccddeeff"),
        1_000,
        1,
        "Bash",
        3,
        4,
        false,
        false,
        Step.FILES_UNKNOWN);
    Step named =
        new Step(EventRef.of("e-2"), 2_000, 0, "Read", -3, 0, true, false, Step.FILES_UNKNOWN);
    return new Trace(List.of(numbered, named), List.of(), List.of(), Trace.Context.NONE);
  }

  /** What sessions of version 2 hold. */
  public static Trace ofSecondVersion() {
    Step failed = new Step(
        EventRef.of("00112233-4455-6677-8899-aabbccddeeff"),
        1_000,
        1,
        "Bash",
        3,
        4,
        false,
        false,
        118);
    Step looked = new Step(EventRef.of("e-2"), 2_000, 0, "Read", -3, 0, true, true, -1);
    Said said = new Said(EventRef.of("e-3"), 2_100, 2, -9);
    Said compacted = new Said(EventRef.of("e-4"), 2_200, 0, 0);
    return new Trace(
        List.of(failed, looked),
        List.of(said),
        List.of(compacted),
        new Trace.Context(2_100, 91_000));
  }

  public static Alarm ofSecondVersionStuck() {
    Verdict verdict =
        new Verdict(Pattern.CYCLE, Level.STUCK, 1_000, List.of(EventRef.of("e-2")), "Read", 3, 2);
    return new Alarm(
        "11112222-4455-6677-8899-aabbccddeeff",
        new Alarm.Place(2_000, 0, EventRef.of("e-2")),
        List.of(verdict));
  }

  private static List<Said> said(Random random) {
    List<Said> said = new ArrayList<>();
    for (int i = random.nextInt(Trace.MESSAGES_MAX + 1); i > 0; i--) {
      said.add(new Said(event(random), random.nextLong(), random.nextInt(), random.nextLong()));
    }
    return said;
  }

  private static EventRef event(Random random) {
    return random.nextBoolean()
        ? EventRef.of(new UUID(random.nextLong(), random.nextLong()).toString())
        : EventRef.of(text(random));
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
