package io.conductore.embedded.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.embedded.e2e.ClaimHistory.Seen;
import io.conductore.embedded.e2e.ClaimHistory.Try;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Agents that claim at once, each a thread of its own. A claim begins when it gets a permit, so
 * that whoever kills the process knows that work remains; once begun it is tried with its key until
 * the answer says what it came to.
 */
final class ClaimFleet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COME_AGAIN = Duration.ofMillis(20);

  private final RigProcess rig;
  private final ClaimHistory history = new ClaimHistory();
  private final Semaphore permits = new Semaphore(0);
  private final AtomicInteger given = new AtomicInteger();
  private final List<Thread> claimers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
  private volatile boolean done;

  ClaimFleet(RigProcess rig) {
    this.rig = rig;
  }

  void start(int agents) {
    for (int i = 0; i < agents; i++) {
      String agent = "claimer-" + i;
      claimers.add(Thread.ofVirtual()
          .uncaughtExceptionHandler((thread, error) -> errors.add(error))
          .start(() -> work(agent)));
    }
  }

  /** So many claims more may begin. */
  void permit(int claims) {
    permits.release(claims);
  }

  /** Claims that were given something so far; throws what went wrong in a claimer. */
  int given() {
    errors.stream().findFirst().ifPresent(error -> {
      throw new AssertionError("a claimer gave up", error);
    });
    return given.get();
  }

  /** Returns when every claimer has made a last claim. */
  ClaimHistory finish() throws InterruptedException {
    done = true;
    permits.release(claimers.size());
    for (Thread claimer : claimers) {
      claimer.join();
    }
    return history;
  }

  private void work(String agent) {
    int number = 0;
    boolean goesOn = true;
    while (goesOn) {
      permits.acquireUninterruptibly();
      goesOn = !done;
      Seen seen = claim(agent, agent + "-claim-" + number++);
      if (seen instanceof Seen.Ok) {
        given.incrementAndGet();
      } else if (goesOn) {
        // Somebody has to take the issue that this claim did not get.
        permits.release();
        LockSupport.parkNanos(COME_AGAIN.toNanos());
      }
    }
  }

  private Seen claim(String agent, String key) {
    Seen seen = attempt(agent, key);
    while (seen instanceof Seen.Unknown) {
      LockSupport.parkNanos(COME_AGAIN.toNanos());
      seen = attempt(agent, key);
    }
    return seen;
  }

  private Seen attempt(String agent, String key) {
    long invokedNs = System.nanoTime();
    Seen seen = ask(agent, key);
    history.add(new Try(agent, key, invokedNs, System.nanoTime(), seen));
    return seen;
  }

  private Seen ask(String agent, String key) {
    try {
      HttpResponse<String> answer =
          rig.get("/api/assignments/next?agentId=" + agent, "Idempotency-Key", key);
      return switch (answer.statusCode()) {
        case 200 -> assignment(JSON.readTree(answer.body()));
        case 204 -> new Seen.Fail(answer.headers().firstValue("Reason").orElse("none given"));
        case 503 -> new Seen.Unknown();
        default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
      };
    } catch (IOException away) {
      return new Seen.Unknown();
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static Seen assignment(JsonNode body) {
    return new Seen.Ok(
        body.path("streamId").asText(),
        body.path("attempt").asInt(),
        body.path("leaseToken").asLong());
  }
}
