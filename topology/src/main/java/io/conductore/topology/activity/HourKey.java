package io.conductore.topology.activity;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * One row of costs by the hour. The hour comes first, so that the last N hours are one range.
 *
 * @param epochHour the UTC hour in which the call occurred
 * @param tenant empty when the event named none
 */
public record HourKey(long epochHour, String agentId, String tenant) {
  public static final Serde<HourKey> SERDE = Keys.serde(HourKey::toBytes, HourKey::fromBytes);

  /** The lowest key of an hour. */
  public static HourKey from(long epochHour) {
    return new HourKey(epochHour, "", "");
  }

  HourKey hoursBefore(long hours) {
    return new HourKey(epochHour - hours, agentId, tenant);
  }

  private byte[] toBytes() {
    byte[] texts = Keys.ofTexts(agentId, tenant);
    return ByteBuffer.allocate(Long.BYTES + texts.length)
        .putLong(epochHour)
        .put(texts)
        .array();
  }

  private static HourKey fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    long hour = from.getLong();
    List<String> texts = Keys.texts(from);
    return new HourKey(hour, texts.get(0), texts.get(1));
  }
}
