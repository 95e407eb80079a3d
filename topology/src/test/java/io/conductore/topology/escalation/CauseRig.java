package io.conductore.topology.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.schemas.Feed;
import io.conductore.schemas.Topics;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.state.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The graph with a short way to hand on records of rig.causes. */
final class CauseRig implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final RigDriver rig;

  CauseRig(Path folder) {
    this.rig = RigDriver.in(folder);
  }

  RigDriver rig() {
    return rig;
  }

  void raise(CauseRecord.Subject subject, String cause, String eventId) {
    raise(subject, cause, eventId, 1);
  }

  void raise(CauseRecord.Subject subject, String cause, String eventId, int depth) {
    send(new CauseRecord.Raised(
        subject, cause, cause + " of " + subject.key(), List.of("proof"), eventId, 0, depth));
  }

  void clear(CauseRecord.Subject subject, String cause) {
    send(new CauseRecord.Cleared(subject, cause, 0));
  }

  void send(CauseRecord record) {
    raw(record.subject().key(), Handoff.bytes(record));
  }

  void raw(String key, byte[] value) {
    rig.record(Feed.CAUSES.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  Collection<Escalation> escalations() {
    return rig.<String, Escalation>all(StoreNames.ESCALATIONS).values();
  }

  Map<String, SubjectState> subjects() {
    return rig.all(StoreNames.ESCALATION_SUBJECTS);
  }

  /** What was told of rig.escalations, oldest first. */
  List<JsonNode> told() {
    return rig.written(Topics.ESCALATIONS).stream()
        .map(record -> {
          try {
            return JSON.readTree(record.value());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }

  /** The same as words, such as "opened P2 silence". */
  List<String> words() {
    return told().stream()
        .map(told -> told.path("state").asText() + " " + told.path("severity").asText() + " "
            + told.path("cause").asText())
        .toList();
  }

  @Override
  public void close() {
    rig.close();
  }
}
