package io.conductore.bench.peer;

import io.conductore.bench.mix.EventMix;
import io.conductore.bench.peer.AppendTransaction.Style;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The incumbent at work: sixteen connections, each with its own agents, so that no transaction
 * waits for another one's row and every stream keeps its order.
 */
public final class PostgresLoad {
  public static final int CONNECTIONS = 16;

  private final String jdbcUrl;

  public PostgresLoad(String jdbcUrl, Durability durability) {
    this.jdbcUrl = jdbcUrl + "&prepareThreshold=1&options=" + durability.option;
  }

  /** When PostgreSQL says that a transaction is done. */
  public enum Durability {
    /** On disk: what the incumbent promises. */
    FLUSHED("-c%20synchronous_commit=on"),
    /** In memory, on disk soon after: what a broker's acknowledgement on one machine is worth. */
    BUFFERED("-c%20synchronous_commit=off");

    private final String option;

    Durability(String option) {
      this.option = option;
    }
  }

  /** What a load came to; transactions, a duplicate counts as one. */
  public record Outcome(long transactions, double perSecond) {}

  /** The rows of each connection, prepared before the clock starts. */
  public record Shares(List<List<PostgresRow>> rows) {
    public static Shares of(EventMix mix, int events) {
      List<List<PostgresRow>> shares = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        shares.add(new ArrayList<>());
      }
      for (int i = 0; i < events; i++) {
        PostgresRow row = PostgresRow.of(mix.next());
        shares.get(Math.floorMod(row.stream().hashCode(), CONNECTIONS)).add(row);
      }
      return new Shares(shares);
    }
  }

  /** Empty tables, then events until the first connection has no more or the time is up. */
  public Outcome run(Shares shares, Style style, Duration lengthMax)
      throws SQLException, IOException, InterruptedException {
    createTables();
    List<Writer> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      LoadClock clock = new LoadClock(lengthMax);
      for (List<PostgresRow> share : shares.rows()) {
        Connection connection = DriverManager.getConnection(jdbcUrl);
        writers.add(new Writer(style.on(connection), share, clock));
      }
      clock.start();
      List<Future<Long>> running = writers.stream().map(threads::submit).toList();
      long transactions = 0;
      for (Future<Long> writer : running) {
        transactions += writer.get();
      }
      return new Outcome(transactions, transactions / clock.seconds());
    } catch (ExecutionException e) {
      throw new SQLException("a connection gave up", e.getCause());
    }
  }

  public String version() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SHOW server_version")) {
      answer.next();
      return answer.getString(1);
    }
  }

  private void createTables() throws SQLException, IOException {
    try (InputStream schema = PostgresLoad.class.getResourceAsStream("/postgres/schema.sql")) {
      if (schema == null) {
        throw new IOException("schema.sql is not on the class path");
      }
      String sql = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
      try (Connection connection = DriverManager.getConnection(jdbcUrl);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
        statement.execute("CHECKPOINT");
      }
    }
  }

  /** When the load stops: for all connections at once. */
  private static final class LoadClock {
    private final Duration lengthMax;
    private long startNanos;
    private volatile long endNanos;

    private LoadClock(Duration lengthMax) {
      this.lengthMax = lengthMax;
    }

    private void start() {
      startNanos = System.nanoTime();
      endNanos = startNanos + lengthMax.toNanos();
    }

    private boolean running() {
      return System.nanoTime() - endNanos < 0;
    }

    private synchronized void stop() {
      endNanos = Math.min(endNanos, System.nanoTime());
    }

    private double seconds() {
      return (endNanos - startNanos) / 1e9;
    }
  }

  /** One connection with its share of the events. */
  private record Writer(AppendTransaction transaction, List<PostgresRow> share, LoadClock clock)
      implements Callable<Long> {
    @Override
    public Long call() throws SQLException {
      try (transaction) {
        long committed = 0;
        for (PostgresRow row : share) {
          if (!clock.running()) {
            return committed;
          }
          transaction.append(row);
          committed++;
        }
        clock.stop();
        return committed;
      }
    }
  }
}
