package io.conductore.agent.transcript;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A SWE-agent run as events: one turn and one tool call a step, and one usage for the whole run,
 * because the file tells tokens only in total. Two passes: the totals stand behind the steps, and
 * ids are made from the whole file's content.
 *
 * <p>The file holds no times. Steps are laid one second apart from the file's last change, which
 * keeps their order; a copy with another date still has the same ids.
 */
final class TrajectoryEvents implements RunEvents {
  private static final String AGENT_BY_DEFAULT = "swe-agent";
  private static final String MODEL_UNKNOWN = "unknown";
  private static final ObjectMapper JSON = RunJson.mapper();

  private final @Nullable TrajectoryOutline outline;
  private final @Nullable JsonParser steps;
  private final EventForms forms;
  private final String sessionId;
  private final Instant lastModified;
  private final Flaws flaws = new Flaws();
  private final Queue<ObjectNode> ready = new ArrayDeque<>();
  private final long bytes;
  private @Nullable JsonNode opening;
  private @Nullable String repo;
  private int lastStep;
  private boolean exhausted;

  private TrajectoryEvents(Path file, Labels labels) throws IOException {
    this.forms = new EventForms(labels, AGENT_BY_DEFAULT);
    this.lastModified = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
    this.bytes = Files.size(file);
    this.outline = outline(file);
    String field = outline == null ? null : outline.stepsIn();
    this.steps = field == null ? null : stepsIn(file, field);
    this.exhausted = steps == null;
    this.sessionId = sessionId(file, outline == null ? "" : outline.digest());
  }

  static TrajectoryEvents open(Path file, Labels labels) throws IOException {
    return new TrajectoryEvents(file, labels);
  }

  @Override
  public Optional<ObjectNode> next() throws IOException {
    while (ready.isEmpty() && !exhausted) {
      JsonNode item = item();
      if (item == null) {
        exhausted = true;
        finish();
      } else {
        take(item);
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public long bytesRead() {
    // Half for each pass; the second one is told by the parser.
    return exhausted || steps == null
        ? bytes
        : Math.min(bytes, bytes / 2 + steps.currentLocation().getByteOffset() / 2);
  }

  @Override
  public Flaws flaws() {
    return flaws;
  }

  @Override
  public boolean recognised() {
    return outline == null || outline.stepsIn() != null;
  }

  @Override
  public void close() throws IOException {
    if (steps != null) {
      steps.close();
    }
  }

  private @Nullable TrajectoryOutline outline(Path file) throws IOException {
    try {
      return TrajectoryOutline.read(Files.newInputStream(file));
    } catch (JacksonException e) {
      long line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      flaws.add(line, "not one whole JSON object");
      return null;
    }
  }

  /** A parser inside the array of that name. */
  private static JsonParser stepsIn(Path file, String field) throws IOException {
    JsonParser parser = JSON.createParser(Files.newInputStream(file));
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      boolean array = parser.nextToken() == JsonToken.START_ARRAY;
      if (found && array) {
        return parser;
      }
      parser.skipChildren();
    }
    parser.close();
    throw new IOException("the file changed while it was read");
  }

  /**
   * The next item, or null behind the last. What the first pass skipped can still be broken inside.
   */
  private @Nullable JsonNode item() throws IOException {
    try {
      if (steps == null || steps.nextToken() == JsonToken.END_ARRAY) {
        return null;
      }
      return JSON.readTree(steps);
    } catch (JacksonException e) {
      flaws.add(lastStep + 1L, "step cannot be read; the rest of the run is left out");
      return null;
    }
  }

  private void take(JsonNode item) {
    if (outline != null && TrajectoryOutline.HISTORY.equals(outline.stepsIn())) {
      takeEntry(item);
      return;
    }
    TrajectoryStep.ofTrajectory(item)
        .ifPresentOrElse(this::tell, () -> flaws.add(lastStep + 1L, "step is not an object"));
  }

  private void takeEntry(JsonNode entry) {
    boolean opens = TrajectoryStep.opens(entry);
    if (opening != null && (opens || TrajectoryStep.answers(entry))) {
      tell(TrajectoryStep.ofHistory(opening, opens ? TextNode.valueOf("") : entry));
      opening = null;
    }
    if (opens) {
      opening = entry;
    }
  }

  private void tell(TrajectoryStep step) {
    int number = ++lastStep;
    repo = repo == null ? PlainText.localRepo(step.folder()) : repo;
    Origin origin = origin(number);
    String name = "step " + number;
    String input = Digests.ofInput(TextNode.valueOf(step.action()));
    String digest = Digests.exactly(Digests.ofText(step.said()) + "\n" + input);
    ready.add(forms.turn(origin, new EventForms.Turn(name, number, null, digest)));
    if (!step.action().isEmpty()) {
      boolean failed = Observation.isError(step.tool(), step.observation());
      EventForms.Call call = new EventForms.Call(
          name,
          number,
          step.tool(),
          input,
          step.observation(),
          failed,
          step.durationMs(),
          Waiting.ofCommand(step.action()) == Waiting.Kind.SLEEPS);
      ready.add(forms.call(origin, call));
    }
  }

  private void finish() {
    if (opening != null) {
      tell(TrajectoryStep.ofHistory(opening, TextNode.valueOf("")));
      opening = null;
    }
    if (outline == null || outline.tokensSent() + outline.tokensReceived() == 0) {
      return;
    }
    TokenCounts counts = new TokenCounts(outline.tokensSent(), outline.tokensReceived(), 0, 0, 0);
    String model = outline.model() == null ? MODEL_UNKNOWN : outline.model();
    EventForms.Usage usage = new EventForms.Usage("run", counts, model, null, outline.costUsd());
    ready.add(forms.usage(origin(lastStep), usage));
  }

  private Origin origin(int step) {
    String digest = outline == null ? "" : outline.digest();
    return new Origin(digest, sessionId, repo, lastModified.plusSeconds(step));
  }

  /** The run's name, with the content's digest because many runs have the same one. */
  private static String sessionId(Path file, String digest) {
    String name = String.valueOf(file.getFileName());
    String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    String id = PlainText.idOrNull(stem);
    String run = id == null ? "run" : PlainText.clipped(id, PlainText.ID_CHARS_MAX / 2);
    return run + "-" + digest.substring(0, Math.min(digest.length(), 8));
  }
}
