package io.conductore.schemas.evidence;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Short fingerprints of what an agent put in and got back, equal when the work was the same. They
 * are what the stuck patterns compare, so two producers of one event must use this class and no
 * other rule.
 *
 * <p>Sixteen hex characters of SHA-256: within one session of some thousand calls an accidental
 * match is out of reach, and a digest in every event stays short.
 */
public final class Digests {
  private static final int HEX_CHARS = 16;

  private Digests() {}

  /**
   * Fingerprint of output or error text, blind to what changes by itself; see {@link VolatileText}.
   */
  public static String ofText(String text) {
    return exactly(VolatileText.normalised(text));
  }

  /** Fingerprint of a text as it stands. */
  public static String exactly(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static String ofBytes(byte[] bytes, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, length);
    return hex(digest.digest());
  }

  /** The first bytes of a SHA-256 as text. */
  public static String hex(byte[] sha256) {
    return HexFormat.of().formatHex(sha256).substring(0, HEX_CHARS);
  }

  /**
   * Fingerprint of a tool's input: JSON with its keys sorted and nothing else changed, because
   * other arguments are other work even where they look like times or paths.
   *
   * <p>One field is left out: the {@code description} beside a {@code command}. It is the model's
   * remark on the command, it is not run, and models vary it while they repeat the command.
   */
  public static String ofInput(JsonNode input) {
    JsonNode executed = input;
    if (input instanceof ObjectNode object
        && object.path("command").isTextual()
        && object.path("description").isTextual()) {
      ObjectNode copy = object.deepCopy();
      copy.remove("description");
      executed = copy;
    }
    return exactly(canonical(executed));
  }

  /** The JSON text of a node with the keys of every object in order. */
  public static String canonical(JsonNode node) {
    StringBuilder out = new StringBuilder();
    canonical(node, out);
    return out.toString();
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Recursion is safe: the parser refuses nesting beyond a thousand. */
  private static void canonical(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      out.append('{');
      for (String name : names) {
        quoted(name, out);
        out.append(':');
        canonical(node.path(name), out);
        out.append(',');
      }
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      for (JsonNode item : node) {
        canonical(item, out);
        out.append(',');
      }
      out.append(']');
    } else if (node.isTextual()) {
      quoted(node.textValue(), out);
    } else {
      out.append(node);
    }
  }

  private static void quoted(String text, StringBuilder out) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }
}
