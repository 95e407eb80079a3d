package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.registry.AvroCodec;
import io.conductore.schemas.registry.Decoded;
import io.conductore.schemas.registry.SchemaFiles;
import io.conductore.schemas.registry.SchemaIds;
import io.conductore.schemas.registry.SchemaSetup;
import io.conductore.schemas.registry.SetupOutcome;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Events as a rig without a registry writes them to its logs. */
public final class WireBytes {
  private static final SchemaIds READING =
      SchemaIds.bundled(BundledSchemas.byId(), SchemaFiles.none());

  private WireBytes() {}

  /** Apart from reading, which must go on where the compiled schema is not bundled yet. */
  private static final class Writing {
    private static final SchemaIds IDS = settled();
    private static final AvroCodec<AgentActivity> ACTIVITY =
        AvroCodec.forTopic(Log.ACTIVITY.topic(), AgentActivity.class, IDS);
    private static final AvroCodec<IssueLifecycle> LIFECYCLE =
        AvroCodec.forTopic(Log.LIFECYCLE.topic(), IssueLifecycle.class, IDS);
  }

  public static byte[] encode(SpecificRecord envelope) {
    return envelope instanceof AgentActivity activity
        ? Writing.ACTIVITY.encode(activity)
        : Writing.LIFECYCLE.encode((IssueLifecycle) envelope);
  }

  public static SpecificRecord decode(Log log, byte[] bytes) {
    AvroCodec<? extends SpecificRecord> codec = switch (log) {
      case ACTIVITY -> AvroCodec.reading(AgentActivity.class, READING);
      case LIFECYCLE -> AvroCodec.reading(IssueLifecycle.class, READING);
    };
    Decoded<? extends SpecificRecord> decoded = codec.decode(bytes);
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<? extends SpecificRecord>) decoded).value();
  }

  private static SchemaIds settled() {
    SchemaIds ids = SchemaIds.bundled(BundledSchemas.byId(), SchemaFiles.none());
    SetupOutcome outcome = new SchemaSetup(ids)
        .run(Arrays.stream(Log.values()).collect(Collectors.toMap(Log::subject, Log::schema)));
    assertThat(outcome).isInstanceOf(SetupOutcome.Ready.class);
    return ids;
  }
}
