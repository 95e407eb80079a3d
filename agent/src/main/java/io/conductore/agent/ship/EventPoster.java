package io.conductore.agent.ship;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts batches to {@code /api/events} and does not let go of one before the API has answered for
 * it or the patience has run out. For one thread.
 */
public final class EventPoster implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final int PROBLEM_BYTES_MAX = 1 << 20;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final byte[] NOTHING = {};

  private final URI events;
  private final URI alive;
  private final HttpClient http;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Pause pause;
  private final @Nullable String token;

  /** One try at a batch. */
  private sealed interface Attempt {
    record Taken() implements Attempt {}

    record Problematic(int status, Problem problem) implements Attempt {}

    record Later(String why, Duration retryAfter) implements Attempt {}
  }

  /** @param url where the API is, without a path */
  public EventPoster(URI url, Backoff backoff, InstantSource clock, Pause pause) {
    this(url, backoff, clock, pause, null);
  }

  /** @param token for an API that asks who calls */
  public EventPoster(
      URI url, Backoff backoff, InstantSource clock, Pause pause, @Nullable String token) {
    String base = url.toString().replaceAll("/+$", "");
    this.events = URI.create(base + "/api/events");
    this.alive = URI.create(base + "/healthz/live");
    this.backoff = backoff;
    this.clock = clock;
    this.pause = pause;
    this.token = token;
    // HTTP/1.1, because the default asks for an upgrade with every first request, which proxies
    // drop.
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  /**
   * Whether anything at all answers, asked once: the difference between "not started" and "busy".
   */
  public boolean somebodyAnswers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(alive).timeout(CONNECT_TIMEOUT).GET().build();
    try {
      http.send(request, BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends the batch, again where that can help, without the events that the API names as wrong. */
  public PostOutcome post(EventBatch batch) throws InterruptedException {
    Set<Integer> dropped = new HashSet<>();
    List<PostOutcome.RefusedEvent> refused = new ArrayList<>();
    int failures = 0;
    while (dropped.size() < batch.size()) {
      List<Integer> sent = positions(batch, dropped);
      switch (attempt(batch.body(dropped))) {
        case Attempt.Taken taken -> {
          return new PostOutcome.Delivered(sent.size(), refused);
        }
        case Attempt.Problematic answer -> {
          List<PostOutcome.RefusedEvent> named = named(answer.problem(), sent);
          if (named.isEmpty()) {
            return new PostOutcome.Refused(answer.status(), answer.problem().detail());
          }
          drop(named, dropped, refused);
        }
        case Attempt.Later later -> {
          if (++failures >= backoff.attemptsMax()) {
            return new PostOutcome.Unreachable("%s, %d times".formatted(later.why(), failures));
          }
          pause.sleep(backoff.after(failures, later.retryAfter()));
        }
      }
    }
    return new PostOutcome.Delivered(0, refused);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static List<Integer> positions(EventBatch batch, Set<Integer> without) {
    List<Integer> positions = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      if (!without.contains(i)) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** The named events by their position in the whole batch; the answer counts in what was sent. */
  private static List<PostOutcome.RefusedEvent> named(Problem problem, List<Integer> sent) {
    return problem.events().stream()
        .filter(event -> event.index() >= 0 && event.index() < sent.size())
        .map(event ->
            new PostOutcome.RefusedEvent(sent.get(event.index()), event.field(), event.detail()))
        .toList();
  }

  /** An answer may name one event for several fields; the first is enough to refuse it. */
  private static void drop(
      List<PostOutcome.RefusedEvent> named,
      Set<Integer> dropped,
      List<PostOutcome.RefusedEvent> refused) {
    for (PostOutcome.RefusedEvent event : named) {
      if (dropped.add(event.index())) {
        refused.add(event);
      }
    }
  }

  private Attempt attempt(byte[] body) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(events)
        .timeout(REQUEST_TIMEOUT)
        .header("Content-Type", "application/x-ndjson")
        .header("Accept", "application/json, application/problem+json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), EventPoster::answerBody);
      int status = response.statusCode();
      if (status / 100 == 2) {
        return new Attempt.Taken();
      }
      Problem problem = Problem.of(status, response.body());
      boolean later = status == TIMEOUT || status == TOO_MANY || status / 100 == 5;
      return later
          ? new Attempt.Later("HTTP " + status + ": " + problem.detail(), retryAfter(response))
          : new Attempt.Problematic(status, problem);
    } catch (IOException e) {
      return new Attempt.Later(why(e), Duration.ZERO);
    }
  }

  /** A good answer lists every event, which nobody here reads; a problem is kept, up to a limit. */
  private static HttpResponse.BodySubscriber<byte[]> answerBody(HttpResponse.ResponseInfo info) {
    return info.statusCode() / 100 == 2
        ? BodySubscribers.replacing(NOTHING)
        : BodySubscribers.limiting(BodySubscribers.ofByteArray(), PROBLEM_BYTES_MAX);
  }

  /** Seconds or a date, as HTTP allows; zero when there is none or it cannot be read. */
  private Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    try {
      if (value.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(value));
      }
      Duration until = Duration.between(
          clock.instant(),
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT)));
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static String why(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
