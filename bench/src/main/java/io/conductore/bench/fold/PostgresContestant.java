package io.conductore.bench.fold;

import io.conductore.bench.peer.AppendTransaction.Style;
import io.conductore.bench.peer.PostgresLoad;
import io.conductore.bench.peer.PostgresLoad.Durability;
import io.conductore.bench.peer.PostgresLoad.Shares;
import io.conductore.bench.peer.PostgresServer;
import io.conductore.bench.run.Rounds.Contestant;
import java.time.Duration;

/** The incumbent design, one way of writing an event. */
record PostgresContestant(
    PostgresServer server, Shares shares, Style style, Durability durability, Duration lengthMax)
    implements Contestant {

  @Override
  public String name() {
    return "PostgreSQL, "
        + style.words()
        + (durability == Durability.FLUSHED ? "" : ", not flushed to disk");
  }

  @Override
  public double measure(int round) throws Exception {
    return new PostgresLoad(server.jdbcUrl(), durability)
        .run(shares, style, lengthMax)
        .perSecond();
  }

  /** The same for a shorter time. */
  PostgresContestant of(Duration shorter) {
    return new PostgresContestant(server, shares, style, durability, shorter);
  }
}
