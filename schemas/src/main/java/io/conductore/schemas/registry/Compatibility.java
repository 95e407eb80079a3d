package io.conductore.schemas.registry;

/** The registry's rule for a subject's next version, by the names that the REST API uses. */
public enum Compatibility {
  BACKWARD,
  /** What the logs need: the newest reader reads everything ever written, as a rebuild does. */
  BACKWARD_TRANSITIVE,
  FORWARD,
  FORWARD_TRANSITIVE,
  FULL,
  FULL_TRANSITIVE,
  NONE
}
