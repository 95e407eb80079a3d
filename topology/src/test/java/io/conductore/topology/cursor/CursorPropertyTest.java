package io.conductore.topology.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.conductore.topology.cursor.InboxModel.Bug;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stage on its stores gives what the model says: events twice, acknowledgements in any order,
 * restarts anywhere. And a model with a mistake differs from it (R0).
 */
class CursorPropertyTest {
  private static final int SEEDS = 20;
  private static final int STEPS = 120;
  private static final int RESTART_ONE_IN = 160;

  @TempDir
  Path folder;

  @Test
  void shouldEqualTheModelWhenRecordsAreRepeatedAndReorderedAndRestarted() {
    // given
    Map<Bug, Integer> caught = new HashMap<>();
    int restarts = 0;
    try (InboxRig inbox = new InboxRig(folder)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Random random = new Random(seed);
        List<InboxModel> models =
            List.of(Bug.values()).stream().map(InboxModel::new).toList();

        // when
        for (int step = 0; step < STEPS; step++) {
          step(random, "s" + seed, inbox, models);
          if (random.nextInt(RESTART_ONE_IN) == 0) {
            inbox.rig().restart();
            restarts++;
          }
        }

        // then
        Map<String, String> facts = facts(inbox, "s" + seed + "-");
        assertThat(facts).as("seed=" + seed).isEqualTo(models.getFirst().facts());
        for (Bug bug : Bug.values()) {
          boolean same = facts.equals(models.get(bug.ordinal()).facts());
          caught.merge(bug, same ? 0 : 1, Integer::sum);
        }
      }
    }
    assertThat(restarts).as("restarts, or nothing was tried").isGreaterThan(SEEDS / 4);
    assertThat(caught).containsEntry(Bug.NONE, 0);
    assertThat(caught.entrySet())
        .filteredOn(entry -> entry.getKey() != Bug.NONE)
        .allSatisfy(
            entry -> assertThat(entry.getValue()).as("" + entry.getKey()).isPositive());
  }

  /** One record, handed to the stage and told to each model. */
  private static void step(Random random, String seed, InboxRig inbox, List<InboxModel> models) {
    String agent = seed + "-a" + random.nextInt(3);
    String type = seed + "-T" + random.nextInt(3);
    String id = seed + "-e" + random.nextInt(STEPS);
    long ordinal = random.nextInt(STEPS / 4) - 1;
    switch (random.nextInt(8)) {
      case 0 -> {
        boolean all = random.nextBoolean();
        inbox.subscribe(agent, all, type, seed + "-T0");
        models.forEach(model -> model.subscribe(agent, all, List.of(type, seed + "-T0")));
      }
      case 1 -> {
        var data = JsonNodeFactory.instance.objectNode();
        inbox.send(agent, new InboxRecord.Notice(agent, id, "NUDGE", 0, data));
        models.forEach(model -> model.notice(agent, id));
      }
      case 2 -> {
        inbox.deliver(agent, ordinal);
        models.forEach(model -> model.deliver(agent, ordinal));
      }
      case 3 -> {
        inbox.acknowledge(agent, ordinal);
        models.forEach(model -> model.acknowledge(agent, ordinal));
      }
      default -> {
        int times = 1 + random.nextInt(2);
        for (int i = 0; i < times; i++) {
          inbox.event(id, type, agent);
          models.forEach(model -> model.event(id, type, List.of(agent)));
        }
      }
    }
  }

  private static Map<String, String> facts(InboxRig inbox, String prefix) {
    Map<String, String> facts = new TreeMap<>();
    inbox.rig().<String, Cursor>all(StoreNames.CURSORS).forEach((agentId, cursor) -> {
      if (agentId.startsWith(prefix)) {
        List<String> words = new ArrayList<>();
        inbox
            .entries(agentId)
            .forEach((ordinal, entry) ->
                words.add(ordinal + " " + entry.eventId() + " " + state(entry)));
        facts.put(
            agentId,
            cursor.acknowledged() + ": " + words.stream().collect(Collectors.joining(", ")));
      }
    });
    return facts;
  }

  private static String state(InboxEntry entry) {
    if (entry.acknowledgedAtMs() != 0) {
      return "acknowledged";
    }
    return entry.deliveredAtMs() != 0 ? "delivered" : "queued";
  }
}
