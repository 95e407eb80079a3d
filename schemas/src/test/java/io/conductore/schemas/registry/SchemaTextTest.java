package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

  @Test
  void shouldLeaveOutTheMarksOfTheCodeGeneratorWhenRegistered() {
    // when
    String text = SchemaText.registered(Ping.SCHEMA$);
    // then
    assertThat(text)
        .doesNotContain("avro.java.string")
        .contains("{\"name\":\"id\",\"type\":\"string\"}");
    assertThat(SchemaText.layout(new Schema.Parser().parse(text)))
        .isEqualTo(SchemaText.layout(Ping.SCHEMA$));
  }

  @Test
  void shouldKeepDefaultsAsTheyAreWhenTheyLookLikeSchemas() {
    // given
    String looksLikeSchema = "{\"type\":\"string\",\"avro.java.string\":\"x\"}";
    Schema given = new Schema.Parser().parse("""
                {"type": "record", "name": "R", "fields": [
                  {"name": "m", "type": {"type": "map", "values": "string"}, "default": %s}]}
                """.formatted(looksLikeSchema));
    // when
    String text = SchemaText.registered(given);
    // then
    assertThat(new Schema.Parser().parse(text)).isEqualTo(given);
    assertThat(text).contains(looksLikeSchema);
  }

  @Test
  void shouldSayWhyWhenTextIsNoSchema() {
    // given
    String deep = "{\"type\":\"array\",\"items\":".repeat(50_000);
    // then
    assertThat(SchemaText.parse("{\"type\":\"nonsense\"}"))
        .isInstanceOf(SchemaText.Parsed.Bad.class);
    assertThat(SchemaText.parse("")).isInstanceOf(SchemaText.Parsed.Bad.class);
    assertThat(SchemaText.parse(deep)).isInstanceOf(SchemaText.Parsed.Bad.class);
  }
}
