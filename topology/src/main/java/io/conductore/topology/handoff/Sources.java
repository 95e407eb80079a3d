package io.conductore.topology.handoff;

/**
 * The source of events that a stage derives for a log. No door takes them from outside: what a
 * stage says of itself is not to be forged.
 */
public final class Sources {
  public static final String DISPATCH = "dispatch";
  public static final String LIFECYCLE = "lifecycle";
  public static final String ESCALATION = "escalation";
  public static final String ADMISSION = "admission";

  private Sources() {}
}
