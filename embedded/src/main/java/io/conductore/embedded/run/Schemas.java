package io.conductore.embedded.run;

import io.conductore.schemas.BundledSchemas;
import io.conductore.schemas.Log;
import io.conductore.schemas.registry.RegistryClient;
import io.conductore.schemas.registry.RegistryConfig;
import io.conductore.schemas.registry.SchemaFiles;
import io.conductore.schemas.registry.SchemaIds;
import io.conductore.schemas.registry.SchemaSetup;
import io.conductore.schemas.registry.SetupOutcome;
import io.conductore.schemas.registry.Sleeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The schema ids of this run, and how settling them went. */
record Schemas(SchemaIds ids, SetupOutcome setup) {

  /** Blocks for a few deadlines of the registry client at most. */
  static Schemas settle(Optional<URI> registry, Path folder, InstantSource clock)
      throws IOException {
    var files = SchemaFiles.in(folder);
    var ids = registry.isPresent()
        ? SchemaIds.of(
            new RegistryClient(RegistryConfig.of(registry.get())),
            BundledSchemas.byId(),
            files,
            clock,
            Sleeper.REAL)
        : SchemaIds.bundled(BundledSchemas.byId(), files);
    return new Schemas(ids, new SchemaSetup(ids).run(subjects()));
  }

  /** False if records could not be written, or would be read as something else. */
  boolean isReady() {
    return setup instanceof SetupOutcome.Ready || setup instanceof SetupOutcome.ReadyFromCache;
  }

  private static Map<String, Schema> subjects() {
    return Arrays.stream(Log.values()).collect(Collectors.toMap(Log::subject, Log::schema));
  }
}
