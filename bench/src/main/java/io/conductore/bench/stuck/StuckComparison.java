package io.conductore.bench.stuck;

import io.conductore.bench.report.Bar;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.Rounds;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.stats.Series;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Judge;
import io.conductore.topology.stuck.StuckRules;
import io.conductore.topology.stuck.Trace;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The detector alone on one thread: from an event to the alarm that its session has then. No store,
 * no broker, no serialisation.
 */
public final class StuckComparison {
  private static final double CALLS_PER_SECOND_MIN = 200_000;
  private static final int WARM_UPS = 5;
  private static final String WORKING = "nobody loops";
  private static final String MIXED = "one session in five loops";
  private static final String LOOPING = "all loop, cycles of 1 to 12 calls";

  private final Plan plan;
  private final RunFolder folder;
  private final Consumer<String> progress;

  /** A state that a session is in while it is folded. */
  private static final class Session {
    private Trace trace = Trace.EMPTY;
    private Alarm alarm = Alarm.NONE;
  }

  private final class Contestant implements Rounds.Contestant {
    private final String name;
    private final List<AgentActivity> events;

    Contestant(String name, int loopingPercent) {
      this.name = name;
      this.events = StuckRuns.take(plan.foldEvents(), loopingPercent, Plan.SEED);
      for (int i = 0; i < WARM_UPS; i++) {
        fold(events);
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double measure(int round) {
      long began = System.nanoTime();
      int alarms = fold(events);
      double seconds = (System.nanoTime() - began) / 1e9;
      if ((alarms == 0) != name.equals(WORKING)) {
        throw new IllegalStateException(name + ": " + alarms + " alarms");
      }
      return events.size() / seconds;
    }
  }

  public StuckComparison(Plan plan, RunFolder folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public void run(Findings findings) throws Exception {
    Rounds rounds = new Rounds(Math.max(3, plan.rounds()), folder::settle, progress);
    Map<String, Series> figures = rounds.run(List.of(
        new Contestant(WORKING, 0), new Contestant(MIXED, 20), new Contestant(LOOPING, 100)));
    findings.add(new Bar(
        "tool calls/s through the stuck detector, one core, one session in five loops",
        Bar.Direction.AT_LEAST,
        CALLS_PER_SECOND_MIN,
        null,
        figures.getOrDefault(MIXED, new Series(List.of(0.0))),
        Figures::whole));
    Map<String, Series> stolen = rounds.stolenPercent();
    findings.add(new Table(
        "Stuck detector",
        Figures.whole(plan.foldEvents()) + " tool calls of " + StuckRuns.SESSIONS
            + " sessions in turn, each folded from the event to the alarm of its session on one"
            + " thread, with the seed's thresholds. No store, no broker, no serialisation.",
        Table.Row.of("sessions", "calls/s, median", "each round", "stolen %"),
        figures.entrySet().stream()
            .map(entry -> Table.Row.of(
                entry.getKey(),
                Figures.whole(entry.getValue().median()),
                Figures.rounds(entry.getValue(), Figures::whole),
                Figures.percent(
                    stolen.getOrDefault(entry.getKey(), entry.getValue()).median())))
            .toList()));
  }

  /** Answers how many of the sessions were stuck in the end. */
  private static int fold(List<AgentActivity> events) {
    Session[] sessions = new Session[StuckRuns.SESSIONS];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new Session();
    }
    int at = 0;
    for (AgentActivity event : events) {
      Session session = sessions[at];
      at = (at + 1) % sessions.length;
      session.trace = session.trace.apply(event, StuckRules.SEED);
      session.alarm = session.alarm.next(
          session.trace,
          Judge.of(session.trace, StuckRules.SEED, Judge.Burn.NONE),
          event.getEventId());
    }
    int stuck = 0;
    for (Session session : sessions) {
      stuck += session.alarm.isStuck() ? 1 : 0;
    }
    return stuck;
  }
}
