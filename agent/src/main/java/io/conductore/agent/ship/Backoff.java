package io.conductore.agent.ship;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time, up to a limit, and half of it by
 * chance, so that many clients of one restarted server do not come back at once.
 *
 * @param attemptsMax how often a batch is sent at most
 */
public record Backoff(Duration first, Duration longest, int attemptsMax, RandomGenerator random) {
  /** A server that asks for more patience than this gets no more than this. */
  static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(60);

  private static final int DOUBLINGS_MAX = 30;

  /** Patient enough for a server that restarts: about a minute in all. */
  public static Backoff patient(RandomGenerator random) {
    return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15), 9, random);
  }

  /**
   * The wait after this many failed attempts.
   *
   * @param attempts at least 1
   * @param asked what the server asked for; zero when nothing. Never less is waited, up to a limit.
   */
  Duration after(int attempts, Duration asked) {
    long doubled = first.toMillis() << Math.min(attempts - 1, DOUBLINGS_MAX);
    long full = Math.min(Math.max(doubled, 1), longest.toMillis());
    Duration wait = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    Duration atLeast = asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked;
    return wait.compareTo(atLeast) < 0 ? atLeast : wait;
  }
}
