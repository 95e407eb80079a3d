package io.conductore.topology;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.activity.ActivityStage;
import io.conductore.topology.admission.AdmissionStage;
import io.conductore.topology.cursor.CursorStage;
import io.conductore.topology.dispatch.DispatchStage;
import io.conductore.topology.escalation.EscalationStage;
import io.conductore.topology.handoff.EveryPartition;
import io.conductore.topology.head.FeedProcessor;
import io.conductore.topology.head.LogProcessor;
import io.conductore.topology.head.RecordTime;
import io.conductore.topology.intake.IntakeProcessor;
import io.conductore.topology.intake.OtlpProcessor;
import io.conductore.topology.lifecycle.LifecycleStage;
import io.conductore.topology.otlp.TelemetryEvents;
import io.conductore.topology.state.StoreNames;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The graph, top to bottom in the direction of flow. Every node and store is named; the description
 * is a golden file, because names of changelogs are an API.
 *
 * <pre>
 * rig.ingress ──▶ INTAKE ──▶ rig.activity ──▶ ACTIVITY ──▶ (what it derives, back to rig.activity)
 * otlp_* ───────▶ OTLP ────▶ rig.activity
 *                       └──▶ rig.lifecycle ─▶ LIFECYCLE (rig.dispatch, rig.inbox, rig.causes)
 * </pre>
 */
public final class ConductorTopology implements Supplier<Topology> {
  // Nodes
  private static final String INGRESS = "ingress";
  private static final String INTAKE = "intake";
  private static final String OTLP_EXPORTS = "otlp-exports";
  private static final String OTLP = "otlp";
  private static final String OTLP_TO_ACTIVITY = "otlp-to-activity";
  private static final String OTLP_DEAD = "otlp-dead-letters";
  private static final String ACTIVITY_LOG = "activity-log";
  private static final String ACTIVITY = "activity";
  private static final String LIFECYCLE_LOG = "lifecycle-log";
  private static final String LIFECYCLE = "lifecycle";
  private static final String TO_ACTIVITY = "intake-to-activity";
  private static final String TO_LIFECYCLE = "intake-to-lifecycle";
  private static final String ACTIVITY_DERIVED = "activity-derived";
  private static final String ACTIVITY_INBOX = "activity-to-inbox";
  private static final String ACTIVITY_CAUSES = "activity-to-causes";
  private static final String LIFECYCLE_DERIVED = "lifecycle-derived";
  private static final String LIFECYCLE_DISPATCH = "lifecycle-to-dispatch";
  private static final String LIFECYCLE_CAUSES = "lifecycle-to-causes";
  private static final String LIFECYCLE_INBOX = "lifecycle-to-inbox";
  private static final String INTAKE_DEAD = "intake-dead-letters";
  private static final String ACTIVITY_DEAD = "activity-dead-letters";
  private static final String LIFECYCLE_DEAD = "lifecycle-dead-letters";
  private static final String ACTIVITY_DISPATCH = "activity-to-dispatch";
  private static final String DISPATCH_FEED = "dispatch-feed";
  private static final String DISPATCH = "dispatch";
  private static final String DISPATCH_DERIVED = "dispatch-derived";
  private static final String DISPATCH_CAUSES = "dispatch-to-causes";
  private static final String DISPATCH_TICKS = "dispatch-ticks";
  private static final String DISPATCH_DEAD = "dispatch-dead-letters";
  private static final String INBOX_FEED = "inbox-feed";
  private static final String CURSOR = "cursor";
  private static final String CURSOR_DEAD = "cursor-dead-letters";
  private static final String CAUSES_FEED = "causes-feed";
  private static final String ESCALATION = "escalation";
  private static final String CAUSES_DUE = "causes-due";
  private static final String ESCALATION_EVENTS = "escalation-events";
  private static final String ESCALATION_AGENTS = "escalation-agents";
  private static final String ESCALATIONS = "escalations-out";
  private static final String ESCALATION_DEAD = "escalation-dead-letters";
  private static final String ACTIVITY_SPENDING = "activity-to-spending";
  private static final String ADMISSIONS_FEED = "admissions-feed";
  private static final String ADMISSION = "admission";
  private static final String ADMISSION_DERIVED = "admission-derived";
  private static final String ADMISSION_DISPATCH = "admission-to-dispatch";
  private static final String ADMISSION_CAUSES = "admission-to-causes";
  private static final String ADMISSION_TICKS = "admission-ticks";
  private static final String ADMISSION_DEAD = "admission-dead-letters";

