package io.conductore.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Makes Avro match records by name, as its specification says. Its Java library falls back to the
 * structure: in a union it reads a record that the reader does not know as the first one whose
 * fields all have defaults. Our payloads are such a union, so an event type newer than the reader
 * would come out as an empty heartbeat. Here such a record turns into a fixed of no size, which
 * matches nothing: reading it fails, all others are as before.
 */
final class NamedMatch {
  private final Map<Pair, Schema> done = new HashMap<>();

  private record Pair(Schema writer, Schema reader) {}

  /**
   * The writer's schema for use with this reader; its layout differs only where reading fails
   * anyway.
   */
  static Schema of(Schema writer, Schema reader) {
    return new NamedMatch().match(Schema.applyAliases(writer, reader), reader);
  }

  private Schema match(Schema writer, Schema reader) {
    return switch (writer.getType()) {
      case UNION -> {
        List<Schema> branches = new ArrayList<>();
        writer.getTypes().forEach(branch -> branches.add(match(branch, reader)));
        yield Schema.createUnion(branches);
      }
      case RECORD ->
        counterpart(writer, reader).map(r -> record(writer, r)).orElse(nothing(writer));
      case ARRAY ->
        counterpart(writer, reader)
            .map(r -> Schema.createArray(match(writer.getElementType(), r.getElementType())))
            .orElse(writer);
      case MAP ->
        counterpart(writer, reader)
            .map(r -> Schema.createMap(match(writer.getValueType(), r.getValueType())))
            .orElse(writer);
      default -> writer;
    };
  }

  private static Optional<Schema> counterpart(Schema writer, Schema reader) {
    List<Schema> candidates =
        reader.getType() == Schema.Type.UNION ? reader.getTypes() : List.of(reader);
    Optional<Schema> byFullName = candidates.stream()
        .filter(r -> r.getType() == writer.getType())
        .filter(r -> r.getFullName().equals(writer.getFullName()))
        .findFirst();
    // A record may have moved to another namespace: the specification compares unqualified names.
    return byFullName.or(() -> candidates.stream()
        .filter(r -> r.getType() == writer.getType())
        .filter(r -> r.getName().equals(writer.getName()))
        .findFirst());
  }

  private Schema record(Schema writer, Schema reader) {
    Pair pair = new Pair(writer, reader);
    Schema before = done.get(pair);
    if (before != null) {
      return before;
    }
    Schema matched =
        Schema.createRecord(writer.getName(), null, writer.getNamespace(), writer.isError());
    // Known before its fields are: a record may contain itself.
    done.put(pair, matched);
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : writer.getFields()) {
      Schema.Field read = reader.getField(field.name());
      Schema type = read == null ? field.schema() : match(field.schema(), read.schema());
      fields.add(new Schema.Field(field.name(), type));
    }
    matched.setFields(fields);
    return matched;
  }

  private static Schema nothing(Schema writer) {
    return Schema.createFixed(writer.getName(), null, writer.getNamespace(), 0);
  }
}
