package io.conductore.query.auth;

import java.util.Set;

/** What a route asks of its caller. */
public enum Need {
  /** Nobody is asked. */
  NOTHING(Set.of()),

  /** No token: the request is signed, and the route checks that. */
  SIGNATURE(Set.of()),

  /** Any token. */
  READ(Set.of(Role.VIEWER, Role.AGENT, Role.OPERATOR)),

  /** Any token, but an agent asks about itself only. */
  READ_OWN(Set.of(Role.VIEWER, Role.AGENT, Role.OPERATOR)),

  /** An agent for itself, or an operator for any. */
  ACT_AS_SELF(Set.of(Role.AGENT, Role.OPERATOR)),

  OPERATE(Set.of(Role.OPERATOR));

  private final Set<Role> roles;

  Need(Set<Role> roles) {
    this.roles = roles;
  }

  /** Empty when no token is asked for. */
  public Set<Role> roles() {
    return roles;
  }

  boolean asksForToken() {
    return !roles.isEmpty();
  }

  boolean isAboutOneAgent() {
    return this == READ_OWN || this == ACT_AS_SELF;
  }
}
