package io.conductore.topology.runtime;

import io.conductore.schemas.Feed;
import io.conductore.topology.ConductorTopology;
import io.conductore.topology.TopologyConfig;
import io.conductore.topology.head.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Streams application on a broker. Start it after {@link TopicsCheck} found the topics ready.
 * Thread-safe.
 */
public final class StreamsRuntime implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(StreamsRuntime.class);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
  private static final Duration OFFSETS_MAX = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final Topology topology;
  private final Progress progress;
  private final Admin admin;
  private final String applicationId;
  private final RestoreWatch restore = new RestoreWatch();
  private final CountDownLatch firstRun = new CountDownLatch(1);

  private StreamsRuntime(StreamsSettings settings, TopologyConfig config, InstantSource clock) {
    this.topology = new ConductorTopology(config).get();
    this.progress = config.head().progress();
    this.applicationId = settings.applicationId();
    this.admin = Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()));
    this.streams = new KafkaStreams(topology, settings.toProperties());
    streams.setUncaughtExceptionHandler(new UncaughtPolicy(clock));
    streams.setGlobalStateRestoreListener(restore);
    streams.setStateListener(this::moved);
  }

  /** Returns at once; {@link #awaitRunning} waits for the first RUNNING. */
  public static StreamsRuntime start(
      StreamsSettings settings, TopologyConfig config, InstantSource clock) {
    StreamsRuntime runtime = new StreamsRuntime(settings, config, clock);
    runtime.streams.start();
    return runtime;
  }

  public StreamsPhase phase() {
    return switch (streams.state()) {
      case RUNNING -> new StreamsPhase.Running();
      case CREATED, REBALANCING ->
        restore.recordsRemaining() > 0
            ? new StreamsPhase.Restoring(restore.recordsRemaining())
            : new StreamsPhase.Rebalancing();
      case PENDING_SHUTDOWN, NOT_RUNNING -> new StreamsPhase.Stopped();
      case PENDING_ERROR, ERROR -> new StreamsPhase.Failed("stream threads keep dying");
    };
  }

  /** For interactive queries and metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  public Progress progress() {
    return progress;
  }

  /** The graph as text: the golden file's bytes. */
  public String description() {
    return topology.describe().toString();
  }

  /** False when the time is over first. */
  public boolean awaitRunning(Duration atMost) throws InterruptedException {
    return firstRun.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Stays in the group: with static membership the next start takes its partitions back at once.
   */
  @Override
  public void close() {
    streams.close(CloseOptions.timeout(CLOSE_MAX)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    admin.close(Duration.ofMillis(200));
  }

  private void moved(KafkaStreams.State to, KafkaStreams.State from) {
    LOGGER.atInfo().addKeyValue("from", from).addKeyValue("to", to).log("streams state");
    if (to == KafkaStreams.State.RUNNING) {
      // Not on this thread: the listener holds up the state machine.
      Thread.ofVirtual().name("committed-positions").start(this::readCommitted);
    }
  }

  /**
   * A restored task has folded at least what was committed, though it may not have met a record
   * yet.
   */
  private void readCommitted() {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = admin
          .listConsumerGroupOffsets(applicationId)
          .partitionsToOffsetAndMetadata()
          .get(OFFSETS_MAX.toMillis(), TimeUnit.MILLISECONDS);
      for (Feed feed : Feed.values()) {
        for (int partition = 0;
            partition < io.conductore.schemas.Topics.LOG_PARTITIONS;
            partition++) {
          TopicPartition place = new TopicPartition(feed.topic(), partition);
          OffsetAndMetadata offset = committed.get(place);
          progress.committed(place, offset == null ? 0 : offset.offset());
        }
      }
      firstRun.countDown();
    } catch (ExecutionException | TimeoutException away) {
      LOGGER.atWarn().addKeyValue("error", away.toString()).log("committed positions not read");
      firstRun.countDown();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** The metrics' names are Kafka's; a registry binds them. */
  public List<String> threadStates() {
    return streams.metadataForLocalThreads().stream()
        .map(thread -> thread.threadName() + " " + thread.threadState())
        .sorted()
        .toList();
  }
}
