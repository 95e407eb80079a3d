package io.conductore.topology.handoff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** The handed-on records as JSON bytes. Fields are only ever added; readers skip unknown ones. */
public final class Handoff {
  /** The key of what goes to every partition. */
  public static final String EVERYONE = "*";

  private static final int NESTING_MAX = 100;
  private static final JsonMapper MAPPER = JsonMapper.builder(
          com.fasterxml.jackson.core.JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
              .build())
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private Handoff() {}

  public static byte[] bytes(Object record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException ourMistake) {
      throw new IllegalStateException(ourMistake);
    }
  }

  /** Throws an IOException that says what is wrong with the bytes. */
  public static <R> R read(byte[] bytes, Class<R> type) throws IOException {
    R record = MAPPER.readValue(bytes, type);
    if (record == null) {
      throw new IOException("null is no record");
    }
    return record;
  }
}
