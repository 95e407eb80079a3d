package io.conductore.embedded.run;

import io.conductore.embedded.data.Layout;
import io.conductore.query.Backbone;
import io.conductore.query.DailyReports;
import io.conductore.query.admit.LimitsWatch;
import io.conductore.query.admit.SpendingRelay;
import io.conductore.query.door.EventAppender;
import io.conductore.query.door.FeedAppender;
import io.conductore.topology.TopologyConfig;
import io.conductore.topology.dispatch.DispatchRules;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.head.Progress;
import io.conductore.topology.lifecycle.LifecycleLimits;
import io.conductore.topology.runtime.StreamsPhase;
import io.conductore.topology.runtime.StreamsRuntime;
import io.conductore.topology.runtime.StreamsSettings;
import io.conductore.topology.runtime.TopicsCheck;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Streams application on the broker of this process, and the pen that the API writes with. */
final class Application implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Application.class);
  private static final short REPLICATION = 1;
  private static final Duration ADMIN_CLOSE_MAX = Duration.ofMillis(200);

  private final StreamsRuntime runtime;
  private final EventAppender appender;
  private final FeedAppender feeds;
  private final SpendingRelay relay;
  private final LimitsWatch limits;
  private final Backbone backbone;
  private final DailyReports reports;

  private Application(
      Backbone.Parts parts,
      SpendingRelay relay,
      LimitsWatch limits,
      Backbone backbone,
      DailyReports reports) {
    this.runtime = parts.runtime();
    this.appender = parts.appender();
    this.feeds = parts.feeds();
    this.relay = relay;
    this.limits = limits;
    this.backbone = backbone;
    this.reports = reports;
  }

  /**
   * What it stands on.
   *
   * @param registry where the registry should be, empty for a run without one
   */
  record Ground(
      String bootstrapServers,
      Optional<URI> registry,
      Layout layout,
      OperatorFiles files,
      InstantSource clock) {}

  sealed interface Start {}

  record Started(Application application) implements Start {}

  record Failed(String sentence) implements Start {}

  /** Needs nothing but the broker, so that it can be done while the registry starts. */
  static Optional<String> createTopics(String bootstrapServers) throws InterruptedException {
    return switch (checkTopics(bootstrapServers)) {
      case TopicsCheck.Outcome.Ready ready -> Optional.empty();
      case TopicsCheck.Outcome.Mismatch mismatch ->
        Optional.of("topics differ from the table: " + String.join("; ", mismatch.differences()));
      case TopicsCheck.Outcome.Unavailable away ->
        Optional.of("the broker did not answer: " + away.why());
    };
  }

  /** Returns when the stream threads are started; {@link #awaitRunning} waits for them. */
  static Start start(Ground ground) {
    try {
      var schemas = Schemas.settle(ground.registry(), ground.layout().schemas(), ground.clock());
      LOGGER.atInfo().addKeyValue("outcome", schemas.setup().message()).log("schemas");
      return schemas.isReady()
          ? new Started(startWith(EventCodecs.of(schemas.ids()), ground))
          : new Failed(schemas.setup().message());
    } catch (IOException e) {
      return new Failed("schemas cannot be kept in the data folder: " + e);
    }
  }

  boolean awaitRunning(Duration limit) throws InterruptedException {
    return runtime.awaitRunning(limit);
  }

  StreamsPhase phase() {
    return runtime.phase();
  }

  Backbone backbone() {
    return backbone;
  }

  KafkaStreams streams() {
    return runtime.streams();
  }

  @Override
  public void close() {
    reports.close();
    limits.close();
    relay.close();
    appender.close();
    feeds.close();
    runtime.close();
  }

  private static TopicsCheck.Outcome checkTopics(String bootstrapServers)
      throws InterruptedException {
    var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    try {
      return new TopicsCheck(admin, REPLICATION).run();
    } finally {
      admin.close(ADMIN_CLOSE_MAX);
    }
  }

  private static Application startWith(EventCodecs codecs, Ground ground) {
    var prices = ground.files().prices();
    var settings =
        StreamsSettings.single(ground.bootstrapServers(), ground.layout().streams());
    var config = new TopologyConfig(
        codecs,
        prices,
        HeadConfig.of(new Progress()),
        LifecycleLimits.DEFAULT,
        ground.files().escalations(),
        DispatchRules.DEFAULT,
        ground.files().stuck(),
        ground.files().telemetry());
    var runtime = StreamsRuntime.start(settings, config, ground.clock());
    var appender = new EventAppender(ground.bootstrapServers(), settings.instanceId(), codecs);
    var feeds = new FeedAppender(ground.bootstrapServers());
    // Told before anybody can ask: whatever is admitted stands behind it on the log.
    var limits = LimitsWatch.start(ground.layout().budgets(), ground.files().limits(), feeds);
    var relay = SpendingRelay.start(ground.bootstrapServers(), feeds);
    var parts = new Backbone.Parts(
        runtime,
        codecs,
        appender,
        feeds,
        limits::current,
        prices,
        ground.files().telemetry(),
        ground.files().github());
    var backbone = Backbone.of(parts, ground.clock());
    var reports = DailyReports.start(backbone, ground.clock());
    return new Application(parts, relay, limits, backbone, reports);
  }
}
