package io.conductore.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** A small JSON object as a request's body; a wrong field is a problem that names it. */
public final class JsonBody {
  private static final int BYTES_MAX = 65_536;
  private static final int TEXT_CHARS_MAX = 200;

  private final JsonNode fields;

  private JsonBody(JsonNode fields) {
    this.fields = fields;
  }

  public static JsonBody of(Context ctx) {
    byte[] body = Body.read(ctx);
    if (body.length > BYTES_MAX) {
      throw new ProblemException(Problem.bodyTooLarge(BYTES_MAX));
    }
    try {
      // Nothing is an object without fields: some routes need none.
      JsonNode fields =
          body.length == 0 ? Answers.READER.createObjectNode() : Answers.READER.readTree(body);
      if (!fields.isObject()) {
        throw new ProblemException(Problem.malformedJson("The body must be a JSON object."));
      }
      return new JsonBody(fields);
    } catch (IOException notJson) {
      throw new ProblemException(Problem.malformedJson("The body is not JSON."));
    }
  }

  public Optional<String> text(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asText();
    boolean good = value.isTextual()
        && !text.isBlank()
        && text.length() <= TEXT_CHARS_MAX
        && text.chars().noneMatch(Character::isISOControl);
    if (!good) {
      throw wrong(name, "must be a text of 1 to " + TEXT_CHARS_MAX + " characters.");
    }
    return Optional.of(text);
  }

  public String requiredText(String name) {
    return text(name).orElseThrow(() -> wrong(name, "is required."));
  }

  public long requiredWhole(String name) {
    JsonNode value = fields.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(name, "must be a whole number from 0.");
    }
    return value.longValue();
  }

  private static ProblemException wrong(String name, String rule) {
    return new ProblemException(Problem.invalidParameter(name, name + " " + rule));
  }
}
