package io.conductore.query.auth;

/** Whether callers are asked who they are. */
public sealed interface Access {
  /** @param why for the people who run it, such as "loopback only" */
  record Off(String why) implements Access {}

  record ByToken(TokenWatch tokens) implements Access {}

  /** What the start and /healthz say. */
  default String words() {
    return switch (this) {
      case Off(String why) -> "off: " + why;
      case ByToken on -> "on";
    };
  }
}
