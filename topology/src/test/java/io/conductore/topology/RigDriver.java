package io.conductore.topology;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.registry.Decoded;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.head.Progress;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.runtime.RocksDbLimits;
import io.conductore.topology.state.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole graph in a TopologyTestDriver, on RocksDB stores that survive {@link #restart}, with a
 * clock that only moves when told. Events come in as flat JSON through the reader that the real
 * doors use.
 */
public final class RigDriver implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-23T10:30:00Z");
  private static final String APPLICATION = "rig";
  private static final String CHANGELOG = "-changelog";

  private final Path folder;
  private final Settings settings;
  private final EventCodecs codecs = Codecs.bundled();
  private final PriceTable prices = PriceTable.bundled();
  private final Map<String, List<TestRecord<byte[], byte[]>>> output = new LinkedHashMap<>();

  private Instant now = START;
  private int relayed;
  private Progress progress;
  private TopologyTestDriver driver;

  /** What a test may set; the rest is as in production. */
  public record Settings(BudgetLimits limits, Duration dedupWindow, long streamEntriesMax) {
    public static final Settings DEFAULT =
        new Settings(BudgetLimits.NONE, HeadConfig.DEDUP_WINDOW, HeadConfig.STREAM_ENTRIES_MAX);

    public Settings limits(BudgetLimits limits) {
      return new Settings(limits, dedupWindow, streamEntriesMax);
    }

    public Settings dedupWindow(Duration window) {
      return new Settings(limits, window, streamEntriesMax);
    }

    public Settings streamEntriesMax(long entries) {
      return new Settings(limits, dedupWindow, entries);
    }
  }

  private RigDriver(Path folder, Settings settings) {
    this.folder = folder;
    this.settings = settings;
    this.progress = new Progress();
    this.driver = open();
  }

  /** Keeps its state in this folder. */
  public static RigDriver in(Path folder) {
    return in(folder, Settings.DEFAULT);
  }

  public static RigDriver in(Path folder, Settings settings) {
    RigDriver rig = new RigDriver(folder, settings);
    if (!settings.limits().equals(BudgetLimits.NONE)) {
      rig.admission(new AdmissionRecord.LimitsSet(settings.limits()));
    }
    return rig;
  }

  // Clock

  public Instant now() {
    return now;
  }

  public void advance(Duration time) {
    driver.advanceWallClockTime(time);
    now = now.plus(time);
    drain();
  }

  // In

  /** What the API does with each event: read, price, append to its log. */
  public void post(Flat... events) {
    for (Flat event : events) {
      append(read(event));
    }
  }

  /** The event as it comes out of the door now. */
  public LogEvent read(Flat event) {
    return read(event, now);
  }

  /** The event as it came out of the door at that time. */
  public LogEvent read(Flat event, Instant recordedAt) {
    Reading reading =
        new Reading(recordedAt.toEpochMilli(), () -> UUID.randomUUID().toString(), "test");
    FlatOutcome outcome = FlatReader.read(event.json(), reading);
    if (!(outcome instanceof FlatOutcome.Accepted accepted)) {
      throw new AssertionError(event.json() + " was not accepted: " + outcome);
    }
    prices.stamp(accepted.event());
    return accepted.event();
  }

  public void append(LogEvent event) {
    record(event.log().topic(), utf8(event.key()), codecs.encode(event));
  }

  /** An envelope that went past the doors and their checks. */
  public void append(AgentActivity event) {
    record(Log.ACTIVITY.topic(), utf8(event.getStreamId()), codecs.activity().encode(event));
  }

  /** The same for an issue's event. */
  public void append(IssueLifecycle event) {
    record(Log.LIFECYCLE.topic(), utf8(event.getStreamId()), codecs.lifecycle().encode(event));
  }

  public void ingress(Flat event) {
    record(Topics.INGRESS, null, event.bytes());
  }

  public void admission(AdmissionRecord record) {
    record(Feed.ADMISSIONS.topic(), utf8(AdmissionRecord.BOOK), Handoff.bytes(record));
  }

  /** Any bytes to any topic that the graph reads. */
  public void record(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    record(topic, key, value, now);
  }

  public void record(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
    record(topic, new TestRecord<>(key, value, timestamp));
  }

  public void record(String topic, TestRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(record);
    drain();
  }

  // Out

  /** Everything that the graph wrote to the topic, restarts included. */
  public List<TestRecord<byte[], byte[]>> written(String topic) {
    return List.copyOf(output.getOrDefault(topic, List.of()));
  }

  /** The activity events that the graph wrote itself, oldest first. */
  public List<AgentActivity> derived() {
    return written(Log.ACTIVITY.topic()).stream()
        .map(record -> decoded(Log.ACTIVITY, record.value()))
        .map(AgentActivity.class::cast)
        .filter(event -> AgentState.DERIVED_SOURCE.equals(event.getSource())
            || Sources.ADMISSION.equals(event.getSource()))
        .toList();
  }

  /** Their wire names, oldest first. */
  public List<String> derivedTypes() {
    return derived().stream().map(AgentActivity::getType).toList();
  }

  public SpecificRecord decoded(Log log, byte[] value) {
    Decoded<? extends SpecificRecord> decoded = codecs.decode(log, value);
    if (!(decoded instanceof Decoded.Value<? extends SpecificRecord> good)) {
      throw new AssertionError("not an event: " + decoded);
    }
    return good.value();
  }

  public EventCodecs codecs() {
    return codecs;
  }

  public Progress progress() {
    return progress;
  }

  /** A number that the stages count, such as duplicates-dropped. */
  public double counted(String operation) {
    return driver.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(operation + "-total"))
        .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
        .sum();
  }

  // State

  public AgentState agent(String agentId) {
    KeyValueStore<String, AgentState> agents = store(StoreNames.AGENTS);
    AgentState agent = agents.get(agentId);
    if (agent == null) {
      throw new AssertionError("no agent " + agentId);
    }
    return agent;
  }

  public SessionState session(String agentId, String sessionId) {
    KeyValueStore<SessionKey, SessionState> sessions = store(StoreNames.SESSIONS);
    SessionState session = sessions.get(new SessionKey(agentId, sessionId));
    if (session == null) {
      throw new AssertionError("no session " + agentId + " " + sessionId);
    }
    return session;
  }

  public Map<CostKey, Usage> costs() {
    return all(StoreNames.COSTS);
  }

  /** All rows of a store in the order of its keys. */
  public <K, V> Map<K, V> all(String storeName) {
    KeyValueStore<K, V> store = store(storeName);
    Map<K, V> rows = new LinkedHashMap<>();
    try (KeyValueIterator<K, V> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<K, V> entry = entries.next();
        rows.put(entry.key, entry.value);
      }
    }
    return rows;
  }

  /** The ordinals that a log's stream store holds for this stream, in order. */
  public List<Long> ordinals(Log log, String streamId) {
    String name = log == Log.ACTIVITY ? StoreNames.ACTIVITY_STREAMS : StoreNames.LIFECYCLE_STREAMS;
    Map<StreamKey, byte[]> entries = all(name);
    return entries.keySet().stream()
        .filter(key -> key.streamId().equals(streamId))
        .map(StreamKey::ordinal)
        .toList();
  }

  // Life

  /** Ends this life of the graph in order and begins another one on the same state. */
  public void restart() {
    driver.close();
    progress = new Progress();
    driver = open();
  }

  @Override
  public void close() {
    driver.close();
  }

  private TopologyTestDriver open() {
    keepTaskFolder();
    HeadConfig head = new HeadConfig(
        progress, settings.dedupWindow(), settings.streamEntriesMax(), Duration.ofMillis(1));
    TopologyConfig config = new TopologyConfig(codecs, prices, head);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:0");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbLimits.class);
    return new TopologyTestDriver(new ConductorTopology(config).get(), properties, now);
  }

  /**
   * The driver deletes its folder when it closes. Through a link it deletes the link and the state
   * stays.
   */
  private void keepTaskFolder() {
    try {
      Path application = Files.createDirectories(folder.resolve("state").resolve(APPLICATION));
      Path kept = Files.createDirectories(folder.resolve("kept"));
      Path link = application.resolve("0_0");
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes over what was written, since a restart would forget it. */
  private void drain() {
    for (String topic : driver.producedTopicNames()) {
      if (!topic.endsWith(CHANGELOG)) {
        var reader = driver.createOutputTopic(
            topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        output.computeIfAbsent(topic, any -> new ArrayList<>()).addAll(reader.readRecordsToList());
      }
    }
    relay();
  }

  /** As the relay of the API does: what was told of spending goes into the log of admissions. */
  private void relay() {
    List<TestRecord<byte[], byte[]>> spending = output.getOrDefault(Topics.SPENDING, List.of());
    while (relayed < spending.size()) {
      SpendingRecord said = read(spending.get(relayed).value());
      AdmissionRecord.Item item = new AdmissionRecord.Item(relayed++, said);
      admission(new AdmissionRecord.Told(0, List.of(item)));
    }
  }

  private static SpendingRecord read(byte[] json) {
    try {
      return Handoff.read(json, SpendingRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <K, V> KeyValueStore<K, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
