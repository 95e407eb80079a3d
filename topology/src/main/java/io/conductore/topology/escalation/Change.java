package io.conductore.topology.escalation;

/** What became of one escalation. */
public sealed interface Change {

  /** What an outsider is told; the word is part of rig.escalations. */
  enum Told {
    OPENED,
    CLIMBED,
    ACKNOWLEDGED,
    CLOSED
  }

  /** Keep it and tell of it. */
  record News(Escalation escalation, Told told) implements Change {}

  /** Keep it; nobody is told of a count. */
  record Kept(Escalation escalation) implements Change {}

  /** It closed long ago: no more than some are kept for each subject. */
  record Forgotten(String escalationId) implements Change {}
}
