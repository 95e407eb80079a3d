package io.conductore.schemas;

import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How one Avro field looks in the flat JSON form, read from the properties in the IDL.
 *
 * @param name the JSON name, camelCase
 * @param position the Avro field's position in its record
 * @param required true when there is neither a null branch nor a default
 * @param oneOf the allowed values, empty for any
 * @param charsMax free text is cut here; 0 for text that is refused when too long
 * @param key true for a name that ends up in keys of stores
 * @param max the greatest number that is taken, in the unit of the JSON form
 * @param absent the value of a field that is not given
 */
public record FlatField(
    String name,
    int position,
    Kind kind,
    boolean required,
    List<String> oneOf,
    int charsMax,
    boolean key,
    long max,
    @Nullable Object absent) {
  /** Far above any real count, and low enough that millions of them add up in a long. */
  public static final long COUNT_MAX = 1_000_000_000_000L;

  /** No single model call costs this much; a poisoned price must not fill a budget for ever. */
  public static final long COST_USD_MAX = 1_000;

  /** The JSON kinds a flat field can have. */
  public enum Kind {
    STRING,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    STRINGS,
    INTS,
    /** Any JSON value, kept as its text. */
    JSON,
    /** A decimal number of dollars, kept as 10^-12 USD. */
    USD,
    /** ISO-8601 or epoch milliseconds. */
    TIME,
    /** Milliseconds or seconds, kept whole: many clocks count in fractions of them. */
    DURATION,
    /** A decimal number, kept as plain text. */
    DECIMAL
  }

  static FlatField of(Schema.Field field) {
    Schema inner = nonNull(field.schema());
    Object limit = field.getObjectProp("truncate");
    boolean optional = field.hasDefaultValue();
    Kind kind = kind(field, inner);
    return new FlatField(
        field.getProp("flat") == null ? field.name() : field.getProp("flat"),
        field.pos(),
        kind,
        !optional,
        allowed(field),
        limit instanceof Number chars ? chars.intValue() : 0,
        Boolean.TRUE.equals(field.getObjectProp("key")),
        max(field, kind),
        absentValue(field.schema(), inner));
  }

  String lowerName() {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Kind kind(Schema.Field field, Schema inner) {
    String named = field.getProp("kind");
    if (named != null) {
      return Kind.valueOf(named.toUpperCase(Locale.ROOT));
    }
    return switch (inner.getType()) {
      case STRING -> Kind.STRING;
      case INT -> Kind.INT;
      case LONG -> Kind.LONG;
      case DOUBLE -> Kind.DOUBLE;
      case BOOLEAN -> Kind.BOOLEAN;
      case ARRAY -> inner.getElementType().getType() == Schema.Type.INT ? Kind.INTS : Kind.STRINGS;
      default -> throw new IllegalStateException("no flat form for field " + field.name());
    };
  }

  private static long max(Schema.Field field, Kind kind) {
    if (field.getObjectProp("max") instanceof Number max) {
      return max.longValue();
    }
    return switch (kind) {
      case INT, INTS -> Integer.MAX_VALUE;
      case USD -> COST_USD_MAX;
      default -> COUNT_MAX;
    };
  }

  private static List<String> allowed(Schema.Field field) {
    Object values = field.getObjectProp("oneOf");
    return values instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static @Nullable Object absentValue(Schema schema, Schema inner) {
    if (schema.isNullable()) {
      return null;
    }
    return switch (inner.getType()) {
      case ARRAY -> List.of();
      case LONG -> 0L;
      case INT -> 0;
      default -> null;
    };
  }

  private static Schema nonNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
