package io.conductore.query.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of tokens.yaml.
 *
 * @param name who holds it; two entries may share it, so that one can follow the other
 * @param agentId with the role agent only
 * @param hash hexadecimal, see {@link TokenSecret}
 * @param expires never, when null
 */
public record Token(
    String name,
    Role role,
    @Nullable String agentId,
    String hash,
    Instant created,
    @Nullable Instant expires) {

  boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  Caller caller() {
    return new Caller(name, role, agentId);
  }

  boolean isForTheSameAs(Token other) {
    return role == other.role && String.valueOf(agentId).equals(String.valueOf(other.agentId));
  }
}
