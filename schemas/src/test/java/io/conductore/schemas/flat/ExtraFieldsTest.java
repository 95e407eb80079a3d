package io.conductore.schemas.flat;

import static io.conductore.schemas.flat.FlatText.activity;
import static io.conductore.schemas.flat.FlatText.heartbeat;
import static io.conductore.schemas.flat.FlatText.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no version knows yet is kept, as long as it stays readable and printable for ever. */
class ExtraFieldsTest {

  @Test
  void shouldKeepAnUnknownFieldWithItsNameAndTextWhenRead() {
    // when
    var event = activity(heartbeat(
        "\"GPU_temp\":61.50,\"note\":\"\",\"nested\":{\"a\":[1,null,\"x\"]},\"Flag\":false"));
    // then
    assertThat(event.getExtra())
        .containsEntry("note", "\"\"")
        .containsEntry("nested", "{\"a\":[1,null,\"x\"]}")
        .containsEntry("Flag", "false")
        .containsKey("GPU_temp")
        .hasSize(4);
    assertThat(FlatText.print(FlatWriter.data(event)))
        .contains("\"GPU_temp\":61.5", "\"nested\":{\"a\":[1,null,\"x\"]}", "\"Flag\":false");
  }

  @Test
  void shouldKeepTheFieldOfAnotherTypeWhenItIsNotOfThisOne() {
    assertThat(activity(heartbeat("\"tool\":\"Bash\",\"prNumber\":5")).getExtra())
        .containsEntry("tool", "\"Bash\"")
        .containsEntry("prNumber", "5");
  }

  @Test
  void shouldRefuseWhenThereAreTooManyUnknownFields() {
    // given
    String most = fields(FlatLimits.EXTRA_FIELDS_MAX);
    String more = fields(FlatLimits.EXTRA_FIELDS_MAX + 1);
    // then
    assertThat(activity(heartbeat(most)).getExtra()).hasSize(FlatLimits.EXTRA_FIELDS_MAX);
    assertThat(refused(heartbeat(more))).singleElement().satisfies(error -> {
      assertThat(error.field()).isEqualTo("x64");
      assertThat(error.detail()).contains("x64", "at most 64", "16384 characters", "32 levels");
    });
  }

  @Test
  void shouldRefuseWhenUnknownFieldsAreTooLong() {
    // given
    String name = "n".repeat(1_000);
    // then
    assertThat(refused(heartbeat("\"note\":\"" + "x".repeat(FlatLimits.EXTRA_CHARS_MAX) + "\"")))
        .extracting(FieldError::field)
        .containsExactly("note");
    assertThat(refused(heartbeat("\"" + name.repeat(17) + "\":1")))
        .singleElement()
        .satisfies(error -> assertThat(error.field()).hasSize(FlatLimits.ID_CHARS_MAX));
  }

  /** Short to write, and an out-of-memory error for whoever prints it plain. */
  @ParameterizedTest
  @ValueSource(strings = {"1e99999999", "{\"a\":[1e-99999999]}", "1e401", "-1e2147483647"})
  void shouldRefuseWhenANumberOfAnUnknownFieldCannotBePrinted(String number) {
    assertThat(refused(heartbeat("\"load\":" + number)))
        .extracting(FieldError::field)
        .containsExactly("load");
    assertThat(refused(heartbeat("\"providers\":" + number)))
        .extracting(FieldError::field)
        .containsExactly("providers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7976931348623157e308", "4.9E-324", "123456789012345678901234567890"})
  void shouldKeepANumberOfAnUnknownFieldWhenADoubleCouldHoldIt(String number) {
    // when
    var event = activity(heartbeat("\"load\":" + number));
    // then
    assertThat(
            FlatText.parse(FlatText.print(FlatWriter.data(event))).get("load").decimalValue())
        .isEqualByComparingTo(number);
  }

  @Test
  void shouldRefuseWhenAnUnknownFieldIsTooDeep() {
    // given
    String deepest = nested(FlatLimits.JSON_DEPTH_MAX);
    String deeper = nested(FlatLimits.JSON_DEPTH_MAX + 1);
    // then
    assertThat(activity(heartbeat("\"deep\":" + deepest + ",\"integrations\":" + deepest)))
        .isNotNull();
    assertThat(refused(heartbeat("\"deep\":" + deeper)))
        .extracting(FieldError::field)
        .containsExactly("deep");
    assertThat(refused(heartbeat("\"integrations\":" + deeper)))
        .extracting(FieldError::field)
        .containsExactly("integrations");
    assertThat(refused(heartbeat("\"deep\":" + nested(990))))
        .extracting(FieldError::field)
        .containsExactly("deep");
  }

  @Test
  void shouldRefuseAndNotThrowWhenATreeIsDeeperThanAnyParserAllows() {
    // given
    ObjectNode event = (ObjectNode) FlatText.parse(heartbeat("\"status\":\"idle\""));
    ArrayNode inner = event.putArray("deep");
    for (int i = 0; i < 100_000; i++) {
      inner = inner.addArray();
    }
    // then
    assertThat(FlatReader.read(event, FlatText.reading())).isInstanceOf(FlatOutcome.Refused.class);
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"x" + i + "\":" + i)
        .collect(Collectors.joining(","));
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}
