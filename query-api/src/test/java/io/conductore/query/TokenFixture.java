package io.conductore.query;

import io.conductore.query.auth.Access;
import io.conductore.query.auth.Role;
import io.conductore.query.auth.TokenFile;
import io.conductore.query.auth.TokenWatch;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A token file in a folder, and the access that watches it. */
final class TokenFixture {
  private final TokenFile file;
  private final InstantSource clock;

  TokenFixture(Path folder, InstantSource clock) {
    this.file = new TokenFile(folder.resolve("tokens.yaml"));
    this.clock = clock;
  }

  /** The secret of a new token. */
  String add(String name, Role role, @Nullable String agentId, @Nullable Instant expires) {
    TokenFile.Wish wish = new TokenFile.Wish(name, role, agentId, expires);
    TokenFile.Change change = file.add(wish, new SecureRandom(), clock.instant());
    if (change instanceof TokenFile.Change.Added added) {
      return added.secret();
    }
    throw new AssertionError(change);
  }

  String viewer() {
    return add("screen", Role.VIEWER, null, null);
  }

  String agent(String agentId) {
    return add(agentId, Role.AGENT, agentId, null);
  }

  String operator() {
    return add("ops", Role.OPERATOR, null, null);
  }

  TokenFile file() {
    return file;
  }

  Access access() {
    TokenWatch.Start start = TokenWatch.open(file.path(), clock);
    if (start instanceof TokenWatch.Start.Watching watching) {
      return new Access.ByToken(watching.watch());
    }
    throw new AssertionError(start);
  }

  static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }
}
