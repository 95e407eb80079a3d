package io.conductore.topology.stuck;

import io.conductore.schemas.activity.ToolCall;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The thresholds that one agent is judged by.
 *
 * @param bars of each pattern but context-burn
 * @param turns how many turns back same-tool and same-error look
 * @param cycleCallsMax the longest cycle that is looked for
 * @param burnPercent of the input tokens at which the agent is warned; 0 for never
 * @param burnTokens the allowance of an agent that registered none; 0 for no limit
 * @param waitMin a success that takes this long waits for something
 * @param waitingTools in small letters: tools that wait, or look whether a job still runs
 */
public record StuckRules(
    Map<Pattern, Bar> bars,
    int turns,
    int cycleCallsMax,
    int burnPercent,
    long burnTokens,
    Duration waitMin,
    Set<String> waitingTools) {
  /** A higher threshold could never be reached: the trace holds no more. */
  public static final int CALLS_MAX = Trace.STEPS_MAX;

  public static final int MESSAGES_MAX = Trace.MESSAGES_MAX;
  public static final int COMPACTIONS_MAX = Trace.COMPACTIONS_MAX;

  /** The seed's numbers; a nudge comes before each. */
  public static final StuckRules SEED = new StuckRules(
      Map.of(
          Pattern.SAME_ERROR, new Bar(2, 3),
          Pattern.SAME_TOOL, new Bar(3, 5),
          Pattern.CYCLE, new Bar(2, 3),
          Pattern.NO_OUTPUT, new Bar(4, 5),
          Pattern.NO_CHANGE, new Bar(7, 10),
          Pattern.SAME_MESSAGE, new Bar(2, 3),
          Pattern.COMPACTION, new Bar(2, 3)),
      10,
      10,
      90,
      0,
      Duration.ofSeconds(10),
      Set.of("bashoutput", "taskoutput", "monitor", "sleep", "wait"));

  public StuckRules {
    EnumMap<Pattern, Bar> all = new EnumMap<>(Pattern.class);
    all.putAll(bars);
    bars = Map.copyOf(all);
    waitingTools = Set.copyOf(waitingTools);
  }

  public Bar bar(Pattern pattern) {
    return bars.getOrDefault(pattern, Bar.OFF);
  }

  /** The same with another bar. */
  public StuckRules with(Pattern pattern, Bar bar) {
    EnumMap<Pattern, Bar> next = new EnumMap<>(Pattern.class);
    next.putAll(bars);
    next.put(pattern, bar);
    return new StuckRules(
        next, turns, cycleCallsMax, burnPercent, burnTokens, waitMin, waitingTools);
  }

  StuckRules turns(int next) {
    return new StuckRules(
        bars, next, cycleCallsMax, burnPercent, burnTokens, waitMin, waitingTools);
  }

  StuckRules cycleCallsMax(int next) {
    return new StuckRules(bars, turns, next, burnPercent, burnTokens, waitMin, waitingTools);
  }

  StuckRules burn(int percent, long tokens) {
    return new StuckRules(bars, turns, cycleCallsMax, percent, tokens, waitMin, waitingTools);
  }

  StuckRules waiting(Duration min, Set<String> tools) {
    Set<String> small = new TreeSet<>();
    tools.forEach(tool -> small.add(tool.toLowerCase(Locale.ROOT)));
    return new StuckRules(bars, turns, cycleCallsMax, burnPercent, burnTokens, min, small);
  }

  /** Its producer says so, it took long, or it is what such tools do. */
  boolean waits(ToolCall call) {
    Long durationMs = call.getDurationMs();
    return Boolean.TRUE.equals(call.getWaiting())
        || (durationMs != null && durationMs >= waitMin.toMillis())
        || waitingTools.contains(call.getTool().toLowerCase(Locale.ROOT));
  }
}
