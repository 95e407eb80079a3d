package io.conductore.bench.mix;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Events as the records that the door writes to the log, encoded before the clock starts. */
public final class EncodedLog {
  private final List<Entry> entries;

  /** One record, as small as it can be kept: a whole log has to fit beside what is measured. */
  private static final class Entry {
    private final byte[] key;
    private final byte[] value;
    private final List<Header> headers;
    private final long recordedAtMs;

    private Entry(byte[] key, byte[] value, List<Header> headers, long recordedAtMs) {
      this.key = key;
      this.value = value;
      this.headers = headers;
      this.recordedAtMs = recordedAtMs;
    }
  }

  private EncodedLog(List<Entry> entries) {
    this.entries = entries;
  }

  /** Encodes with the product's codec, so that the product can fold them. */
  public static EncodedLog of(EventMix mix, int count, Function<AgentActivity, byte[]> encoder) {
    List<Entry> entries = new ArrayList<>(count);
    Map<String, Header> shared = new HashMap<>();
    for (int i = 0; i < count; i++) {
      AgentActivity event = mix.next();
      entries.add(new Entry(
          event.getStreamId().getBytes(StandardCharsets.UTF_8),
          encoder.apply(event),
          headers(event, shared),
          event.getRecordedAtMs()));
    }
    return new EncodedLog(entries);
  }

  /** The beginning of this log. */
  public EncodedLog first(int count) {
    return new EncodedLog(entries.subList(0, Math.min(count, entries.size())));
  }

  public int count() {
    return entries.size();
  }

  public double meanValueBytes() {
    return entries.stream().mapToInt(entry -> entry.value.length).average().orElse(0);
  }

  /** A new record each time, because a producer seals the headers of what it has sent. */
  public ProducerRecord<byte[], byte[]> record(int index) {
    Entry entry = entries.get(index);
    return new ProducerRecord<>(
        Log.ACTIVITY.topic(), null, entry.recordedAtMs, entry.key, entry.value, entry.headers);
  }

  /** Only the id differs from event to event; the others are kept once for each value. */
  private static List<Header> headers(AgentActivity event, Map<String, Header> shared) {
    LogEvent logEvent = new LogEvent(
        Log.ACTIVITY,
        event.getStreamId(),
        event.getEventId(),
        EventCatalog.byWireName(event.getType()).orElseThrow(),
        event);
    List<Header> headers = new ArrayList<>();
    CloudEventHeaders.of(logEvent).forEach((name, value) -> {
      Header header = new RecordHeader(name, value);
      String known = name + new String(value, StandardCharsets.UTF_8);
      boolean id = name.equals(CloudEventHeaders.ID);
      headers.add(id ? header : shared.computeIfAbsent(known, first -> header));
    });
    return List.copyOf(headers);
  }
}
