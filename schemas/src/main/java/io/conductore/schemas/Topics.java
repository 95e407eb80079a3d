package io.conductore.schemas;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one table of topics. It creates them, checks existing ones, and generates
 * docs/reference/asyncapi.yaml and docs/reference/topics.md.
 */
public final class Topics {
  /**
   * The largest flat event. An envelope adds its headers and writes 1e400 out in all its digits, so
   * a log takes more than this: what was taken here always fits there.
   */
  public static final int INGRESS_BYTES_MAX = 1_048_576;

  /** The largest event with what its envelope may add, as a record of a log. */
  public static final int RECORD_BYTES_MAX = INGRESS_BYTES_MAX + 65_536;

  /**
   * The largest record and the headers that say why it is dead; smaller, and one poison stops its
   * stage.
   */
  static final int DEAD_LETTER_BYTES_MAX = RECORD_BYTES_MAX + 65_536;

  public static final String INGRESS = "rig.ingress";
  /** Named as the Collector's Kafka exporter does without being told. */
  public static final String OTLP_LOGS = "otlp_logs";

  public static final String OTLP_METRICS = "otlp_metrics";
  public static final String OTLP_SPANS = "otlp_spans";
  public static final String DLQ_OTLP = "rig.dlq.otlp";
  public static final String DLQ_INTAKE = "rig.dlq.intake";
  public static final String DLQ_ACTIVITY = "rig.dlq.activity";
  public static final String DLQ_LIFECYCLE = "rig.dlq.lifecycle";
  public static final String DLQ_DISPATCH = "rig.dlq.dispatch";
  public static final String DLQ_CURSOR = "rig.dlq.cursor";
  public static final String DLQ_ESCALATION = "rig.dlq.escalation";
  public static final String DLQ_ADMISSION = "rig.dlq.admission";
  public static final String SPENDING = "rig.spending";
  public static final String REPORTS = "rig.reports";
  public static final String ESCALATIONS = "rig.escalations";

  /**
   * Equal for every log, so that a key of one log could be joined by another without a repartition.
   */
  public static final int LOG_PARTITIONS = 4;

