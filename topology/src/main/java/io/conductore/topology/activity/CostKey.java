package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.budget.Window;
import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * One row of the cost table. The day comes first, so that the last N days are one range.
 *
 * @param epochDay the UTC day on which the call occurred
 * @param repo empty when the event named none, like the other texts
 * @param issueNumber -1 for none
 */
public record CostKey(
    int epochDay,
    String agentId,
    String tenant,
    String repo,
    int issueNumber,
    String model,
    String category) {
  public static final int NO_ISSUE = -1;
  public static final Serde<CostKey> SERDE = Keys.serde(CostKey::toBytes, CostKey::fromBytes);

  static CostKey of(AgentActivity event, TokenUsage call) {
    Integer issue = event.getIssueNumber();
    return new CostKey(
        (int) Window.DAY.bucketAt(event.getOccurredAtMs()),
        event.getStreamId(),
        text(event.getTenant()),
        text(event.getRepo()),
        issue == null ? NO_ISSUE : issue,
        text(call.getModel()),
        text(call.getCategory()));
  }

  /** The lowest key of a day. */
  public static CostKey from(LocalDate day) {
    return new CostKey((int) day.toEpochDay(), "", "", "", NO_ISSUE, "", "");
  }

  private byte[] toBytes() {
    byte[] texts = Keys.ofTexts(agentId, tenant, repo, model, category);
    return ByteBuffer.allocate(Integer.BYTES * 2 + texts.length)
        .putInt(epochDay)
        .put(texts)
        .putInt(issueNumber)
        .array();
  }

  private static CostKey fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int day = from.getInt();
    int issueAt = bytes.length - Integer.BYTES;
    from.limit(issueAt);
    List<String> texts = Keys.texts(from);
    int issue = ByteBuffer.wrap(bytes, issueAt, Integer.BYTES).getInt();
    return new CostKey(
        day, texts.get(0), texts.get(1), texts.get(2), issue, texts.get(3), texts.get(4));
  }

  /**
   * Cleaned before it is a key: two rows that differ here and not in the store would overwrite each
   * other.
   */
  private static String text(@Nullable String value) {
    return value == null ? "" : Keys.part(value);
  }
}
