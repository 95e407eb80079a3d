package io.conductore.topology.head;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.SpendingRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards to the sinks that a stage is wired to. */
final class Handover implements Outlets {
  private final ProcessorContext<byte[], byte[]> context;
  private final EventCodecs codecs;
  private final Map<String, String> nodeByTopic;
  private final Runnable counter;

  /**
   * @param nodeByTopic the sink's name for each topic that the stage may write to
   * @param counter told of each derived event
   */
  Handover(
      ProcessorContext<byte[], byte[]> context,
      EventCodecs codecs,
      Map<String, String> nodeByTopic,
      Runnable counter) {
    this.context = context;
    this.codecs = codecs;
    this.nodeByTopic = nodeByTopic;
    this.counter = counter;
  }

  @Override
  public void event(SpecificRecord envelope) {
    LogEvent event = switch (envelope) {
      case AgentActivity activity ->
        logEvent(
            Log.ACTIVITY,
            activity.getStreamId(),
            activity.getEventId(),
            activity.getType(),
            activity);
      case IssueLifecycle lifecycle ->
        logEvent(
            Log.LIFECYCLE,
            lifecycle.getStreamId(),
            lifecycle.getEventId(),
            lifecycle.getType(),
            lifecycle);
      default -> throw new IllegalArgumentException("not an envelope");
    };
    counter.run();
    Headers headers = new RecordHeaders();
    CloudEventHeaders.of(event).forEach(headers::add);
    forward(event.log().topic(), event.key(), codecs.encode(event), headers);
  }

  @Override
  public void dispatch(String pool, DispatchRecord record) {
    forward(Feed.DISPATCH.topic(), pool, Handoff.bytes(record), new RecordHeaders());
  }

  @Override
  public void inbox(String key, InboxRecord record) {
    forward(Feed.INBOX.topic(), key, Handoff.bytes(record), new RecordHeaders());
  }

  @Override
  public void cause(CauseRecord record) {
    forward(
        Feed.CAUSES.topic(), record.subject().key(), Handoff.bytes(record), new RecordHeaders());
  }

  @Override
  public void spending(SpendingRecord record) {
    forward(Topics.SPENDING, record.agentId(), Handoff.bytes(record), new RecordHeaders());
  }

  @Override
  public void admission(AdmissionRecord record) {
    forward(
        Feed.ADMISSIONS.topic(), AdmissionRecord.BOOK, Handoff.bytes(record), new RecordHeaders());
  }

  @Override
  public void escalation(String escalationId, byte[] json) {
    forward(Topics.ESCALATIONS, escalationId, json, new RecordHeaders());
  }

  private static LogEvent logEvent(
      Log log, String stream, String eventId, String type, SpecificRecord envelope) {
    return new LogEvent(
        log, stream, eventId, EventCatalog.byWireName(type).orElseThrow(), envelope);
  }

  private void forward(String topic, String key, byte[] value, Headers headers) {
    String node = nodeByTopic.get(topic);
    if (node == null) {
      throw new IllegalStateException("this stage is not wired to " + topic);
    }
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<>(keyBytes, value, context.currentSystemTimeMs(), headers), node);
  }
}