  private static final Duration INGRESS_RETENTION = Duration.ofDays(7);
  private static final Duration INBOX_RETENTION = Duration.ofDays(30);
  private static final Duration ADMISSIONS_RETENTION = Duration.ofDays(30);
  private static final Duration CAUSES_RETENTION = Duration.ofDays(90);
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);

  private static final List<TopicSpec> TABLE = List.of(
      new TopicSpec(
          INGRESS,
          "anything; the agent or issue keeps its order when it is the key",
          null,
          LOG_PARTITIONS,
          TopicSpec.Cleanup.DELETE,
          INGRESS_RETENTION,
          INGRESS_BYTES_MAX,
          // Anybody's clock may write here, and the time of arrival is what such a clock is held
          // against.
          TopicSpec.Stamp.BROKER,
          "Flat JSON events from any REST proxy or Kafka client, waiting for INTAKE."),
      telemetry(OTLP_LOGS, "Logs"),
      telemetry(OTLP_METRICS, "Metrics"),
      telemetry(OTLP_SPANS, "Spans"),
      new TopicSpec(
          Log.ACTIVITY.topic(),
          "agentId before the slash",
          Log.ACTIVITY,
          LOG_PARTITIONS,
          TopicSpec.Cleanup.DELETE,
          null,
          RECORD_BYTES_MAX,
          TopicSpec.Stamp.PRODUCER,
          "Log of record: what an agent does."),
      new TopicSpec(
          Log.LIFECYCLE.topic(),
          "repo#issueNumber, or repo#milestone/name",
          Log.LIFECYCLE,
          LOG_PARTITIONS,
          TopicSpec.Cleanup.DELETE,
          null,
          RECORD_BYTES_MAX,
          TopicSpec.Stamp.PRODUCER,
          "Log of record: what happens to an issue."),
      handoff(
          Feed.DISPATCH,
          "pool",
          null,
          "JSON: claims and all that decides them, one serial log a pool; DISPATCH folds it."),
      handoff(
          Feed.INBOX,
          "agentId, or * for every partition",
          INBOX_RETENTION,
          "JSON: what agents subscribed to, are told and have acknowledged; CURSOR folds it."),
      handoff(
          Feed.CAUSES,
          "the subject: agentId, or repo#issueNumber",
          CAUSES_RETENTION,
          "JSON: why somebody should look at an agent or an issue; ESCALATION folds it."),
      handoff(
          Feed.ADMISSIONS,
          "book, for all",
          ADMISSIONS_RETENTION,
          "JSON: what decides if a model call may be made, one serial log; ADMISSION folds it."),
      new TopicSpec(
          SPENDING,
          "agentId",
          null,
          LOG_PARTITIONS,
          TopicSpec.Cleanup.DELETE,
          ADMISSIONS_RETENTION,
          RECORD_BYTES_MAX,
          TopicSpec.Stamp.PRODUCER,
          "JSON: what each model call cost, for the relay that copies it into rig.admissions."),
      new TopicSpec(
          ESCALATIONS,
          "escalation id",
          null,
          1,
          TopicSpec.Cleanup.DELETE,
          CAUSES_RETENTION,
          RECORD_BYTES_MAX,
          TopicSpec.Stamp.PRODUCER,
          "JSON for webhooks and kcat: each escalation when it opens, climbs, is seen or ends."),
      new TopicSpec(
          REPORTS,
          "report/day",
          null,
          1,
          TopicSpec.Cleanup.COMPACT,
          null,
          RECORD_BYTES_MAX,
          TopicSpec.Stamp.PRODUCER,
          "JSON: what each UTC day cost, once it is over; the newest record of a day counts."),
      deadLetters(DLQ_INTAKE, "What INTAKE could not read, byte for byte."),
      deadLetters(DLQ_OTLP, "What OTLP could not read, byte for byte."),
      deadLetters(DLQ_ACTIVITY, "What ACTIVITY could not process, byte for byte."),
      deadLetters(DLQ_LIFECYCLE, "What LIFECYCLE could not process, byte for byte."),
      deadLetters(DLQ_DISPATCH, "What DISPATCH could not process, byte for byte."),
      deadLetters(DLQ_CURSOR, "What CURSOR could not process, byte for byte."),
      deadLetters(DLQ_ESCALATION, "What ESCALATION could not process, byte for byte."),
      deadLetters(DLQ_ADMISSION, "What ADMISSION could not process, byte for byte."));

  private Topics() {}

  public static List<TopicSpec> all() {
    return TABLE;
  }

  /** The dead letter topic of a log's stage. */
  public static String deadLettersOf(Log log) {
    return log == Log.ACTIVITY ? DLQ_ACTIVITY : DLQ_LIFECYCLE;
  }

  /** Stamped by the broker: leases and waits are counted on one clock, the same in any replay. */
  private static TopicSpec handoff(
      Feed feed, String key, @Nullable Duration retention, String purpose) {
    return new TopicSpec(
        feed.topic(),
        key,
        null,
        LOG_PARTITIONS,
        TopicSpec.Cleanup.DELETE,
        retention,
        RECORD_BYTES_MAX,
        TopicSpec.Stamp.BROKER,
        purpose);
  }

  /** Its exporter makes records of at most 1,000,000 bytes unless told otherwise. */
  private static TopicSpec telemetry(String name, String signal) {
    return new TopicSpec(
        name,
        "anything",
        null,
        LOG_PARTITIONS,
        TopicSpec.Cleanup.DELETE,
        INGRESS_RETENTION,
        INGRESS_BYTES_MAX,
        TopicSpec.Stamp.BROKER,
        signal + " of an OpenTelemetry Collector, otlp_proto or otlp_json, waiting for OTLP.");
  }

  private static TopicSpec deadLetters(String name, String purpose) {
    return new TopicSpec(
        name,
        "as it came",
        null,
        1,
        TopicSpec.Cleanup.DELETE,
        DEAD_LETTER_RETENTION,
        DEAD_LETTER_BYTES_MAX,
        TopicSpec.Stamp.PRODUCER,
        purpose);
  }
}
