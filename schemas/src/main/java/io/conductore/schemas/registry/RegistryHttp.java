package io.conductore.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to whichever base URL answers: timeouts, fail-over, backoff, a limit on the answer.
 * Repeating is safe because every request of the API that we use has the same effect twice as once.
 * Thread-safe.
 */
final class RegistryHttp {
  static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

  /** Bounds a call even if the clock stands still or steps back. */
  static final int ATTEMPTS_MAX = 50;

  static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(1);

  private static final Logger LOGGER = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryConfig config;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private final HttpClient http;

  /** The base URL that answered last, so that a dead first one costs its timeout only once. */
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(
      RegistryConfig config, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    // No redirects: they would carry the credential to wherever the answer points.
    this.http = HttpClient.newBuilder()
        .connectTimeout(config.connect())
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  record Call(String method, String path, @Nullable String body) {}

  /** A reply that means something, or the reason why there is none. */
  sealed interface Answer {
    /** Any status that a retry would not change; the body is missing if it was not JSON. */
    record Reply(int status, JsonNode body, String detail) implements Answer {}

    record NoAnswer(String why, Duration retryAfter) implements Answer {}
  }

  /** What one attempt came to. */
  private sealed interface Attempt {
    record Answered(Answer.Reply reply) implements Attempt {}

    record Failed(String why, Duration retryAfter, boolean again) implements Attempt {}
  }

  /** Sends until something answers, the budget is used up, or a failure is final. */
  Answer send(Call call, Duration budget) {
    Instant deadline = clock.instant().plus(budget);
    int doors = config.baseUrls().size();
    int first = preferred.get();
    Attempt.Failed last = failed("no time left to ask", true);
    for (int n = 0; n < ATTEMPTS_MAX && last.again(); n++) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (left.isNegative() || left.isZero()) {
        break;
      }
      int door = (first + n) % doors;
      Attempt attempt = attempt(config.baseUrls().get(door), call, shorter(left, config.request()));
      if (attempt instanceof Attempt.Answered answered) {
        preferred.set(door);
        return answered.reply();
      }
      last = (Attempt.Failed) attempt;
      Duration pause = pauseAfter(last, n, doors);
      boolean late = pause.compareTo(Duration.between(clock.instant(), deadline)) >= 0;
      if (!last.again() || late || !sleeper.slept(pause)) {
        break;
      }
    }
    return new Answer.NoAnswer(last.why(), longer(last.retryAfter(), RETRY_AFTER_DEFAULT));
  }

  private Duration pauseAfter(Attempt.Failed failure, int n, int doors) {
    boolean othersLeft = (n + 1) % doors != 0;
    if (othersLeft && failure.retryAfter().isZero()) {
      return Duration.ZERO;
    }
    return longer(failure.retryAfter(), config.backoff().pause(n / doors, random));
  }

  private Attempt attempt(URI base, Call call, Duration timeout) {
    HttpRequest request;
    try {
      request = request(base, call);
    } catch (RuntimeException e) {
      // A broken token supplier or a character that a header may not hold. The exception's own
      // words would repeat the secret.
      return failed("the request could not be built: check the credential", false);
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, info -> new BoundedBody(ANSWER_BYTES_MAX));
    Attempt attempt = await(exchange, timeout);
    if (attempt instanceof Attempt.Failed failure) {
      LOGGER
          .atDebug()
          .addKeyValue("baseUrl", base)
          .addKeyValue("path", call.path())
          .addKeyValue("error", failure.why())
          .log("registry attempt failed");
    }
    return attempt;
  }

  private HttpRequest request(URI base, Call call) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + call.path()))
        .header("Accept", MEDIA_TYPE + ", application/json")
        .header("Content-Type", MEDIA_TYPE);
    config.auth().header().ifPresent(value -> builder.header("Authorization", value));
    String body = call.body();
    return builder
        .method(
            call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  /**
   * Waits here rather than by HttpRequest.timeout, which stops counting when the headers are in.
   */
  private Attempt await(CompletableFuture<HttpResponse<byte[]>> exchange, Duration timeout) {
    try {
      return judge(exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return failed("no answer within " + timeout.toMillis() + " ms", true);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return failed("interrupted while waiting for an answer", false);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return failed(Wording.of(cause), !(cause instanceof BoundedBody.TooLarge));
    }
  }

  private Attempt judge(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = json(response.body());
    String detail = Wording.ofError(body, response.body());
    if (status == 429 || status == 408 || status >= 500) {
      Duration asked = RetryAfter.of(response.headers(), clock.instant());
      return new Attempt.Failed("status " + status + ": " + detail, asked, true);
    }
    if (status >= 200 && status < 300 && body.isMissingNode()) {
      return failed("status " + status + " with a body that is not JSON", true);
    }
    return new Attempt.Answered(new Answer.Reply(status, body, detail));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Attempt.Failed failed(String why, boolean again) {
    return new Attempt.Failed(why, Duration.ZERO, again);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
