package io.conductore.topology.stuck;

/** How far a verdict goes. */
public enum Level {
  /** The agent is told, and nobody else. */
  NUDGE("nudge"),
  /** A person is called, and the agent gets no new work. */
  STUCK("stuck");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /** As answers and files spell it. */
  public String word() {
    return word;
  }
}
