package io.conductore.embedded.broker;

import io.conductore.embedded.net.Ports;
import io.conductore.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * How one broker on a laptop differs from Kafka's defaults: one replica, little memory, soon up.
 */
record BrokerSettings(Path folder, int port, int controllerPort) {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /** An eighth of the default: after kill -9 the newest segment of each partition is read again. */
  private static final int SEGMENT_BYTES = 128 * 1024 * 1024;

  /** Enough for SEGMENT_BYTES with an entry for each 4 KiB; files are mapped at this size. */
  private static final int INDEX_BYTES_MAX = 1024 * 1024;

  /** Twice the largest record of a topic of ours: dead letters and changelogs add to it. */
  private static final int MESSAGE_BYTES_MAX = 2 * Topics.RECORD_BYTES_MAX;

  /**
   * Default 128 MiB, taken from the heap at the start; this one still covers 600,000 keys a run.
   */
  private static final int CLEANER_BYTES = 16 * 1024 * 1024;

  private static final Map<String, Object> ONE_REPLICA = Map.of(
      "default.replication.factor", 1,
      "min.insync.replicas", 1,
      "offsets.topic.replication.factor", 1,
      "transaction.state.log.replication.factor", 1,
      "transaction.state.log.min.isr", 1,
      "share.coordinator.state.topic.replication.factor", 1,
      "share.coordinator.state.topic.min.isr", 1);

  private static final Map<String, Object> SMALL = Map.ofEntries(
      Map.entry("num.network.threads", 2),
      Map.entry("num.io.threads", 4),
      Map.entry("background.threads", 2),
      Map.entry("group.coordinator.threads", 1),
      Map.entry("share.coordinator.threads", 1),
      Map.entry("offsets.topic.num.partitions", 8),
      Map.entry("transaction.state.log.num.partitions", 8),
      Map.entry("share.coordinator.state.topic.num.partitions", 1),
      // An idle broker notes twice a second that it is idle, by default.
      Map.entry("metadata.max.idle.interval.ms", 5_000),
      Map.entry("log.cleaner.dedupe.buffer.size", CLEANER_BYTES),
      Map.entry("log.segment.bytes", SEGMENT_BYTES),
      Map.entry("log.index.size.max.bytes", INDEX_BYTES_MAX));

  private static final Map<String, Object> QUICK = Map.of(
      "group.initial.rebalance.delay.ms", 0,
      // After kill -9 the controller waits this long for the broker that it remembers, 9 s by
      // default.
      "broker.session.timeout.ms", 3_000,
      "broker.heartbeat.interval.ms", 1_000,
      // A transaction that a killed process left open holds up every reader of committed records.
      "transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);

  private static final Map<String, Object> STRICT =
      Map.of("auto.create.topics.enable", false, "message.max.bytes", MESSAGE_BYTES_MAX);

  Properties properties() {
    var all = new Properties();
    for (var group : List.of(ONE_REPLICA, SMALL, QUICK, STRICT)) {
      group.forEach((name, value) -> all.put(name, value.toString()));
    }
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE_ID));
    all.put(
        "listeners",
        listener("PLAINTEXT", port) + "," + listener(CONTROLLER_LISTENER, controllerPort));
    all.put("controller.listener.names", CONTROLLER_LISTENER);
    all.put("controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
    all.put("log.dirs", folder.toString());
    return all;
  }

  private static String listener(String name, int port) {
    return name + "://" + Ports.LOOPBACK + ":" + port;
  }
}
