package io.conductore.query.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of one version of the file. Immutable. */
public final class TokenSet {
  private final String salt;
  private final Rates rates;
  private final List<Token> tokens;
  private final Map<String, Token> byHash = new HashMap<>();

  /** What a secret can come to. */
  sealed interface Match {
    record Valid(Token token) implements Match {}

    record Expired(Instant since) implements Match {}

    record Unknown() implements Match {}
  }

  TokenSet(String salt, Rates rates, List<Token> tokens) {
    this.salt = salt;
    this.rates = rates;
    this.tokens = List.copyOf(tokens);
    tokens.forEach(token -> byHash.put(token.hash(), token));
  }

  /**
   * Looks up by the hash. A table's look-up takes its time from the hash only, which nobody can
   * choose without the salt; the comparison that decides takes the same time always.
   */
  Match match(String secret, Instant now) {
    String hash = TokenSecret.hash(salt, secret);
    Token token = byHash.get(hash);
    if (token == null || !MessageDigest.isEqual(ascii(token.hash()), ascii(hash))) {
      return new Match.Unknown();
    }
    return token.expires() != null && token.isExpired(now)
        ? new Match.Expired(token.expires())
        : new Match.Valid(token);
  }

  public List<Token> tokens() {
    return tokens;
  }

  String salt() {
    return salt;
  }

  Rates rates() {
    return rates;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
