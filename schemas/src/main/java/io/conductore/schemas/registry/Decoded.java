package io.conductore.schemas.registry;

import java.time.Duration;

/** What bytes from a topic turned out to be. Every case says what the caller should do next. */
public sealed interface Decoded<T> {
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * Not what it claims to be, or newer than this program can read: dead-letter, replay after an
   * upgrade.
   */
  record Malformed<T>(String reason) implements Decoded<T> {}

  /** Nobody knows the writer's schema: dead-letter, and replay once it has been registered. */
  record UnknownSchema<T>(int id, String why) implements Decoded<T> {}

  /** Decode again after the pause; give up and dead-letter after a bounded time. */
  record RegistryAway<T>(int id, String why, Duration retryAfter) implements Decoded<T> {}
}
