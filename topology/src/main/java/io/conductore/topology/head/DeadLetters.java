package io.conductore.topology.head;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

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

  private final ProcessorContext<byte[], byte[]> context;
  private final String node;

  public DeadLetters(ProcessorContext<byte[], byte[]> context, String node) {
    this.context = context;
    this.node = node;
  }

  public void send(Record<byte[], byte[]> record, String reason) {
    Headers headers = new RecordHeaders(record.headers());
    set(headers, REASON, reason.substring(0, Math.min(reason.length(), REASON_CHARS_MAX)));
    context.recordMetadata().ifPresent(source -> from(headers, source));
    context.forward(record.withHeaders(headers), node);
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
