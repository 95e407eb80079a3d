package io.conductore.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A record that holds itself. */
public final class Chain extends SpecificRecordBase {
  public static final Schema SCHEMA$ = new Schema.Parser()
      .parse(
          "{\"type\":\"record\",\"name\":\"Chain\",\"namespace\":\"io.conductore.schemas.registry\","
              + "\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Chain\"],\"default\":null}]}");

  /** What a later version could write: its union also holds a record that this one has never heard of. */
  static final Schema NEWER =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"Chain\",\"namespace\":\"io.conductore.schemas.registry\","
                  + "\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Chain\",{\"type\":\"record\","
                  + "\"name\":\"Ring\",\"fields\":[{\"name\":\"label\",\"type\":\"string\"}]}],"
                  + "\"default\":null}]}");

  private static final long serialVersionUID = 1L;
  private Object next;

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
