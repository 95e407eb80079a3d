package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueAssigned;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.state.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random logs of a pool, restarted anywhere: after each record the rows say what a simple model
 * says, the history of assignments has nothing wrong, and a second run over the log comes to the
 * same bytes.
 */
class DispatchPropertyTest {
  private static final int SEEDS = 200;
  private static final int RECORDS = 120;
  private static final int RESTART_ONE_IN = 25;
  private static final int DRIVER_SEEDS = 4;
  private static final int DRIVER_RECORDS = 60;

  @TempDir
  Path folder;

  @Test
  void shouldEqualTheModelAfterEachRecordWhenRestartedAnywhere() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      RecordMix mix = new RecordMix(seed);
      List<RecordMix.Timed> log = mix.log(RECORDS);
      AssignmentHistory history = new AssignmentHistory();
      DispatchModel model = new DispatchModel(history);
      PoolRun run = new PoolRun();

      // when
      for (RecordMix.Timed next : log) {
        step(next, run, model, history);
        if (mix.oneIn(RESTART_ONE_IN)) {
          run.restart();
        }

        // then
        assertThat(facts(run))
            .as("seed=%d offset=%d %s", seed, run.nextOffset() - 1, next)
            .isEqualTo(model.facts());
      }
      assertThat(history.wrongs(queued(run), held(run))).as("seed=" + seed).isEmpty();
      PoolRun again = new PoolRun();
      log.forEach(next -> again.at(next.record(), next.timeMs()));
      assertThat(again.bytes()).as("seed=" + seed).isEqualTo(run.bytes());
      assertThat(again.events()).as("seed=" + seed).isEqualTo(run.events());
      run.events().forEach(event -> seen.merge(event.getType(), 1, Integer::sum));
    }
    assertThat(seen).containsOnlyKeys("ESCALATED", "ISSUE_ASSIGNED", "LEASE_EXPIRED");
    assertThat(seen.values())
        .as("how often each was said, or hardly anything was tried: " + seen)
        .allMatch(times -> times >= SEEDS / 2);
  }

  @Test
  void shouldHaveTheSameRowsInTheGraphWhenItRestarts() {
    for (long seed = 1_000; seed < 1_000 + DRIVER_SEEDS; seed++) {
      // given
      RecordMix mix = new RecordMix(seed);
      List<RecordMix.Timed> log = mix.log(DRIVER_RECORDS);
      PoolRun run = new PoolRun();
      log.forEach(next -> run.at(next.record(), next.timeMs()));

      try (RigDriver rig = RigDriver.in(folder.resolve("seed" + seed))) {
        // when
        play(mix, log, rig);

        // then
        assertThat(rows(rig)).as("seed=" + seed).isEqualTo(rows(run));
        assertThat(said(rig)).as("seed=" + seed).isEqualTo(run.events());
      }
    }
  }

  private static void step(
      RecordMix.Timed next, PoolRun run, DispatchModel model, AssignmentHistory history) {
    int before = run.events().size();
    long offset = run.nextOffset();
    run.at(next.record(), next.timeMs());
    model.expire(next.timeMs());
    for (IssueLifecycle event : run.events().subList(before, run.events().size())) {
      if (event.getPayload() instanceof IssueAssigned assigned) {
        history.assigned(
            event.getStreamId(),
            event.getAgentId(),
            assigned.getAttempt(),
            event.getLeaseToken(),
            model.capabilities(event.getAgentId()));
      }
    }
    model.apply(next.record(), offset, next.timeMs());
  }

  private static void play(RecordMix mix, List<RecordMix.Timed> log, RigDriver rig) {
    for (int offset = 0; offset < log.size(); offset++) {
      if (mix.oneIn(RESTART_ONE_IN)) {
        restart(rig, offset);
      }
      append(rig, PoolRun.POOL, log.get(offset));
    }
  }

  /** The driver counts offsets from 0 again; the real log does not, so a filler catches up. */
  private static void restart(RigDriver rig, int offset) {
    rig.restart();
    for (int i = 0; i < offset; i++) {
      append(rig, "filler", new RecordMix.Timed(Facts.TICK, PoolRun.START_MS));
    }
  }

  private static void append(RigDriver rig, String pool, RecordMix.Timed next) {
    rig.record(
        Feed.DISPATCH.topic(),
        pool.getBytes(StandardCharsets.UTF_8),
        Handoff.bytes(next.record()),
        Instant.ofEpochMilli(next.timeMs()));
  }

  private static List<IssueLifecycle> said(RigDriver rig) {
    return rig.written(Log.LIFECYCLE.topic()).stream()
        .map(record -> (IssueLifecycle) rig.decoded(Log.LIFECYCLE, record.value()))
        .toList();
  }

  private static List<Map<Object, Object>> rows(RigDriver rig) {
    return Facts.STORES.stream().map(store -> rig.all(store)).toList();
  }

  private static List<Map<Object, Object>> rows(PoolRun run) {
    Tables tables = run.tables();
    List<Map<Object, Object>> rows = new ArrayList<>();
    for (Table<?, ?> table : List.of(
        tables.issues(),
        tables.queue(),
        tables.reviews(),
        tables.desks(),
        tables.leases(),
        tables.claims())) {
      Map<Object, Object> all = new HashMap<>();
      table.each(all::put);
      rows.add(all);
    }
    return rows;
  }

  private static Set<String> queued(PoolRun run) {
    Set<String> issues = new TreeSet<>();
    run.queue().forEach(entry -> issues.add(entry.issue()));
    return issues;
  }

  private static Set<String> held(PoolRun run) {
    Set<String> issues = new TreeSet<>();
    run.tables().leases().each((key, lease) -> issues.add(lease.issue()));
    return issues;
  }

  /** The rows in the model's words. */
  private static Map<String, String> facts(PoolRun run) {
    Map<String, String> facts = new TreeMap<>();
    run.tables()
        .leases()
        .each((key, lease) -> facts.put(
            "held " + lease.issue(),
            lease.agentId() + " " + lease.token() + " due " + lease.dueMs()));
    run.queue()
        .forEach(entry -> facts.put(
            "queued " + entry.issue(),
            "attempt " + entry.attempt()
                + (entry.blockedBy().isEmpty() ? "" : " after " + entry.blockedBy())));
    run.tables()
        .claims()
        .each((key, outcome) -> facts.put(
            "claim " + key.id(),
            outcome instanceof ClaimOutcome.Assigned work
                ? work.issue() + " " + work.attempt() + " " + work.leaseToken()
                : PoolRun.word(outcome)));
    return facts;
  }
}
