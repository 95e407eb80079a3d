package io.conductore.schemas;

import io.conductore.schemas.registry.SchemaIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The fixed ids that records carry where there is no registry: one file for each version of each
 * log's schema, in the order in which they were made. A file, once released, stays as it is for
 * ever, for records carry its id.
 */
public final class BundledSchemas {
  /** The first version of rig.activity; the first of rig.lifecycle follows. */
  public static final int ID_FIRST = SchemaIds.BUNDLED_ID_MIN + 1;

  private static final Map<Integer, Schema> BY_ID = load();

  private BundledSchemas() {}

  /** Every version of every log's schema, oldest first. */
  public static Map<Integer, Schema> byId() {
    return BY_ID;
  }

  private static Map<Integer, Schema> load() {
    Map<Integer, Schema> byId = new LinkedHashMap<>();
    int id = ID_FIRST;
    for (Optional<Schema> next = read(id); next.isPresent(); next = read(id)) {
      byId.put(id++, next.get());
    }
    return Collections.unmodifiableMap(byId);
  }

  private static Optional<Schema> read(int id) {
    try (InputStream file = BundledSchemas.class.getResourceAsStream("bundled/" + id + ".avsc")) {
      return file == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
