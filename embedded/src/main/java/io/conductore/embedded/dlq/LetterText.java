package io.conductore.embedded.dlq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a letter for a terminal: text where they are text, else hexadecimal; never control
 * characters.
 */
public final class LetterText {
  private LetterText() {}

  public static String of(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "(null)";
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean printable =
          text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
      return printable ? text : hex(bytes);
    } catch (CharacterCodingException notText) {
      return hex(bytes);
    }
  }

  /** One line of at most so many characters. */
  public static String line(String text, int charsMax) {
    String flat = text.replaceAll("\\s+", " ");
    return flat.length() <= charsMax ? flat : flat.substring(0, charsMax - 1) + "…";
  }

  /** All there is to one letter. */
  public static String whole(DeadLetter letter) {
    StringBuilder text = new StringBuilder();
    text.append("place    ").append(letter.place()).append('\n');
    text.append("time     ").append(letter.time()).append('\n');
    text.append("source   ").append(letter.source()).append('\n');
    text.append("reason   ").append(letter.reason()).append('\n');
    for (Header header : letter.record().headers()) {
      text.append("header   ").append(header.key()).append(" = ");
      text.append(line(of(header.value()), 500)).append('\n');
    }
    text.append("key      ").append(of(letter.record().key())).append('\n');
    text.append("value    ").append(of(letter.record().value()));
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
