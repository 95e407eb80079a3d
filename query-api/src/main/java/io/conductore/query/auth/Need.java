package io.conductore.query.auth;

import java.util.Set;

/** What a route asks of its caller. */
public enum Need {
  /** Nobody is asked. */
  NOTHING,

  /** No token: the request is signed, and the route checks that. */
  SIGNATURE,

  /** Any token. */
  READ,

  /** Any token, but an agent asks about itself only. */
  READ_OWN,

  /** An agent for itself, or an operator for any. */
  ACT_AS_SELF,

  OPERATE;

  /** Empty when no token is asked for. */
  public Set<Role> roles() {
    return switch (this) {
      case NOTHING, SIGNATURE -> Set.of();
      case READ, READ_OWN -> Set.of(Role.VIEWER, Role.AGENT, Role.OPERATOR);
      case ACT_AS_SELF -> Set.of(Role.AGENT, Role.OPERATOR);
      case OPERATE -> Set.of(Role.OPERATOR);
    };
  }

  boolean asksForToken() {
    return !roles().isEmpty();
  }

  boolean isAboutOneAgent() {
    return this == READ_OWN || this == ACT_AS_SELF;
  }
}
