package io.conductore.topology.cursor;

import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;

/** An event in an agent's inbox: while the entry is kept, the same event does not enter again. */
public final class InboxId {
  public static final Serde<InboxId> SERDE = Keys.serde(InboxId::toBytes, InboxId::fromBytes);

  private final String agentId;
  private final byte[] idKey;

  private InboxId(String agentId, byte[] idKey) {
    this.agentId = agentId;
    this.idKey = idKey;
  }

  public static InboxId of(String agentId, String eventId) {
    return new InboxId(agentId, EventIdKey.of(eventId));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InboxId that
        && agentId.equals(that.agentId)
        && Arrays.equals(idKey, that.idKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(agentId, Arrays.hashCode(idKey));
  }

  private byte[] toBytes() {
    byte[] agent = Keys.ofTexts(agentId);
    return ByteBuffer.allocate(agent.length + idKey.length)
        .put(agent)
        .put(idKey)
        .array();
  }

  private static InboxId fromBytes(byte[] bytes) {
    int textEnd = bytes.length - EventIdKey.KEY_BYTES;
    String agentId = Keys.texts(ByteBuffer.wrap(bytes, 0, textEnd)).getFirst();
    return new InboxId(agentId, Arrays.copyOfRange(bytes, textEnd, bytes.length));
  }
}
