package io.conductore.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One event into PostgreSQL, with its two projections, in one durable transaction. */
public interface AppendTransaction extends AutoCloseable {

  void append(PostgresRow row) throws SQLException;

  @Override
  void close() throws SQLException;

  /** How an event is written. */
  enum Style {
    /** As an application does it: insert, two upserts, commit; four round trips. */
    STATEMENTS("insert, two upserts, commit"),
    /** The least round trips there can be: all three rows in one statement that commits itself. */
    ONE_STATEMENT("one statement with three writes");

    private final String words;

    Style(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    AppendTransaction on(Connection connection) throws SQLException {
      return switch (this) {
        case STATEMENTS -> new Statements(connection);
        case ONE_STATEMENT -> new OneStatement(connection);
      };
    }
  }

  /** {@link Style#STATEMENTS}. */
  final class Statements implements AppendTransaction {
    private final Connection connection;
    private final PreparedStatement event;
    private final PreparedStatement agent;
    private final PreparedStatement budget;

    private Statements(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      this.connection = connection;
      event = connection.prepareStatement(
          "INSERT INTO events (id, stream, type, data, at) VALUES (?, ?, ?, ?::jsonb, ?)"
              + " ON CONFLICT DO NOTHING");
      agent = connection.prepareStatement(
          "INSERT INTO agent_status AS a VALUES (?, 'working', ?, 1) ON CONFLICT (agent) DO"
              + " UPDATE SET last_seen = greatest(a.last_seen, excluded.last_seen),"
              + " events = a.events + 1");
      budget = connection.prepareStatement(
          "INSERT INTO budgets AS b VALUES (?, ?, ?, ?, 1) ON CONFLICT (agent, day) DO"
              + " UPDATE SET tokens = b.tokens + excluded.tokens,"
              + " pico_usd = b.pico_usd + excluded.pico_usd, calls = b.calls + 1");
    }

    @Override
    public void append(PostgresRow row) throws SQLException {
      event.setObject(1, row.id());
      event.setString(2, row.stream());
      event.setString(3, row.type());
      event.setString(4, row.data());
      event.setTimestamp(5, row.at());
      if (event.executeUpdate() == 1) {
        agent.setString(1, row.stream());
        agent.setTimestamp(2, row.at());
        agent.executeUpdate();
        budget.setString(1, row.stream());
        budget.setDate(2, row.day());
        budget.setLong(3, row.tokens());
        budget.setLong(4, row.picoUsd());
        budget.executeUpdate();
      }
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** {@link Style#ONE_STATEMENT}. */
  final class OneStatement implements AppendTransaction {
    private final Connection connection;
    private final PreparedStatement all;

    private OneStatement(Connection connection) throws SQLException {
      this.connection = connection;
      all = connection.prepareStatement("""
              WITH e AS (
                INSERT INTO events (id, stream, type, data, at) VALUES (?, ?, ?, ?::jsonb, ?)
                ON CONFLICT DO NOTHING RETURNING stream, at
              ), a AS (
                INSERT INTO agent_status AS a SELECT stream, 'working', at, 1 FROM e
                ON CONFLICT (agent) DO UPDATE
                SET last_seen = greatest(a.last_seen, excluded.last_seen), events = a.events + 1
              )
              INSERT INTO budgets AS b SELECT stream, ?::date, ?, ?, 1 FROM e
              ON CONFLICT (agent, day) DO UPDATE
              SET tokens = b.tokens + excluded.tokens,
                  pico_usd = b.pico_usd + excluded.pico_usd, calls = b.calls + 1
              """);
    }

    @Override
    public void append(PostgresRow row) throws SQLException {
      all.setObject(1, row.id());
      all.setString(2, row.stream());
      all.setString(3, row.type());
      all.setString(4, row.data());
      all.setTimestamp(5, row.at());
      all.setDate(6, row.day());
      all.setLong(7, row.tokens());
      all.setLong(8, row.picoUsd());
      all.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
