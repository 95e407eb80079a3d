package io.conductore.query.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and hashes tokens. A token is 256 random bits, so one round of HMAC is enough: there is no
 * dictionary to try (docs/decisions/0014-tokens.md).
 */
public final class TokenSecret {
  public static final String PREFIX = "rig_";
  static final int SALT_BYTES = 32;
  static final int HASH_CHARS = 64;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 43;
  private static final String MAC = "HmacSHA256";

  /** What a token looks like, wherever it stands. */
  static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{" + SECRET_CHARS + "}");

  private TokenSecret() {}

  public static String next(SecureRandom random) {
    return PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
  }

  public static String nextSalt(SecureRandom random) {
    return HexFormat.of().formatHex(bytes(random, SALT_BYTES));
  }

  public static String hash(String salt, String secret) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), MAC));
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
