package io.conductore.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Instant;

/** Writes answers and problems, and reads JSON within limits. */
public final class Answers {
  public static final String POSITION = "X-Position";
  private static final String JSON_TYPE = "application/json";
  private static final long ROUND_UP_MS = 999;
  private static final int NESTING_MAX = 64;
  private static final int NUMBER_CHARS_MAX = 100;

  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(NESTING_MAX)
              .maxNumberLength(NUMBER_CHARS_MAX)
              .build())
          .build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .defaultPropertyInclusion(
          JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
      .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
      .build();
  private static final ObjectWriter WRITER = MAPPER.writer();

  /** Reads JSON trees with exact decimals and bounded depth. */
  public static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private Answers() {}

  public static void json(Context ctx, Object body) {
    ctx.contentType(JSON_TYPE).result(bytes(body));
  }

  public static void problem(Context ctx, Problem problem) {
    if (problem.retryAfter() != null) {
      long seconds = Math.max(1, problem.retryAfter().plusMillis(ROUND_UP_MS).toSeconds());
      ctx.header(Header.RETRY_AFTER, Long.toString(seconds));
    }
    if (problem.type().equals(Problem.UNAUTHORIZED)) {
      ctx.header(Header.WWW_AUTHENTICATE, "Bearer realm=\"rig\"");
    }
    ctx.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(bytes(problem));
  }

  public static byte[] bytes(Object body) {
    try {
      return WRITER.writeValueAsBytes(body);
    } catch (JsonProcessingException ourMistake) {
      throw new IllegalStateException(ourMistake);
    }
  }
}
