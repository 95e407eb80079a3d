package io.conductore.agent.transcript;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a SWE-agent run finds: its fingerprint, where the steps are, and the
 * totals that stand behind them. Nothing but one small part of the file is in memory at a time.
 *
 * @param digest fingerprint of the file's bytes
 * @param stepsIn the field that holds the steps; null when neither holds any
 * @param model the model as far as the file tells it
 * @param tokensSent what the run sent to the model in all
 * @param tokensReceived what the model answered in all
 * @param costUsd what the run counted as its cost; null when it counted none
 */
record TrajectoryOutline(
    String digest,
    @Nullable String stepsIn,
    @Nullable String model,
    long tokensSent,
    long tokensReceived,
    @Nullable BigDecimal costUsd) {

  static final String TRAJECTORY = "trajectory";
  static final String HISTORY = "history";

  private static final ObjectMapper JSON = RunJson.mapper();

  /**
   * Reads the whole stream.
   *
   * @throws JacksonException when it is not one JSON object from start to end
   */
  static TrajectoryOutline read(InputStream in) throws IOException {
    MessageDigest digest = Digests.sha256();
    Draft draft = new Draft();
    try (DigestInputStream digested = new DigestInputStream(in, digest)) {
      try (JsonParser parser = JSON.createParser(digested)) {
        parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        draft.readRoot(parser);
      }
      digested.transferTo(OutputStream.nullOutputStream());
    }
    return draft.outline(Digests.hex(digest.digest()));
  }

  /** Collects fields in whatever order the file has them. */
  private static final class Draft {
    private boolean hasTrajectory;
    private boolean hasHistory;
    private JsonNode info = JSON.missingNode();
    private JsonNode replay = JSON.missingNode();

    void readRoot(JsonParser parser) throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case TRAJECTORY -> hasTrajectory = skipItems(parser);
          case HISTORY -> hasHistory = skipItems(parser);
          case "info" -> info = JSON.readTree(parser);
          case "replay_config" -> replay = JSON.readTree(parser);
          default -> parser.skipChildren();
        }
      }
      parser.nextToken();
    }

    TrajectoryOutline outline(String digest) {
      JsonNode stats = info.path("model_stats");
      JsonNode cost = stats.path("instance_cost");
      boolean costs = cost.isNumber() && cost.decimalValue().signum() > 0;
      return new TrajectoryOutline(
          digest,
          hasTrajectory ? TRAJECTORY : hasHistory ? HISTORY : null,
          model(),
          TokenCounts.tokens(stats.path("tokens_sent")),
          TokenCounts.tokens(stats.path("tokens_received")),
          costs ? cost.decimalValue() : null);
    }

    /** The configuration is an object in some versions and its JSON text in others. */
    private @Nullable String model() {
      JsonNode model = config().path("agent").path("model");
      String name = PlainText.textOrNull(model.path("name"));
      return name == null ? PlainText.textOrNull(model.path("model_name")) : name;
    }

    private JsonNode config() {
      try {
        return replay.isTextual() ? JSON.readTree(replay.textValue()) : replay;
      } catch (JacksonException e) {
        return JSON.missingNode();
      }
    }

    /** Passes over an array; true when it has items. */
    private static boolean skipItems(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        return false;
      }
      boolean some = false;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        some = true;
        parser.skipChildren();
      }
      return some;
    }
  }
}
