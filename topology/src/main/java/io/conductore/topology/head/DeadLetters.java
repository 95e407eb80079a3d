package io.conductore.topology.head;

import io.conductore.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends a record that cannot be processed to its stage's dead letter topic: key, value and headers
 * as they came, and why and from where in the header names that Kafka Streams itself uses.
 */
public final class DeadLetters {
  public static final String REASON = "__streams.errors.message";
  public static final String TOPIC = "__streams.errors.topic";
  public static final String PARTITION = "__streams.errors.partition";
  public static final String OFFSET = "__streams.errors.offset";
  private static final int REASON_CHARS_MAX = 1_000;
  private static final byte[] NOTHING = {};

  private final ProcessorContext<byte[], byte[]> context;
  private final String node;

  public DeadLetters(ProcessorContext<byte[], byte[]> context, String node) {
    this.context = context;
    this.node = node;
  }

  /**
   * Of a record that no letter can hold only the place is sent, where it lies as long as its topic
   * keeps it. Topics take none of that size, but for one that was compressed.
   */
  public void send(Record<byte[], byte[]> record, String reason) {
    long bytes = bytes(record);
    boolean fits = bytes <= Topics.RECORD_BYTES_MAX;
    Record<byte[], byte[]> letter = fits ? record : record.withKey(NOTHING).withValue(NOTHING);
    String why = fits ? reason : "%d bytes are too many for a letter; %s".formatted(bytes, reason);
    Headers headers = fits ? new RecordHeaders(record.headers()) : new RecordHeaders();
    set(headers, REASON, why.substring(0, Math.min(why.length(), REASON_CHARS_MAX)));
    context.recordMetadata().ifPresent(source -> from(headers, source));
    context.forward(letter.withHeaders(headers), node);
  }

  private static long bytes(Record<byte[], byte[]> record) {
    long bytes = length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += header.key().length() + length(header.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  private static void from(Headers headers, RecordMetadata source) {
    set(headers, TOPIC, source.topic());
    set(headers, PARTITION, Integer.toString(source.partition()));
    set(headers, OFFSET, Long.toString(source.offset()));
  }

  /** A letter that died twice keeps only its last reason. */
  private static void set(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
