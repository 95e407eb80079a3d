package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BundledSchemasTest {
  private static final String FOLDER = "schemas/src/main/resources/io/conductore/schemas/bundled/";

  /** A schema of the past and the one that is compiled in now. */
  record Pair(int id, Schema written, Schema compiled) {
    @Override
    public String toString() {
      return id + " " + written.getName();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldTheCompiledSchemaWhenRunningWithoutRegistry(Log log) {
    // given
    int nextId = BundledSchemas.ID_FIRST + BundledSchemas.byId().size() + missingBefore(log);
    CommittedFile next = CommittedFile.at(FOLDER + nextId + ".avsc");
    // when
    boolean bundled = isBundled(log);
    if (!bundled && CommittedFile.areWritten()) {
      next.write(text(log.schema()));
      return;
    }
    // then
    assertThat(bundled)
        .as(
            "The schema of %s is not bundled, so a rig without a registry could not write it."
                + " Add it as %s and leave the older files as they are: %s",
            log.topic(), next, CommittedFile.howToWrite(BundledSchemasTest.class))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldReadEveryOlderVersionWhenCompiled(Pair pair) {
    // when
    SchemaCompatibilityType compatible = SchemaCompatibility.checkReaderWriterCompatibility(
            pair.compiled(), pair.written())
        .getType();
    // then
    assertThat(compatible)
        .as("what was written with bundled schema %s must stay readable for ever", pair)
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @Test
  void shouldLoadEveryFileOfTheFolder() throws IOException {
    // given
    Path folder = Path.of(System.getProperty("rig.root", "..")).resolve(FOLDER);
    // when
    List<String> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
    // then: a gap in the numbers would hide all that come after it
    assertThat(files)
        .containsExactlyElementsOf(BundledSchemas.byId().keySet().stream()
            .map(id -> id + ".avsc")
            .sorted()
            .toList());
  }

  @Test
  void shouldNameNoCodeGeneratorWhenReadByOthers() {
    assertThat(BundledSchemas.byId().values())
        .allSatisfy(schema -> assertThat(schema.toString()).doesNotContain("avro.java.string"));
  }

  static List<Pair> pairs() {
    return Arrays.stream(Log.values())
        .flatMap(log -> BundledSchemas.byId().entrySet().stream()
            .filter(entry -> isOf(log, entry.getValue()))
            .map(entry -> new Pair(entry.getKey(), entry.getValue(), log.schema())))
        .toList();
  }

  private static boolean isOf(Log log, Schema schema) {
    return schema.getFullName().equals(log.schema().getFullName());
  }

  /** Both logs may need a new file in the same run. */
  private static int missingBefore(Log log) {
    return (int) Arrays.stream(Log.values())
        .filter(other -> other.ordinal() < log.ordinal() && !isBundled(other))
        .count();
  }

  private static boolean isBundled(Log log) {
    return BundledSchemas.byId().values().stream()
        .anyMatch(schema -> layout(schema).equals(layout(log.schema())));
  }

  private static String layout(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  /** Without the marks of the Java generator, over many lines so that a change is a diff. */
  private static String text(Schema schema) {
    String plain = schema
        .toString()
        .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
        .replace(",\"avro.java.string\":\"String\"", "");
    return new Schema.Parser().parse(plain).toString(true) + "\n";
  }
}
