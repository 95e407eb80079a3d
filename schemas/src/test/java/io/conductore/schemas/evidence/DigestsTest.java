package io.conductore.schemas.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DigestsTest {

  @Test
  void shouldBeSixteenHexCharactersWhenDigesting() throws Exception {
    assertThat(Digests.ofText("")).matches("[0-9a-f]{16}");
    assertThat(Digests.ofInput(json("{}"))).matches("[0-9a-f]{16}");
  }

  @Test
  void shouldNotDependOnKeyOrderWhenDigestingInput() throws Exception {
    assertThat(Digests.ofInput(json("{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"c\"}")))
        .isEqualTo(Digests.ofInput(json("{\"b\":\"c\",\"a\":{\"y\":[1,2],\"x\":1}}")));
  }

  @Test
  void shouldKeepWhatLooksVolatileWhenDigestingInput() throws Exception {
    assertThat(Digests.ofInput(json("{\"command\":\"sleep 60s\"}")))
        .isNotEqualTo(Digests.ofInput(json("{\"command\":\"sleep 61s\"}")));
    assertThat(Digests.ofInput(json("{\"items\":[1,2]}")))
        .isNotEqualTo(Digests.ofInput(json("{\"items\":[2,1]}")));
  }

  @Test
  void shouldIgnoreTheRemarkWhenItStandsBesideACommand() throws Exception {
    assertThat(Digests.ofInput(json("{\"command\":\"make\",\"description\":\"build\"}")))
        .isEqualTo(Digests.ofInput(json("{\"command\":\"make\",\"description\":\"try again\"}")));
    assertThat(Digests.ofInput(json("{\"prompt\":\"p\",\"description\":\"build\"}")))
        .isNotEqualTo(Digests.ofInput(json("{\"prompt\":\"p\",\"description\":\"again\"}")));
  }

  @Test
  void shouldNotConfuseTextAndStructureWhenDigestingInput() throws Exception {
    assertThat(Digests.ofInput(json("[\"1\"]"))).isNotEqualTo(Digests.ofInput(json("[1]")));
    assertThat(Digests.ofInput(json("[\"a\",\"b\"]")))
        .isNotEqualTo(Digests.ofInput(json("[\"a\\\",\\\"b\"]")));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
