package io.conductore.query.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.conductore.query.http.Answers;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FieldError;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a request body: one event, an array of events, or one event a line. All of it or none. */
final class EventReader {
  private static final String SOURCE = "api";
  private static final int ERRORS_SHOWN_MAX = 20;

  private EventReader() {}

  /**
   * The events of a request.
   *
   * @param list whether the answer is a list
   * @param clamped how many have the door's time in place of their producer's
   */
  record Batch(List<LogEvent> events, boolean list, int clamped) {}

  /** Throws the problem to answer with. */
  static Batch read(
      byte[] body, boolean lines, @Nullable String idempotencyKey, long recordedAtMs) {
    List<JsonNode> roots = roots(body);
    boolean array = !lines && roots.size() == 1 && roots.getFirst().isArray();
    if (!lines && roots.size() > 1) {
      throw new ProblemException(Problem.malformedJson(
          "More than one JSON value; send an array, or lines as application/x-ndjson."));
    }
    List<JsonNode> nodes = new ArrayList<>();
    if (array) {
      roots.getFirst().forEach(nodes::add);
    } else {
      nodes.addAll(roots);
    }
    if (nodes.isEmpty()) {
      throw new ProblemException(Problem.malformedJson("The body has no event."));
    }
    if (nodes.size() > DoorLimits.EVENTS_MAX) {
      throw new ProblemException(Problem.tooManyEvents(DoorLimits.EVENTS_MAX));
    }
    List<FlatOutcome.Accepted> accepted = accepted(nodes, idempotencyKey, recordedAtMs);
    return new Batch(
        accepted.stream().map(FlatOutcome.Accepted::event).toList(), array || lines, (int)
            accepted.stream().filter(FlatOutcome.Accepted::clamped).count());
  }

  private static List<JsonNode> roots(byte[] body) {
    try (MappingIterator<JsonNode> values =
        Answers.READER.readValues(Answers.READER.getFactory().createParser(body))) {
      List<JsonNode> roots = new ArrayList<>();
      while (values.hasNextValue() && roots.size() <= DoorLimits.EVENTS_MAX) {
        roots.add(values.nextValue());
      }
      return roots;
    } catch (JsonProcessingException notJson) {
      // The library's own text repeats the input; the place is enough.
      throw new ProblemException(Problem.malformedJson(
          notJson.getLocation() == null
              ? "The body is not JSON."
              : "Not JSON at line %d, column %d."
                  .formatted(
                      notJson.getLocation().getLineNr(), notJson.getLocation().getColumnNr())));
    } catch (IOException | RuntimeException unreadable) {
      throw new ProblemException(Problem.malformedJson("The body is not JSON in UTF-8."));
    }
  }

  private static List<FlatOutcome.Accepted> accepted(
      List<JsonNode> nodes, @Nullable String idempotencyKey, long recordedAtMs) {
    List<FlatOutcome.Accepted> all = new ArrayList<>(nodes.size());
    List<Problem.Item> errors = new ArrayList<>();
    boolean unknownType = false;
    for (int i = 0; i < nodes.size(); i++) {
      int index = i;
      Reading reading = new Reading(recordedAtMs, () -> eventId(idempotencyKey, index), SOURCE);
      switch (FlatReader.read(nodes.get(i), reading)) {
        case FlatOutcome.Accepted accepted -> all.add(accepted);
        case FlatOutcome.Refused(List<FieldError> wrong) -> {
          unknownType |= wrong.getFirst().code() == FieldError.Code.UNKNOWN_TYPE;
          wrong.forEach(e -> errors.add(new Problem.Item(index, e.field(), e.detail())));
        }
      }
      if (errors.size() >= ERRORS_SHOWN_MAX) {
        break;
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          unknownType ? Problem.unknownEventType(errors) : Problem.invalidEvents(errors));
    }
    return all;
  }

  /** The same key and place give the same id, so that a retried request is a duplicate. */
  private static String eventId(@Nullable String idempotencyKey, int index) {
    return idempotencyKey == null
        ? UUID.randomUUID().toString()
        : UUID.nameUUIDFromBytes(("idempotency-key|" + idempotencyKey + "|" + index)
                .getBytes(StandardCharsets.UTF_8))
            .toString();
  }
}
