package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.ContextCompacted;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.activity.TurnCompleted;
import io.conductore.topology.stuck.StuckRules;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** A session's state stays small however long the session is and whatever it loops through. */
class SessionSizeTest {
  private static final int TURNS = 100_000;
  private static final int STATE_BYTES_MAX = 4_096;
  private static final SessionStateSerde SERDE = new SessionStateSerde();

  @Test
  void shouldStayBelowFourKibWhenASessionHasAHundredThousandTurns() {
    // given
    Random random = new Random(7);
    Supplier<String> uuids = () -> new UUID(random.nextLong(), random.nextLong()).toString();

    // when
    int most = mostBytes(random, TURNS, uuids, "mcp__browser__take_screenshot");

    // then
    System.out.println("session state over 100,000 turns: at most " + most + " bytes");
    assertThat(most).isBetween(1_500, STATE_BYTES_MAX);
  }

  /** The longest ids and names that the doors take. */
  @Test
  void shouldStayBelowFourKibWhenIdsAreAsLongAsTheyMayBe() {
    // given
    Random random = new Random(7);
    Supplier<String> ids = () -> "%0200d".formatted(random.nextInt(Integer.MAX_VALUE));

    // when
    int most = mostBytes(random, 5_000, ids, "t".repeat(200));

    // then
    assertThat(most).isLessThan(STATE_BYTES_MAX);
  }

  /** Turns of which some are new and some go round, with messages and compactions. */
  private static int mostBytes(Random random, int turns, Supplier<String> ids, String tool) {
    SessionState session = SessionState.opening(new SessionKey("dev-e", ids.get()));
    int most = 0;
    for (int turn = 1; turn <= turns; turn++) {
      boolean looping = turn / 100 % 2 == 0;
      session = session.apply(call(ids.get(), turn, tool, looping, random), StuckRules.SEED, 9L);
      TurnCompleted said = new TurnCompleted(turn, 9L, "m" + (looping ? 0 : turn));
      session = session.apply(event(ids.get(), turn, said), StuckRules.SEED, 9L);
      if (turn % 10 == 0) {
        ContextCompacted compacted = new ContextCompacted("auto", 1L, 1L);
        session = session.apply(event(ids.get(), turn, compacted), StuckRules.SEED, 9L);
      }
      most = Math.max(most, SERDE.toBytes(session).length);
    }
    System.out.println("steps kept: " + session.trace().steps().size());
    return most;
  }

  private static AgentActivity call(
      String id, int turn, String tool, boolean looping, Random random) {
    ToolCall call = new ToolCall();
    call.setTurn(turn);
    call.setTool(tool);
    call.setInputDigest("i" + (looping ? turn % 3 : turn));
    call.setOutcome(random.nextInt(3) == 0 ? "error" : "ok");
    call.setErrorDigest("error".equals(call.getOutcome()) ? "e" + turn % 2 : null);
    call.setOutputBytes(0L);
    call.setRepoFileCount(100_000L);
    return event(id, turn, call);
  }

  private static AgentActivity event(String id, int turn, SpecificRecord payload) {
    return Derived.envelope("dev-e", id, 1_795_429_800_000L + turn * 1_000L, payload);
  }
}
