package io.conductore.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** Who we say we are to the registry. No case shows its secret in {@code toString}. */
public sealed interface RegistryAuth {
  /**
   * The Authorization header's value, made anew for each attempt because a token may have rotated.
   */
  Optional<String> header();

  static RegistryAuth none() {
    return new None();
  }

  record None() implements RegistryAuth {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  record Basic(String user, String password) implements RegistryAuth {
    public Basic {
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("a basic auth user name cannot contain a colon");
      }
    }

    @Override
    public Optional<String> header() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /** The supplier is asked for each attempt, from any thread, and may read a mounted file. */
  record Bearer(Supplier<String> token) implements RegistryAuth {
    @Override
    public Optional<String> header() {
      // Token files end in a newline, which a header may not hold.
      return Optional.of("Bearer " + token.get().strip());
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
