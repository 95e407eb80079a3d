package io.conductore.embedded.dlq;

import io.conductore.topology.head.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One letter of a dead letter topic. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

  /** Where it lies, as commands take it: rig.dlq.intake@12. */
  public String place() {
    return record.topic() + "@" + record.offset();
  }

  public Instant time() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** Why it could not be processed. */
  public String reason() {
    return header(DeadLetters.REASON).orElse("no reason given");
  }

  /** The topic that it came from and that a replay goes to. */
  public Optional<String> sourceTopic() {
    return header(DeadLetters.TOPIC);
  }

  /** Where the record lay, as topic-partition@offset. */
  public String source() {
    return sourceTopic().orElse("?")
        + "-"
        + header(DeadLetters.PARTITION).orElse("?")
        + "@"
        + header(DeadLetters.OFFSET).orElse("?");
  }

  private Optional<String> header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
