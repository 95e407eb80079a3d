package io.conductore.topology.activity;

import io.conductore.topology.budget.Budget;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of an agent's state. */
public final class AgentStateSerde extends StateSerde<AgentState> {
  private static final int NO_ISSUE = -1;
  private static final long NO_TOKENS = -1;

  public AgentStateSerde() {
    super(1);
  }

  @Override
  protected void write(AgentState agent, Encoder to) throws IOException {
    to.writeString(agent.agentId());
    to.writeLong(agent.ordinal());
    liveness(agent.liveness(), to);
    beat(agent.beat(), to);
    registration(agent.registration(), to);
    Tally tally = agent.tally();
    to.writeLong(tally.toolCalls());
    to.writeLong(tally.toolErrors());
    to.writeLong(tally.guardBlocks());
    to.writeLong(tally.stuckReports());
    agent.budget().write(to);
  }

  @Override
  protected AgentState read(int writtenVersion, Decoder from) throws IOException {
    return new AgentState(
        from.readString(),
        from.readLong(),
        liveness(from),
        beat(from),
        registration(from),
        new Tally(from.readLong(), from.readLong(), from.readLong(), from.readLong()),
        Budget.read(from));
  }

  private static void liveness(Liveness liveness, Encoder to) throws IOException {
    to.writeLong(liveness.firstSeenMs());
    to.writeLong(liveness.lastSeenMs());
    to.writeLong(liveness.lastHeartbeatMs());
    to.writeLong(liveness.lastProgressMs());
    to.writeLong(liveness.missedSinceMs());
    writeTimes(liveness.instances(), to);
  }

  private static Liveness liveness(Decoder from) throws IOException {
    return new Liveness(
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        readTimes(from));
  }

  private static void beat(Beat beat, Encoder to) throws IOException {
    stamp(beat.stamp(), to);
    writeText(beat.status(), to);
    writeText(beat.provider(), to);
    writeText(beat.currentRepo(), to);
    to.writeInt(beat.currentIssue() == null ? NO_ISSUE : beat.currentIssue());
  }

  private static Beat beat(Decoder from) throws IOException {
    Stamp stamp = stamp(from);
    String status = readText(from);
    String provider = readText(from);
    String repo = readText(from);
    int issue = from.readInt();
    return new Beat(stamp, status, provider, repo, issue == NO_ISSUE ? null : issue);
  }

  private static void registration(Registration said, Encoder to) throws IOException {
    stamp(said.stamp(), to);
    writeText(said.role(), to);
    writeTexts(said.capabilities(), to);
    to.writeInt(said.slots());
    writeTexts(said.subscribedEventTypes(), to);
    to.writeLong(said.allocatedInputTokens() == null ? NO_TOKENS : said.allocatedInputTokens());
  }

  private static Registration registration(Decoder from) throws IOException {
    Stamp stamp = stamp(from);
    String role = readText(from);
    var capabilities = readTexts(from);
    int slots = from.readInt();
    var subscribed = readTexts(from);
    long tokens = from.readLong();
    return new Registration(
        stamp, role, capabilities, slots, subscribed, tokens == NO_TOKENS ? null : tokens);
  }

  private static void stamp(Stamp stamp, Encoder to) throws IOException {
    to.writeLong(stamp.occurredAtMs());
    to.writeLong(stamp.tie());
  }

  private static Stamp stamp(Decoder from) throws IOException {
    return new Stamp(from.readLong(), from.readLong());
  }
}
