package io.conductore.embedded.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One report in three forms; whatever an agent calls itself, it stays a name. */
class CostPageTest {
  private static final String REPORT = """
      {"report":"costs","day":"2026-11-23","complete":true,
       "total":{"calls":3,"inputTokens":1200,"outputTokens":85,"cacheCreationTokens":300,
                "cacheReadTokens":9000,"costUsd":0.0870,"estimatedCalls":1},
       "merged":{"issues":2,"costUsd":0.05,"perIssueUsd":0.025},
       "byAgent":[{"agentId":"=cmd()","calls":2,"inputTokens":1000,"outputTokens":80,
                   "cacheCreationTokens":0,"cacheReadTokens":0,"costUsd":0.0800,"estimatedCalls":0},
                  {"agentId":"a,\\"b\\"<i>","calls":1,"inputTokens":200,"outputTokens":5,
                   "cacheCreationTokens":300,"cacheReadTokens":9000,"costUsd":0.0070,
                   "estimatedCalls":1}],
       "byIssue":[{"repo":"o/r","issueNumber":7,"calls":3,"inputTokens":1200,"outputTokens":85,
                   "cacheCreationTokens":300,"cacheReadTokens":9000,"costUsd":0.0870,
                   "estimatedCalls":1}]}
      """;

  private CostPage page;

  @BeforeEach
  void read() throws Exception {
    JsonNode report = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build()
        .readTree(REPORT);
    page = CostPage.of(report);
  }

  @Test
  void shouldAlignColumnsWhenWrittenForATerminal() {
    // when
    String[] lines = page.text().split("\n");

    // then
    assertThat(lines[0]).isEqualTo("Costs of 2026-11-23 (UTC)");
    assertThat(lines[2])
        .isEqualTo("dimension  name      calls  input  output  cache write  cache read  cost USD  "
            + "estimated calls");
    assertThat(lines[3])
        .isEqualTo("total                    3   1200      85          300        9000    0.0870  "
            + "              1");
    assertThat(lines[lines.length - 1])
        .isEqualTo("2 merged issues cost 0.025 USD each, from their first call on.");
  }

  @Test
  void shouldQuoteWhatASpreadsheetWouldMistakeWhenWrittenAsCsv() {
    // when
    String[] lines = page.csv().split("\r\n");

    // then
    assertThat(lines[0]).startsWith("day,dimension,name,calls,input");
    assertThat(lines[1]).isEqualTo("2026-11-23,total,,3,1200,85,300,9000,0.0870,1");
    assertThat(lines[2]).startsWith("2026-11-23,agent,'=cmd(),2,");
    assertThat(lines[3]).startsWith("2026-11-23,agent,\"a,\"\"b\"\"<i>\",1,");
    assertThat(lines[4]).startsWith("2026-11-23,issue,o/r#7,3,");
  }

  @Test
  void shouldEscapeNamesWhenWrittenAsHtml() {
    // when
    String html = page.html();

    // then
    assertThat(html).contains("<td>a,&quot;b&quot;&lt;i&gt;</td>").doesNotContain("<i>");
  }
}
