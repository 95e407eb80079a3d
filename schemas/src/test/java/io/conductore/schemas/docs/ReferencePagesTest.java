package io.conductore.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.CommittedFile;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.Log;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatText;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/reference says is what the code does. */
class ReferencePagesTest {

  @Test
  void shouldBeCommittedAsGenerated() {
    commit("asyncapi.yaml", AsyncApi.text());
    commit("topics.md", TopicPage.text());
    commit("events.md", EventPage.text());
  }

  @Test
  void shouldHaveASectionForEveryTypeWhenListingEvents() {
    // when
    List<String> sections = EventPage.text()
        .lines()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4))
        .toList();
    // then
    assertThat(sections)
        .containsExactlyElementsOf(
            EventCatalog.all().stream().map(type -> type.wireName()).toList());
  }

  @Test
  void shouldBeTakenByTheReaderWhenAnEnvelopeFieldIsDocumented() {
    // given
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "HEARTBEAT");
    for (EnvelopeField field : EnvelopeField.all()) {
      switch (field.takes()) {
        case ID -> event.put(field.name(), "x");
        case WHOLE, DEPTH -> event.put(field.name(), 1);
        case TIME -> event.put(field.name(), "2026-11-23T11:00:00Z");
      }
    }
    // when
    AgentActivity read = (AgentActivity) FlatText.accepted(event).envelope();
    // then
    assertThat(read.getExtra()).isNull();
  }

  @Test
  void shouldPointAtWhatExistsWhenOneObjectRefersToAnother() throws IOException {
    // given
    JsonNode document = new YAMLMapper().readTree(AsyncApi.text());
    // when
    List<String> references = document.findValuesAsText("$ref");
    // then
    assertThat(references).hasSizeGreaterThan(3 * EventCatalog.all().size());
    assertThat(references).allSatisfy(reference -> {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode())
            .as(reference)
            .isFalse();
      } else {
        assertThat(CommittedFile.at("docs/reference/" + reference).exists())
            .as(reference)
            .isTrue();
      }
    });
  }

  @Test
  void shouldDescribeTheKeyAndTheSchemaIdWhenALogIsRead() {
    for (Log log : Log.values()) {
      // when
      JsonNode kafka = AsyncApi.document()
          .at("/components/messages/" + log.schema().getName() + "/bindings/kafka");
      // then
      assertThat(kafka.at("/key/type").textValue()).isEqualTo("string");
      assertThat(kafka.path("schemaIdLocation").textValue()).isEqualTo("payload");
      assertThat(kafka.path("bindingVersion").textValue()).isEqualTo("0.5.0");
    }
  }

  private static void commit(String name, String text) {
    CommittedFile.at("docs/reference/" + name).shouldHold(text, ReferencePagesTest.class);
  }
}
