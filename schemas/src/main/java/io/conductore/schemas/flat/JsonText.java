package io.conductore.schemas.flat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A JSON value that nobody here looks into, as text. Its depth and numbers are bounded too, because
 * what is accepted once is read and printed for ever: 1e99999999 is short to write and fills a
 * reader's memory.
 */
final class JsonText {
  /** One text for 100.0 and 1E+2, so that reading back what was written gives the same again. */
  private static final ObjectWriter PLAIN = JsonMapper.builder()
      .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .build()
      .writer();

  private JsonText() {}

  /** The text, or empty when it is beyond a limit. */
  static Optional<String> of(JsonNode node, int charsMax) {
    if (!isTame(node, FlatLimits.JSON_DEPTH_MAX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(PLAIN.writeValueAsString(node)).filter(text -> text.length() <= charsMax);
    } catch (JsonProcessingException unprintable) {
      return Optional.empty();
    }
  }

  private static boolean isTame(JsonNode node, int levelsLeft) {
    if (node.isNumber()) {
      return isTame(node);
    }
    if (node.isContainerNode() && levelsLeft == 0) {
      return false;
    }
    for (JsonNode child : node) {
      if (!isTame(child, levelsLeft - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTame(JsonNode number) {
    if (!number.isBigDecimal()) {
      return Double.isFinite(number.doubleValue());
    }
    BigDecimal value = number.decimalValue();
    return Math.abs((long) value.scale()) <= FlatLimits.JSON_NUMBER_SCALE_MAX
        && value.precision() <= FlatLimits.JSON_NUMBER_SCALE_MAX;
  }
}