  // SerDes: bytes everywhere, so that a dead letter has the bytes as they came
  private final ByteArrayDeserializer bytesIn = new ByteArrayDeserializer();
  private final ByteArraySerializer bytesOut = new ByteArraySerializer();
  private final RecordTime recordTime = new RecordTime();
  private final EveryPartition everyPartition = new EveryPartition();

  private final TopologyConfig config;

  public ConductorTopology(TopologyConfig config) {
    this.config = config;
  }

  @Override
  public Topology get() {
    Topology graph = new Topology();
    intake(graph);
    activity(graph);
    lifecycle(graph);
    dispatch(graph);
    cursor(graph);
    escalation(graph);
    admission(graph);
    // Last, for the folders of state are numbered in this order, and those that exist keep theirs.
    otlp(graph);
    return graph;
  }

  /** Flat JSON from outside, to the log that each event belongs to. */
  private void intake(Topology graph) {
    IntakeProcessor.Nodes nodes = new IntakeProcessor.Nodes(TO_ACTIVITY, TO_LIFECYCLE, INTAKE_DEAD);
    source(graph, INGRESS, Topics.INGRESS);
    graph.addProcessor(
        INTAKE, () -> new IntakeProcessor(config.codecs(), config.prices(), nodes), INGRESS);
    sink(graph, TO_ACTIVITY, Log.ACTIVITY.topic(), INTAKE);
    sink(graph, TO_LIFECYCLE, Log.LIFECYCLE.topic(), INTAKE);
    sink(graph, INTAKE_DEAD, Topics.DLQ_INTAKE, INTAKE);
  }

  /**
   * What agents do: liveness, cursors, budgets, sessions with their stuck patterns, costs,
   * counters.
   */
  private void activity(Topology graph) {
    LogProcessor.Wiring wiring = new LogProcessor.Wiring(
        StoreNames.ACTIVITY_IDS,
        StoreNames.ACTIVITY_STREAMS,
        Map.of(
            Log.ACTIVITY.topic(),
            ACTIVITY_DERIVED,
            Feed.DISPATCH.topic(),
            ACTIVITY_DISPATCH,
            Feed.INBOX.topic(),
            ACTIVITY_INBOX,
            Feed.CAUSES.topic(),
            ACTIVITY_CAUSES,
            Topics.SPENDING,
            ACTIVITY_SPENDING),
        ACTIVITY_DEAD);
    source(graph, ACTIVITY_LOG, Log.ACTIVITY.topic());
    graph.addProcessor(
        ACTIVITY,
        () -> new LogProcessor<AgentActivity>(
            new ActivityStage(config.stuck()),
            config.codecs().activity(),
            config.codecs(),
            config.head(),
            wiring),
        ACTIVITY_LOG);
    graph.addStateStore(Stores.ids(StoreNames.ACTIVITY_IDS), ACTIVITY);
    graph.addStateStore(Stores.streams(StoreNames.ACTIVITY_STREAMS), ACTIVITY);
    graph.addStateStore(Stores.agents(), ACTIVITY);
    graph.addStateStore(Stores.sessions(), ACTIVITY);
    graph.addStateStore(Stores.costs(), ACTIVITY);
    graph.addStateStore(Stores.metered(), ACTIVITY);
    graph.addStateStore(Stores.costHours(), ACTIVITY);
    graph.addStateStore(Stores.guardBlocks(), ACTIVITY);
    graph.addStateStore(Stores.handed(), ACTIVITY);
    sink(graph, ACTIVITY_DERIVED, Log.ACTIVITY.topic(), ACTIVITY);
    sink(graph, ACTIVITY_DISPATCH, Feed.DISPATCH.topic(), ACTIVITY);
    inbox(graph, ACTIVITY_INBOX, ACTIVITY);
    sink(graph, ACTIVITY_CAUSES, Feed.CAUSES.topic(), ACTIVITY);
    sink(graph, ACTIVITY_SPENDING, Topics.SPENDING, ACTIVITY);
    sink(graph, ACTIVITY_DEAD, Topics.DLQ_ACTIVITY, ACTIVITY);
  }

