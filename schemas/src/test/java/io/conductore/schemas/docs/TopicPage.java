package io.conductore.schemas.docs;

import io.conductore.schemas.Log;
import io.conductore.schemas.TopicSpec;
import io.conductore.schemas.Topics;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** docs/reference/topics.md: the table of topics. */
final class TopicPage {
  private TopicPage() {}

  static String text() {
    StringBuilder page = new StringBuilder("""
        # Topics

        <!-- Generated from Topics.java by ReferencePagesTest; do not edit. -->

        Kafka Streams' own changelog topics are not listed: the application can rebuild them.

        | Topic | Key | Value | Partitions | Cleanup | Retention | Max | Timestamps | Purpose |
        |---|---|---|---:|---|---|---:|---|---|
        """);
    Topics.all().forEach(topic -> page.append(row(topic)).append('\n'));
    page.append("""

        An Avro value starts with a zero byte and the schema's id in four bytes (Confluent's wire
        format). The ids come from the registry; without one they are those of the bundled schemas,
        from 2000000001 up. Each record of a log has the headers `ce_id`, `ce_type`, `ce_source`
        and `ce_specversion` (CloudEvents).

        What an event holds: [events](events.md). The same for machines: [AsyncAPI](asyncapi.yaml).
        """);
    return page.toString();
  }

  private static String row(TopicSpec topic) {
    return "| `%s` | %s | %s | %d | %s | %s | %d bytes | %s | %s |"
        .formatted(
            topic.name(),
            topic.key(),
            value(topic),
            topic.partitions(),
            topic.cleanup().name().toLowerCase(Locale.ROOT),
            retention(topic.retention()),
            topic.recordBytesMax(),
            topic.stamp().name().toLowerCase(Locale.ROOT),
            topic.purpose());
  }

  private static String value(TopicSpec topic) {
    Log log = topic.log();
    if (log != null) {
      return "Avro `" + log.schema().getName() + "`";
    }
    if (topic.name().startsWith("otlp_")) {
      return "OTLP export";
    }
    return topic.name().equals(Topics.INGRESS) ? "flat JSON" : "as it came";
  }

  private static String retention(@Nullable Duration retention) {
    return retention == null ? "for ever" : retention.toDays() + " days";
  }
}
