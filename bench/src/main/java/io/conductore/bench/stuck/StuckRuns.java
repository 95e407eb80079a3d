package io.conductore.bench.stuck;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Tool calls of many sessions in turn: some work, some go in circles. */
final class StuckRuns {
  static final int SESSIONS = 100;
  private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "Grep");
  private static final long START_MS = 1_795_429_800_000L;
  private static final int CYCLE_CALLS_MAX = 12;

  private StuckRuns() {}

  /**
   * So many calls, session by session in turn.
   *
   * @param loopingPercent of the sessions that repeat a cycle of 1 to 12 calls for ever
   */
  static List<AgentActivity> take(int count, int loopingPercent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<AgentActivity> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int session = i % SESSIONS;
      int call = i / SESSIONS;
      boolean looping = session < SESSIONS * loopingPercent / 100;
      int what = looping ? call % (1 + session % CYCLE_CALLS_MAX) : call;
      events.add(call(random, session, call, what, looping));
    }
    return events;
  }

  private static AgentActivity call(
      SplittableRandom random, int session, int call, int what, boolean looping) {
    ToolCall payload = new ToolCall();
    boolean failed = !looping && call % 5 == 0;
    payload.setTurn(call + 1);
    payload.setTool(TOOLS.get(what % TOOLS.size()));
    payload.setInputDigest("%016x".formatted(what * 31L + session));
    payload.setOutcome(failed ? "error" : "ok");
    payload.setOutputDigest("%016x".formatted(what * 37L + session));
    payload.setErrorDigest(failed ? "%016x".formatted(call * 41L) : null);
    payload.setOutputBytes(100L);
    payload.setRepoFileCount(118L);
    payload.setDurationMs(40L);
    AgentActivity event = new AgentActivity();
    event.setEventId(new UUID(random.nextLong(), random.nextLong()).toString());
    event.setType("TOOL_CALL");
    event.setStreamId("agent-" + session);
    event.setSessionId("session-" + session);
    event.setOccurredAtMs(START_MS + call * 4_000L);
    event.setRecordedAtMs(START_MS + call * 4_000L);
    event.setPayload(payload);
    return event;
  }
}
