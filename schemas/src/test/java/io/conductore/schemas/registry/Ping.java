package io.conductore.schemas.registry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecordBase;

/** A small compiled record, with one of each shape that an attacker would lie about. */
public final class Ping extends SpecificRecordBase {
  public static final Schema SCHEMA$ = schema("", "\"long\"");

  private static final long serialVersionUID = 1L;

  private String id;
  private long count;
  private List<String> tags;
  private Map<String, Long> sizes;
  private Object body;

  static Ping of(String id, long count, List<String> tags) {
    Ping ping = new Ping();
    ping.id = id;
    ping.count = count;
    ping.tags = tags;
    ping.sizes = Map.of("a", count);
    ping.body = "body of " + id;
    return ping;
  }

  /** A further version: more fields, or another type of the count. */
  static Schema schema(String extraFields, String countType) {
    String text = "{\"type\": \"string\", \"avro.java.string\": \"String\"}";
    return new Schema.Parser()
        .parse("""
            {"type": "record", "name": "Ping", "namespace": "io.conductore.schemas.registry",
             "fields": [
               {"name": "id", "type": TEXT},
               {"name": "count", "type": COUNT},
               {"name": "tags", "type": {"type": "array", "items": TEXT}, "default": []},
               {"name": "sizes", "default": {},
                "type": {"type": "map", "values": "long", "avro.java.string": "String"}},
               {"name": "body", "type": ["long", "bytes", TEXT], "default": 0}
               EXTRA
             ]}
            """.replace("TEXT", text).replace("COUNT", countType).replace("EXTRA", extraFields));
  }

  /** The next version, compatible: one more field with a default. */
  static Schema nextSchema() {
    return schema(
        ",{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}", "\"long\"");
  }

  /** Not compatible: the count becomes text. */
  static Schema brokenSchema() {
    return schema("", "\"string\"");
  }

  static GenericRecord nextRecord(String id, String note) {
    return new GenericRecordBuilder(nextSchema())
        .set("id", id)
        .set("count", 7L)
        .set("note", note)
        .build();
  }

  String id() {
    return id;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA$;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case 0 -> id;
      case 1 -> count;
      case 2 -> tags;
      case 3 -> sizes;
      case 4 -> body;
      default -> throw new IndexOutOfBoundsException(field);
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  public void put(int field, Object value) {
    switch (field) {
      case 0 -> id = Objects.toString(value);
      case 1 -> count = (Long) value;
      case 2 -> tags = (List<String>) value;
      case 3 -> sizes = (Map<String, Long>) value;
      case 4 -> body = value;
      default -> throw new IndexOutOfBoundsException(field);
    }
  }
}
