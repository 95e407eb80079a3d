package io.conductore.query.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token is for. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Reads, and speaks and takes work as the one agent that its token names. */
  AGENT,
  /** Everything. */
  OPERATOR;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> ofWord(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
