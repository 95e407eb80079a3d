package io.conductore.query.github;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The secret that GitHub signs its deliveries with. Never printed. */
public final class WebhookSecret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private final SecretKeySpec key;

  /** Refuses an empty one with an IllegalArgumentException: it would sign for everybody. */
  public WebhookSecret(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a webhook secret must not be empty");
    }
    this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Whether X-Hub-Signature-256 signs these bytes; takes the same time however wrong it is. */
  public boolean signs(byte[] body, @Nullable String signature) {
    String expected = PREFIX + HexFormat.of().formatHex(mac(body));
    byte[] given = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given);
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
