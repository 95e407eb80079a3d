package io.conductore.agent.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How files of other people's making are parsed: within limits, and with exact decimals. */
final class RunJson {
  private static final int NESTING_MAX = 500;

  private RunJson() {}

  static ObjectMapper mapper() {
    JsonFactory factory = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxStringLength(BoundedLines.LINE_BYTES_MAX)
            .maxNestingDepth(NESTING_MAX)
            .build())
        // Tool inputs hold arbitrary keys; interning them would keep them for the life of the
        // process.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /** For text that holds one JSON value and nothing behind it. */
  static ObjectReader wholeText() {
    return mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
