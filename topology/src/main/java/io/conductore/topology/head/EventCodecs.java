package io.conductore.topology.head;

import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.registry.AvroCodec;
import io.conductore.schemas.registry.Decoded;
import io.conductore.schemas.registry.SchemaIds;
import org.apache.avro.specific.SpecificRecord;

/** The codecs of the two logs. Thread-safe. */
public record EventCodecs(AvroCodec<AgentActivity> activity, AvroCodec<IssueLifecycle> lifecycle) {

  /** Needs schema ids that SchemaSetup has settled. */
  public static EventCodecs of(SchemaIds ids) {
    return new EventCodecs(
        AvroCodec.forTopic(Log.ACTIVITY.topic(), AgentActivity.class, ids),
        AvroCodec.forTopic(Log.LIFECYCLE.topic(), IssueLifecycle.class, ids));
  }

  /** The wire bytes of an event that a door has read. */
  public byte[] encode(LogEvent event) {
    return switch (event.envelope()) {
      case AgentActivity envelope -> activity.encode(envelope);
      case IssueLifecycle envelope -> lifecycle.encode(envelope);
      default -> throw new IllegalArgumentException("not an envelope: " + event.type());
    };
  }

  /** An envelope of this log from its wire bytes. */
  public Decoded<? extends SpecificRecord> decode(Log log, byte[] bytes) {
    return log == Log.ACTIVITY ? activity.decode(bytes) : lifecycle.decode(bytes);
  }
}