  /** What happens to issues. */
  private void lifecycle(Topology graph) {
    LogProcessor.Wiring wiring = new LogProcessor.Wiring(
        StoreNames.LIFECYCLE_IDS,
        StoreNames.LIFECYCLE_STREAMS,
        Map.of(
            Log.LIFECYCLE.topic(), LIFECYCLE_DERIVED,
            Feed.DISPATCH.topic(), LIFECYCLE_DISPATCH,
            Feed.CAUSES.topic(), LIFECYCLE_CAUSES,
            Feed.INBOX.topic(), LIFECYCLE_INBOX),
        LIFECYCLE_DEAD);
    source(graph, LIFECYCLE_LOG, Log.LIFECYCLE.topic());
    graph.addProcessor(
        LIFECYCLE,
        () -> new LogProcessor<IssueLifecycle>(
            new LifecycleStage(config.lifecycle()),
            config.codecs().lifecycle(),
            config.codecs(),
            config.head(),
            wiring),
        LIFECYCLE_LOG);
    graph.addStateStore(Stores.ids(StoreNames.LIFECYCLE_IDS), LIFECYCLE);
    graph.addStateStore(Stores.streams(StoreNames.LIFECYCLE_STREAMS), LIFECYCLE);
    graph.addStateStore(Stores.issues(), LIFECYCLE);
    graph.addStateStore(Stores.pulls(), LIFECYCLE);
    sink(graph, LIFECYCLE_DERIVED, Log.LIFECYCLE.topic(), LIFECYCLE);
    sink(graph, LIFECYCLE_DISPATCH, Feed.DISPATCH.topic(), LIFECYCLE);
    sink(graph, LIFECYCLE_CAUSES, Feed.CAUSES.topic(), LIFECYCLE);
    inbox(graph, LIFECYCLE_INBOX, LIFECYCLE);
    sink(graph, LIFECYCLE_DEAD, Topics.DLQ_LIFECYCLE, LIFECYCLE);
  }

  /** Who works on what: one serial log a pool, claims and all that decides them. */
  private void dispatch(Topology graph) {
    FeedProcessor.Wiring wiring = new FeedProcessor.Wiring(
        Map.of(
            Log.LIFECYCLE.topic(), DISPATCH_DERIVED,
            Feed.CAUSES.topic(), DISPATCH_CAUSES,
            Feed.DISPATCH.topic(), DISPATCH_TICKS),
        DISPATCH_DEAD);
    source(graph, DISPATCH_FEED, Feed.DISPATCH.topic());
    graph.addProcessor(
        DISPATCH,
        () -> new FeedProcessor<>(
            new DispatchStage(config.dispatch()), config.codecs(), config.head(), wiring),
        DISPATCH_FEED);
    Stores.dispatch().forEach(store -> graph.addStateStore(store, DISPATCH));
    sink(graph, DISPATCH_DERIVED, Log.LIFECYCLE.topic(), DISPATCH);
    sink(graph, DISPATCH_CAUSES, Feed.CAUSES.topic(), DISPATCH);
    sink(graph, DISPATCH_TICKS, Feed.DISPATCH.topic(), DISPATCH);
    sink(graph, DISPATCH_DEAD, Topics.DLQ_DISPATCH, DISPATCH);
  }

  /** What agents are told, and how far they have come. */
  private void cursor(Topology graph) {
    FeedProcessor.Wiring wiring = new FeedProcessor.Wiring(Map.of(), CURSOR_DEAD);
    source(graph, INBOX_FEED, Feed.INBOX.topic());
    graph.addProcessor(
        CURSOR,
        () -> new FeedProcessor<>(new CursorStage(), config.codecs(), config.head(), wiring),
        INBOX_FEED);
    graph.addStateStore(Stores.cursors(), CURSOR);
    graph.addStateStore(Stores.inbox(), CURSOR);
    graph.addStateStore(Stores.inboxIds(), CURSOR);
    sink(graph, CURSOR_DEAD, Topics.DLQ_CURSOR, CURSOR);
  }

