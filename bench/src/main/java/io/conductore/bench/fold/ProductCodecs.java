package io.conductore.bench.fold;

import io.conductore.schemas.BundledSchemas;
import io.conductore.schemas.Log;
import io.conductore.schemas.registry.SchemaFiles;
import io.conductore.schemas.registry.SchemaIds;
import io.conductore.schemas.registry.SchemaSetup;
import io.conductore.schemas.registry.SetupOutcome;
import io.conductore.topology.head.EventCodecs;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The product's codecs without a registry: ids come from the bundled schema set. */
public final class ProductCodecs {

  private ProductCodecs() {}

  public static EventCodecs create() {
    Map<String, Schema> subjects = new HashMap<>();
    for (Log log : Log.values()) {
      subjects.put(SchemaSetup.valueSubject(log.topic()), log.schema());
    }
    SchemaIds ids = SchemaIds.bundled(BundledSchemas.byId(), SchemaFiles.none());
    var outcome = new SchemaSetup(ids).run(subjects);
    if (!(outcome instanceof SetupOutcome.Ready)) {
      throw new IllegalStateException("no schema ids: " + outcome);
    }
    return EventCodecs.of(ids);
  }
}
