package io.conductore.embedded.run;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Which of Kafka's own metrics are shown. Kafka has some thousand, most of them once for each
 * store, node and partition: binding them all costs seconds of processor time a minute, and no
 * dashboard reads them. Kept is what operators of Streams applications look at first: the client
 * and its threads, tasks that drop records, how far consumers are behind, open iterators, memory of
 * RocksDB, and what producers could not send.
 */
final class KafkaSeries implements MeterFilter {
  private static final String KAFKA = "kafka.";

  private static final Set<String> GROUPS = Set.of(
      "kafka.stream.alive.stream.threads",
      "kafka.stream.client.state",
      "kafka.stream.failed.stream.threads",
      "kafka.stream.thread.",
      "kafka.stream.state.updater.",
      "kafka.stream.task.",
      "kafka.consumer.coordinator.",
      "kafka.consumer.fetch.manager.records.lag.max",
      "kafka.consumer.fetch.manager.records.consumed.",
      "kafka.producer.record.",
      "kafka.producer.txn.");

  private static final Set<String> STORES = Set.of(
      "kafka.stream.state.num.open.iterators",
      "kafka.stream.state.oldest.iterator.open.since.ms",
      "kafka.stream.state.block.cache.usage",
      "kafka.stream.state.block.cache.capacity",
      "kafka.stream.state.cur.size.all.mem.tables",
      "kafka.stream.state.estimate.num.keys",
      "kafka.stream.state.live.sst.files.size");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    return !name.startsWith(KAFKA) || STORES.contains(name) || isOfGroup(name)
        ? MeterFilterReply.NEUTRAL
        : MeterFilterReply.DENY;
  }

  private static boolean isOfGroup(String name) {
    return GROUPS.stream().anyMatch(name::startsWith);
  }
}