  /** Why somebody should look, once for each cause and subject. */
  private void escalation(Topology graph) {
    FeedProcessor.Wiring wiring = new FeedProcessor.Wiring(
        Map.of(
            Feed.CAUSES.topic(),
            CAUSES_DUE,
            Log.LIFECYCLE.topic(),
            ESCALATION_EVENTS,
            Log.ACTIVITY.topic(),
            ESCALATION_AGENTS,
            Topics.ESCALATIONS,
            ESCALATIONS),
        ESCALATION_DEAD);
    source(graph, CAUSES_FEED, Feed.CAUSES.topic());
    graph.addProcessor(
        ESCALATION,
        () -> new FeedProcessor<>(
            new EscalationStage(config.escalations()), config.codecs(), config.head(), wiring),
        CAUSES_FEED);
    graph.addStateStore(Stores.escalations(), ESCALATION);
    graph.addStateStore(Stores.escalationSubjects(), ESCALATION);
    sink(graph, CAUSES_DUE, Feed.CAUSES.topic(), ESCALATION);
    sink(graph, ESCALATION_EVENTS, Log.LIFECYCLE.topic(), ESCALATION);
    sink(graph, ESCALATION_AGENTS, Log.ACTIVITY.topic(), ESCALATION);
    sink(graph, ESCALATIONS, Topics.ESCALATIONS, ESCALATION);
    sink(graph, ESCALATION_DEAD, Topics.DLQ_ESCALATION, ESCALATION);
  }

  /** What a Collector's Kafka exporter writes, to the log of what agents do. */
  private void otlp(Topology graph) {
    TelemetryEvents telemetry = new TelemetryEvents(config.telemetry());
    source(graph, OTLP_EXPORTS, Topics.OTLP_LOGS, Topics.OTLP_METRICS, Topics.OTLP_SPANS);
    graph.addProcessor(
        OTLP,
        () -> new OtlpProcessor(
            config.codecs(), config.prices(), telemetry, OTLP_TO_ACTIVITY, OTLP_DEAD),
        OTLP_EXPORTS);
    sink(graph, OTLP_TO_ACTIVITY, Log.ACTIVITY.topic(), OTLP);
    sink(graph, OTLP_DEAD, Topics.DLQ_OTLP, OTLP);
  }

  /** Whether a model call may be made: one serial log, spending and admissions. */
  private void admission(Topology graph) {
    FeedProcessor.Wiring wiring = new FeedProcessor.Wiring(
        Map.of(
            Log.ACTIVITY.topic(), ADMISSION_DERIVED,
            Feed.DISPATCH.topic(), ADMISSION_DISPATCH,
            Feed.CAUSES.topic(), ADMISSION_CAUSES,
            Feed.ADMISSIONS.topic(), ADMISSION_TICKS),
        ADMISSION_DEAD);
    source(graph, ADMISSIONS_FEED, Feed.ADMISSIONS.topic());
    graph.addProcessor(
        ADMISSION,
        () -> new FeedProcessor<>(new AdmissionStage(), config.codecs(), config.head(), wiring),
        ADMISSIONS_FEED);
    Stores.admission().forEach(store -> graph.addStateStore(store, ADMISSION));
    sink(graph, ADMISSION_DERIVED, Log.ACTIVITY.topic(), ADMISSION);
    sink(graph, ADMISSION_DISPATCH, Feed.DISPATCH.topic(), ADMISSION);
    sink(graph, ADMISSION_CAUSES, Feed.CAUSES.topic(), ADMISSION);
    sink(graph, ADMISSION_TICKS, Feed.ADMISSIONS.topic(), ADMISSION);
    sink(graph, ADMISSION_DEAD, Topics.DLQ_ADMISSION, ADMISSION);
  }

  private void source(Topology graph, String name, String... topics) {
    graph.addSource(AutoOffsetReset.earliest(), name, recordTime, bytesIn, bytesIn, topics);
  }

  /** What is keyed for everyone goes to every partition. */
  private void inbox(Topology graph, String name, String parent) {
    graph.addSink(name, Feed.INBOX.topic(), bytesOut, bytesOut, everyPartition, parent);
  }

  private void sink(Topology graph, String name, String topic, String parent) {
    graph.addSink(name, topic, bytesOut, bytesOut, parent);
  }
}
