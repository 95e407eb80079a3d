package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Only changes reach dispatch: heartbeats cost it no record, and this stage no read for it. */
class HeartbeatStormTest {
  private static final int AGENTS = 1_000;
  private static final int BEATS = 10_000;

  private final ActivityFold fold = new ActivityFold();
  private final Map<String, AgentState> agents = new HashMap<>();
  private final List<DispatchRecord> told = new ArrayList<>();
  private final Counting memory = new Counting();
  private final Standings standings = new Standings(memory, new Told());

  @Test
  void shouldTellDispatchNothingWhenHeartbeatsStorm() {
    // given
    for (int agent = 0; agent < AGENTS; agent++) {
      apply(Flat.of("AGENT_REGISTERED", "agent-" + agent).with("slots", 2));
    }
    int first = told.size();
    int reads = memory.reads;

    // when
    for (int beat = 0; beat < BEATS; beat++) {
      apply(Flat.of("HEARTBEAT", "agent-" + beat % AGENTS).with("status", "working"));
    }

    // then
    assertThat(first).isEqualTo(AGENTS);
    assertThat(told).hasSize(first);
    assertThat(memory.reads).isEqualTo(reads);
  }

  private void apply(Flat flat) {
    AgentActivity event = read(flat);
    AgentState agent =
        agents.getOrDefault(event.getStreamId(), AgentState.unseen(event.getStreamId()));
    ActivityFold.Before before = new ActivityFold.Before(agent, null, null);
    ActivityFold.After after = fold.apply(before, event, new Stamp(event.getOccurredAtMs(), 0));
    agents.put(event.getStreamId(), after.agent());
    standings.tell(before, after, event);
  }

  private static AgentActivity read(Flat flat) {
    Reading reading =
        new Reading(RigDriver.START.toEpochMilli(), () -> UUID.randomUUID().toString(), "test");
    FlatOutcome.Accepted accepted = (FlatOutcome.Accepted) FlatReader.read(flat.json(), reading);
    return (AgentActivity) accepted.event().envelope();
  }

  private static final class Counting implements Standings.Memory {
    private final Map<String, Handed> handed = new HashMap<>();
    private int reads;

    @Override
    public @Nullable Handed get(String agentId) {
      reads++;
      return handed.get(agentId);
    }

    @Override
    public void put(String agentId, Handed next) {
      handed.put(agentId, next);
    }
  }

  private final class Told implements Outlets {
    @Override
    public void dispatch(String pool, DispatchRecord record) {
      told.add(record);
    }

    @Override
    public void event(SpecificRecord envelope) {
      throw new AssertionError("not an event");
    }

    @Override
    public void inbox(String key, InboxRecord record) {
      throw new AssertionError("not for inboxes");
    }

    @Override
    public void cause(CauseRecord record) {
      throw new AssertionError("no cause");
    }

    @Override
    public void spending(SpendingRecord record) {
      throw new AssertionError("no spending");
    }

    @Override
    public void admission(AdmissionRecord record) {
      throw new AssertionError("no admission");
    }

    @Override
    public void escalation(String escalationId, byte[] json) {
      throw new AssertionError("no escalation");
    }
  }
}
