package io.conductore.schemas.registry;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's model for one compiled record and the types inside it. Since 1.12.1 Avro loads no class by
 * its name unless a JVM-wide setting trusts it; here it need not, because the classes come from the
 * compiled schema and never from what was read. So nothing global has to be loosened, in our JVM or
 * in a Connect worker's.
 */
final class CompiledModel extends SpecificData {
  private final Map<String, Class<?>> classByName = new HashMap<>();

  CompiledModel(Class<? extends SpecificRecord> type) {
    super(type.getClassLoader());
    SpecificData own = SpecificData.getForClass(type);
    for (Conversion<?> conversion : own.getConversions()) {
      addLogicalTypeConversion(conversion);
    }
    addClasses(type, own.getSchema(type), Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Raw as in Avro. Null where the reader's schema has no such compiled type. */
  @Override
  @SuppressWarnings("rawtypes")
  public @Nullable Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> classByName.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }

  private void addClasses(Class<?> root, Schema schema, Set<Schema> seen) {
    if (!seen.add(schema)) {
      return;
    }
    switch (schema.getType()) {
      case RECORD -> {
        addClass(root, schema);
        schema.getFields().forEach(field -> addClasses(root, field.schema(), seen));
      }
      case ENUM, FIXED -> addClass(root, schema);
      case ARRAY -> addClasses(root, schema.getElementType(), seen);
      case MAP -> addClasses(root, schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(branch -> addClasses(root, branch, seen));
      default -> {}
    }
  }

  private void addClass(Class<?> root, Schema schema) {
    try {
      Class<?> named = Class.forName(getClassName(schema), true, root.getClassLoader());
      classByName.put(schema.getFullName(), named);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(schema.getFullName() + " is not compiled in", e);
    }
  }
}
