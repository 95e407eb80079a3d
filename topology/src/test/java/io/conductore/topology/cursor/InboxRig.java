package io.conductore.topology.cursor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.conductore.schemas.Feed;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.StoreNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph with a short way to hand on records of rig.inbox. */
final class InboxRig implements AutoCloseable {
  private final RigDriver rig;

  InboxRig(Path folder) {
    this.rig = RigDriver.in(folder);
  }

  RigDriver rig() {
    return rig;
  }

  void subscribe(String agentId, boolean all, String... types) {
    send(agentId, new InboxRecord.Subscribed(agentId, List.of(types), all, 1));
  }

  void event(String eventId, String type, String... holders) {
    send(Handoff.EVERYONE, eventOf(eventId, type, holders));
  }

  void acknowledge(String agentId, long ordinal) {
    send(agentId, new InboxRecord.Acknowledged(agentId, ordinal, 0));
  }

  void deliver(String agentId, long ordinal) {
    send(agentId, new InboxRecord.Delivered(agentId, ordinal, 0));
  }

  void send(String key, InboxRecord record) {
    raw(key, Handoff.bytes(record));
  }

  void raw(String key, byte[] value) {
    rig.record(Feed.INBOX.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  Optional<Cursor> cursor(String agentId) {
    return Optional.ofNullable(rig.<String, Cursor>all(StoreNames.CURSORS).get(agentId));
  }

  /** What an agent's inbox keeps, by ordinal. */
  Map<Long, InboxEntry> entries(String agentId) {
    Map<Long, InboxEntry> entries = new LinkedHashMap<>();
    rig.<StreamKey, InboxEntry>all(StoreNames.INBOX).forEach((key, entry) -> {
      if (key.streamId().equals(agentId)) {
        entries.put(key.ordinal(), entry);
      }
    });
    return entries;
  }

  static InboxRecord.Event eventOf(String eventId, String type, String... holders) {
    return new InboxRecord.Event(
        eventId,
        type,
        "o/r#7",
        RigDriver.START.toEpochMilli(),
        JsonNodeFactory.instance.objectNode().put("repo", "o/r"),
        List.of(holders));
  }

  @Override
  public void close() {
    rig.close();
  }
}
