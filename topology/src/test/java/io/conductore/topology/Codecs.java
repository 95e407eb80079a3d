package io.conductore.topology;

import io.conductore.schemas.Log;
import io.conductore.schemas.registry.SchemaFiles;
import io.conductore.schemas.registry.SchemaIds;
import io.conductore.schemas.registry.SchemaSetup;
import io.conductore.schemas.registry.SetupOutcome;
import io.conductore.topology.head.EventCodecs;
import java.util.Map;

/** The codecs of a process that runs without a registry. */
public final class Codecs {
  private Codecs() {}

  public static EventCodecs bundled() {
    SchemaIds ids = SchemaIds.bundled(
        Map.of(
            SchemaIds.BUNDLED_ID_MIN,
            Log.ACTIVITY.schema(),
            SchemaIds.BUNDLED_ID_MIN + 1,
            Log.LIFECYCLE.schema()),
        SchemaFiles.none());
    SetupOutcome outcome = new SchemaSetup(ids)
        .run(Map.of(
            Log.ACTIVITY.subject(), Log.ACTIVITY.schema(),
            Log.LIFECYCLE.subject(), Log.LIFECYCLE.schema()));
    if (!(outcome instanceof SetupOutcome.Ready)) {
      throw new IllegalStateException(outcome.message());
    }
    return EventCodecs.of(ids);
  }
}
