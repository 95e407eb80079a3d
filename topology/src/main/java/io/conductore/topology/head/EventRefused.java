package io.conductore.topology.head;

/**
 * A stage cannot fold this event and never will, on no replay. Nothing was written for it, so it
 * becomes a dead letter and the stream goes on. Any other exception stops the task: then the stores
 * are not to be trusted.
 */
public final class EventRefused extends RuntimeException {
  public EventRefused(String reason) {
    super(reason);
  }

  public EventRefused(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** A sentence for the dead letter. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
