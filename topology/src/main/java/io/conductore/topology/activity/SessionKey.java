package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** One session of an agent; sorts by agent, so that an agent's sessions are one range. */
public record SessionKey(String agentId, String sessionId) {
  /** Stands for the session of events that name none. */
  public static final String SESSION_DEFAULT = "default";

  public static final Serde<SessionKey> SERDE =
      Keys.serde(SessionKey::toBytes, SessionKey::fromBytes);

  static SessionKey of(AgentActivity event) {
    String session = event.getSessionId();
    return new SessionKey(
        event.getStreamId(), session == null ? SESSION_DEFAULT : Keys.part(session));
  }

  private byte[] toBytes() {
    return Keys.ofTexts(agentId, sessionId);
  }

  private static SessionKey fromBytes(byte[] bytes) {
    List<String> texts = Keys.texts(ByteBuffer.wrap(bytes));
    return new SessionKey(texts.get(0), texts.get(1));
  }
}
