package io.conductore.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A record that holds itself. */
public final class Chain extends SpecificRecordBase {
  public static final Schema SCHEMA$ = schema("");

  /** What a later version could write: its union also holds a record unheard of here. */
  static final Schema NEWER = schema(", {\"type\": \"record\", \"name\": \"Ring\", \"fields\": ["
      + "{\"name\": \"label\", \"type\": \"string\"}]}");

  private static final long serialVersionUID = 1L;
  private Object next;

  private static Schema schema(String moreBranches) {
    return new Schema.Parser().parse("""
            {"type": "record", "name": "Chain", "namespace": "io.conductore.schemas.registry",
             "fields": [{"name": "next", "default": null, "type": ["null", "Chain" MORE]}]}
            """.replace("MORE", moreBranches));
  }

  @Override
  public Schema getSchema() {
    return SCHEMA$;
  }

  @Override
  public Object get(int field) {
    return next;
  }

  @Override
  public void put(int field, Object value) {
    next = value;
  }
}
