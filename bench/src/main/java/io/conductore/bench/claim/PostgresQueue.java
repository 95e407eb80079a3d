package io.conductore.bench.claim;

import io.conductore.bench.http.ClosedLoop;
import io.conductore.bench.http.Exchange;
import io.conductore.bench.http.LoadOutcome;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The incumbent as a queue: the next waiting row is locked past those that others hold, updated and
 * committed; three round trips of prepared statements a claim, one connection a client.
 */
record PostgresQueue(String jdbcUrl, boolean flushed) {
  private static final int CLAIMED = 200;
  private static final int NOTHING = 204;
  private static final String NEXT = """
      SELECT number FROM queue WHERE state = 'queued'
      ORDER BY priority, approved_at, number LIMIT 1 FOR UPDATE SKIP LOCKED""";
  private static final String TAKE = """
      UPDATE queue SET state = 'assigned', agent = ?, attempt = attempt + 1,
        lease_token = nextval('lease_tokens'), lease_until = now() + interval '30 minutes'
      WHERE number = ?""";

  /** A full table, then claims from all clients at once. */
  LoadOutcome run(int clients, int waiting, Duration length)
      throws SQLException, IOException, InterruptedException {
    fill(waiting);
    List<Connection> connections = new ArrayList<>();
    try {
      List<Exchange> claimers = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        Connection connection = DriverManager.getConnection(jdbcUrl
            + "&prepareThreshold=1&options=-c%20synchronous_commit=" + (flushed ? "on" : "off"));
        connections.add(connection);
        claimers.add(claimer(connection));
      }
      LoadOutcome outcome = new ClosedLoop(length).run(claimers);
      if (outcome.latency().n() >= waiting) {
        throw new IllegalStateException("PostgreSQL's queue ran empty");
      }
      return outcome;
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static Exchange claimer(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    PreparedStatement next = connection.prepareStatement(NEXT);
    PreparedStatement take = connection.prepareStatement(TAKE);
    return ticket -> {
      try {
        return claim(connection, next, take, "bench-" + ticket);
      } catch (SQLException refused) {
        throw new IOException(refused);
      }
    };
  }

  private static int claim(
      Connection connection, PreparedStatement next, PreparedStatement take, String agent)
      throws SQLException {
    try (ResultSet row = next.executeQuery()) {
      if (!row.next()) {
        connection.commit();
        return NOTHING;
      }
      take.setString(1, agent);
      take.setInt(2, row.getInt(1));
    }
    take.executeUpdate();
    connection.commit();
    return CLAIMED;
  }

  private void fill(int waiting) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("""
          DROP TABLE IF EXISTS queue;
          DROP SEQUENCE IF EXISTS lease_tokens;
          CREATE SEQUENCE lease_tokens;
          CREATE TABLE queue (
            number int PRIMARY KEY, title text NOT NULL, priority smallint NOT NULL,
            approved_at timestamptz NOT NULL, state text NOT NULL, agent text,
            attempt int NOT NULL DEFAULT 0, lease_token bigint, lease_until timestamptz
          ) WITH (fillfactor = 50);
          INSERT INTO queue (number, title, priority, approved_at, state)
            SELECT n, 'issue ' || n, n %% 4, now() + n * interval '1 ms', 'queued'
            FROM generate_series(1, %d) AS n;
          CREATE INDEX queue_order ON queue (priority, approved_at, number)
            WHERE state = 'queued';
          ANALYZE queue;
          CHECKPOINT""".formatted(waiting));
    }
  }
}
