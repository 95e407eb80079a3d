package io.conductore.bench.peer;

import java.util.Map;

/**
 * What the incumbent runs with: durable commits as it ships, and more memory and fewer checkpoints
 * than it ships with, so that nobody can say it was starved.
 */
final class PostgresSettings {
  static final String USER = "postgres";
  static final Map<String, String> SERVER = Map.of(
      "synchronous_commit", "on",
      "fsync", "on",
      "shared_buffers", "512MB",
      "max_wal_size", "4GB",
      "max_connections", "40",
      "listen_addresses", "127.0.0.1");

  private PostgresSettings() {}
}
