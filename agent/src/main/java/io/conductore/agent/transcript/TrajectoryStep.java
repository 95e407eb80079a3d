package io.conductore.agent.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One step of a SWE-agent run.
 *
 * @param said the model's words beside the action
 * @param action the command as it was typed; empty when the model gave none
 * @param folder where the command ran
 */
record TrajectoryStep(
    String said,
    String action,
    String observation,
    @Nullable Long durationMs,
    @Nullable String folder) {

  private static final ObjectReader JSON = RunJson.wholeText();
  private static final double MS_PER_SECOND = 1_000;
  private static final double DURATION_SECONDS_MAX = 1e9;

  /** What the agent's own shell adds to an observation when it is put into the history. */
  private static final Pattern PROMPT = Pattern.compile(
      "\\n?\\(Open file: [^\\n]*\\)\\n\\(Current directory: [^\\n]*\\)\\nbash-\\$\\s*+$");

  private static final Pattern HEADING = Pattern.compile("^OBSERVATION:\\s*+");
  private static final Pattern SPACE = Pattern.compile("\\s");

  /** A step of the trajectory, empty when it is none. */
  static Optional<TrajectoryStep> ofTrajectory(JsonNode step) {
    if (!step.isObject()) {
      return Optional.empty();
    }
    JsonNode thought = step.path("thought");
    JsonNode said = thought.isTextual() ? thought : step.path("response");
    return Optional.of(new TrajectoryStep(
        PlainText.ofContent(said),
        PlainText.ofContent(step.path("action")).strip(),
        PlainText.ofContent(step.path("observation")),
        durationMs(step.path("execution_time")),
        folder(step.path("state"))));
  }

  /**
   * Whether this entry of the history is a step's beginning; demonstrations are part of the prompt.
   */
  static boolean opens(JsonNode entry) {
    return entry.path("role").asText().equals("assistant")
        && !entry.path("is_demo").asBoolean(false);
  }

  /** Whether this entry of the history can be the answer to the one before. */
  static boolean answers(JsonNode entry) {
    String role = entry.path("role").asText();
    return role.equals("user") || role.equals("tool");
  }

  /** A step put together from two entries of the history. */
  static TrajectoryStep ofHistory(JsonNode opening, JsonNode answer) {
    JsonNode thought = opening.path("thought");
    JsonNode said = thought.isTextual() ? thought : opening.path("content");
    String observation = PlainText.ofContent(answer.path("content"));
    String bare = PROMPT.matcher(HEADING.matcher(observation).replaceFirst("")).replaceFirst("");
    return new TrajectoryStep(
        PlainText.ofContent(said), actionInHistory(opening).strip(), bare, null, null);
  }

  /** The first word of the action. */
  String tool() {
    return SPACE.split(action, 2)[0];
  }

  private static String actionInHistory(JsonNode opening) {
    JsonNode action = opening.path("action");
    if (action.isTextual()) {
      return action.textValue();
    }
    JsonNode function = opening.path("tool_calls").path(0).path("function");
    return function.path("name").asText() + " " + function.path("arguments").asText();
  }

  private static @Nullable Long durationMs(JsonNode seconds) {
    double value = seconds.isNumber() ? seconds.doubleValue() : -1;
    return value >= 0 && value < DURATION_SECONDS_MAX ? Math.round(value * MS_PER_SECOND) : null;
  }

  /** The state is an object in newer versions and its JSON text in older ones. */
  private static @Nullable String folder(JsonNode state) {
    try {
      JsonNode object = state.isTextual() ? JSON.readTree(state.textValue()) : state;
      return PlainText.textOrNull(object.path("working_dir"));
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
