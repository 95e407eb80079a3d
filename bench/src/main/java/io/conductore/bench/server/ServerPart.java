package io.conductore.bench.server;

/** What of the running product a run measures. */
public enum ServerPart {
  HTTP,
  MEMORY
}
