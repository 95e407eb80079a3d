package io.conductore.agent.importing;

import io.conductore.agent.ship.EventBatch;
import io.conductore.agent.ship.PostOutcome;
import java.util.List;

/** Where batches go. */
@FunctionalInterface
public interface Destination {
  /** Takes everything and sends nothing: a dry run. */
  Destination NOWHERE = batch -> new PostOutcome.Delivered(batch.size(), List.of());

  PostOutcome post(EventBatch batch) throws InterruptedException;
}
