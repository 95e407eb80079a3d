package io.conductore.embedded.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.conductore.embedded.DashboardBrowser;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real page in a real browser on a running rig: it shows what was posted, as it is posted. */
class LiveDashboardTest {
  private static final double SHOWN_MS_MAX = 20_000;
  private static final String BEFORE = """
      [{"type":"HEARTBEAT","agentId":"live-e","status":"working",
        "currentRepo":"o/r","currentIssue":42},
       {"type":"BUDGET_LIMIT_CHANGED","agentId":"live-e","window":"day","limitTokens":100000},
       {"type":"TOKEN_USAGE","agentId":"live-e","repo":"o/r","issueNumber":42,"costUsd":0.25,
        "model":"claude-sonnet-4-6","inputTokens":40000,"outputTokens":500}]""";
  private static final String AFTER = """
      {"type":"TOKEN_USAGE","agentId":"live-e","repo":"o/r","issueNumber":42,"costUsd":0.5,
       "model":"claude-sonnet-4-6","inputTokens":40000,"outputTokens":500}""";

  @TempDir
  Path data;

  @Test
  void shouldShowAgentBudgetAndCostsWhenEventsArePosted() throws Exception {
    // given
    try (RigProcess rig = RigProcess.start(data);
        DashboardBrowser browser = new DashboardBrowser();
        DashboardBrowser.Watched dashboard = browser.open(rig.uri("").toString())) {
      Page page = dashboard.page();
      Assertions.assertThat(rig.post(BEFORE, "Prefer", "wait=5").statusCode()).isEqualTo(200);

      // when
      page.navigate(rig.uri("/").toString());

      // then
      Locator row = DashboardBrowser.agentRow(page, "live-e");
      assertThat(row).containsText("o/r#42", soon());
      assertThat(page.locator("budget-list")).containsText("40.5 k of 100 k tokens", soon());
      assertThat(page.locator("cost-table tfoot")).containsText("$0.25", soon());
      assertThat(page.locator("freshness-line")).containsText("Live", soon());

      // when
      Assertions.assertThat(rig.post(AFTER, "Prefer", "wait=5").statusCode()).isEqualTo(200);

      // then
      assertThat(page.locator("budget-list")).containsText("81 k of 100 k tokens", soon());
      assertThat(page.locator("cost-table tfoot")).containsText("$0.75", soon());
      Assertions.assertThat(dashboard.troubles()).isEmpty();
    }
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(SHOWN_MS_MAX);
  }
}
