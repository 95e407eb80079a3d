package io.conductore.agent.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.importing.Destination;
import io.conductore.agent.ship.EventBatch;
import io.conductore.agent.ship.Pause;
import io.conductore.agent.ship.PostOutcome;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ships in batches and does not give up: a batch that nobody takes is offered again. For one
 * thread.
 */
final class Outbox {
  /** Beside the patience of the poster itself, which is about a minute. */
  static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private static final Set<Integer> OF_THE_BATCH = Set.of(400, 413, 415, 422);

  private final Destination destination;
  private final Pause pause;
  private final Consumer<String> say;
  private EventBatch batch = new EventBatch();
  private long delivered;
  private long refused;

  Outbox(Destination destination, Pause pause, Consumer<String> say) {
    this.destination = destination;
    this.pause = pause;
    this.say = say;
  }

  void take(ObjectNode event) throws InterruptedException {
    if (!batch.add(event)) {
      ship();
      batch.add(event);
    }
  }

  /** Returns when everything that was taken is answered for. */
  void ship() throws InterruptedException {
    boolean away = false;
    while (!batch.isEmpty()) {
      switch (destination.post(batch)) {
        case PostOutcome.Delivered done -> {
          delivered += done.events();
          refused += done.refused().size();
          done.refused()
              .forEach(
                  event -> say.accept("refused  %s %s".formatted(event.field(), event.detail())));
          batch = new EventBatch();
        }
        case PostOutcome.Refused whole -> refused(whole);
        case PostOutcome.Unreachable nobody -> {
          if (!away) {
            say.accept("waiting  " + nobody.detail());
          }
          away = true;
          pause.sleep(AGAIN_AFTER);
        }
      }
    }
    if (away) {
      say.accept("goes on");
    }
  }

  /** What is wrong with the batch stays wrong; a token or an address may be put right. */
  private void refused(PostOutcome.Refused whole) throws InterruptedException {
    say.accept(
        "refused  %d events: HTTP %d: %s".formatted(batch.size(), whole.status(), whole.detail()));
    if (OF_THE_BATCH.contains(whole.status())) {
      refused += batch.size();
      batch = new EventBatch();
    } else {
      pause.sleep(AGAIN_AFTER);
    }
  }

  long delivered() {
    return delivered;
  }

  long refused() {
    return refused;
  }
}
