package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch was told of an agent and is not in its state. Depends on the order of arrival,
 * which the agent's state does not; that is why it has a store of its own.
 *
 * @param pool where it works: the one it registered for, else the first that an event named
 * @param stuck sessions that are stuck, oldest first, at most {@link #STUCK_MAX}
 * @param progressedMs the newest progress that was handed on
 */
public record Handed(@Nullable String pool, List<Stuck> stuck, long progressedMs) {
  /** More sessions at once than an agent has slots; the oldest is forgotten first. */
  static final int STUCK_MAX = 8;

  static final Handed NOTHING = new Handed(null, List.of(), 0);
  public static final StateSerde<Handed> SERDE = new HandedSerde();

  /**
   * A session that keeps its agent from getting work.
   *
   * @param verdictId the AGENT_STUCK that said so
   * @param acknowledged a person knows, so it keeps the agent from nothing any more
   */
  public record Stuck(String verdictId, String sessionId, long atMs, boolean acknowledged) {
    Stuck known() {
      return new Stuck(verdictId, sessionId, atMs, true);
    }
  }

  public Handed {
    stuck = List.copyOf(stuck);
  }

  boolean isQuarantined() {
    return stuck.stream().anyMatch(session -> !session.acknowledged());
  }

  Handed pool(@Nullable String next) {
    return new Handed(next, stuck, progressedMs);
  }

  Handed stuck(Stuck session) {
    List<Stuck> next = new ArrayList<>(without(one -> one.sessionId().equals(session.sessionId())));
    next.add(session);
    return sessions(next.subList(Math.max(0, next.size() - STUCK_MAX), next.size()));
  }

  Handed released(Predicate<Stuck> which) {
    return sessions(without(which));
  }

  Handed acknowledged() {
    return sessions(stuck.stream().map(Stuck::known).toList());
  }

  Handed progressed(long atMs) {
    return new Handed(pool, stuck, atMs);
  }

  private Handed sessions(List<Stuck> next) {
    return new Handed(pool, next, progressedMs);
  }

  private List<Stuck> without(Predicate<Stuck> which) {
    return stuck.stream().filter(which.negate()).toList();
  }

  /**
   * Version 1 had the end of one verdict in place of sessions; it ended by itself. Until version 3
   * there was the end of a spent budget, which ADMISSION knows now.
   */
  private static final class HandedSerde extends StateSerde<Handed> {
    private static final int SESSIONS_SINCE = 2;
    private static final int WITHOUT_BUDGET_SINCE = 3;

    private HandedSerde() {
      super(WITHOUT_BUDGET_SINCE);
    }

    @Override
    protected void write(Handed handed, Encoder to) throws IOException {
      writeText(handed.pool(), to);
      to.writeInt(handed.stuck().size());
      for (Stuck session : handed.stuck()) {
        to.writeString(session.verdictId());
        to.writeString(session.sessionId());
        to.writeLong(session.atMs());
        to.writeBoolean(session.acknowledged());
      }
      to.writeLong(handed.progressedMs());
    }

    @Override
    protected Handed read(int writtenVersion, Decoder from) throws IOException {
      String pool = readText(from);
      List<Stuck> stuck = new ArrayList<>();
      if (writtenVersion < SESSIONS_SINCE) {
        from.readLong();
      } else {
        for (int i = from.readInt(); i > 0; i--) {
          stuck.add(
              new Stuck(from.readString(), from.readString(), from.readLong(), from.readBoolean()));
        }
      }
      if (writtenVersion < WITHOUT_BUDGET_SINCE) {
        from.readLong();
      }
      return new Handed(pool, stuck, from.readLong());
    }
  }
}
