package io.conductore.embedded;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.conductore.embedded.CannedApi.Mood;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real page in a real browser on canned answers. */
class DashboardTest {
  private static DashboardBrowser browser;

  private CannedApi api;
  private Page page;
  private List<String> troubles;

  @BeforeAll
  static void openBrowser() {
    browser = new DashboardBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void openPage() throws IOException {
    api = new CannedApi(InstantSource.system());
    DashboardBrowser.Watched watched = browser.open(api.url());
    page = watched.page();
    troubles = watched.troubles();
  }

  @AfterEach
  void closePage() {
    page.close();
    api.close();
  }

  @Test
  void shouldShowAgentsBudgetsAndCostsWhenApiAnswers() {
    // when
    page.navigate(api.url());

    // then
    assertThat(agentRow("dev-e")).containsText("stuck");
    assertThat(agentRow("dev-e")).containsText("o/r#42");
    assertThat(agentRow("dev-e-node")).containsText("no progress");
    assertThat(agentRow("review-e")).containsText("missing");
    assertThat(page.locator("budget-list [role=meter]")).hasAttribute("aria-valuenow", "81");
    assertThat(page.locator("budget-list")).containsText("81.2 k of 100 k tokens");
    assertThat(page.locator("cost-table tfoot")).containsText("$0.0870");
    assertThat(page.locator("cost-chart canvas")).isVisible();
    assertThat(page.locator("freshness-line")).containsText("Live");
    assertThat(page).hasTitle("1 stuck · Conductor-E");
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldShowTextWhenAgentNamesItselfInHtml() {
    // when
    page.navigate(api.url());

    // then
    assertThat(agentRow(CannedApi.HOSTILE_ID)).containsText("idle");
    assertThat(page.locator("stuck-list")).containsText("Bash was called <b>5</b> times");
    assertThat(page.locator("img")).hasCount(0);
    Assertions.assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldShowFirstStepsUntilSomethingIsSaid() {
    // given
    api.be(Mood.EMPTY);
    page.navigate(api.url());
    assertThat(page.locator("first-steps")).containsText("curl -sS -X POST " + api.url());
    assertThat(page.locator("first-steps")).containsText("./rig import");

    // when
    api.be(Mood.BUSY);

    // then
    assertThat(agentRow("dev-e")).isVisible();
    assertThat(page.locator("first-steps")).isHidden();
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldKeepLastAnswersAndSaySoWhenNobodyAnswers() {
    // given
    page.navigate(api.url());
    assertThat(agentRow("dev-e")).isVisible();

    // when
    api.be(Mood.AWAY);

    // then
    Locator freshness = page.locator("freshness-line");
    assertThat(freshness).containsText(Pattern.compile("Not answering since \\d\\d:\\d\\d:\\d\\d"));
    assertThat(freshness).containsText("asking again in");
    assertThat(agentRow("dev-e")).isVisible();

    // when
    api.be(Mood.BUSY);
    freshness.getByRole(AriaRole.BUTTON).click();

    // then
    assertThat(freshness).containsText("Live");
  }

  @Test
  void shouldSayWhatTheApiSaysWhenItIsStarting() {
    // given
    api.be(Mood.STARTING);

    // when
    page.navigate(api.url());

    // then
    assertThat(page.locator("freshness-line"))
        .containsText("Starting: The stores do not answer. · no answer yet");
    assertThat(page.locator("first-steps")).isHidden();
  }

  @Test
  void shouldShowWhatNeedsSomebodyAndAcknowledgeItWhenTheButtonIsPressed() {
    // given
    page.navigate(api.url());
    Locator panel = page.locator("escalation-list");
    assertThat(panel).containsText("P1");
    assertThat(panel).containsText("review-e was <b>not</b> heard of");
    assertThat(panel).containsText("for 40 min");

    // when
    panel.getByRole(AriaRole.BUTTON).click();

    // then
    page.waitForCondition(() -> !api.posted().isEmpty());
    Assertions.assertThat(api.posted())
        .containsExactly("/api/escalations/silence-review-e-3f9a1c0b77de/ack");
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldShowWhatTelemetryLostWhenCountersSawMore() {
    // when
    page.navigate(api.url());

    // then
    Locator panel = page.locator("telemetry-gaps");
    assertThat(panel).containsText("15.8 k of 20.6 k tokens and $0.0870 not told");
    assertThat(panel).containsText("counters read 2 min ago");
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldShowDashInsteadOfZeroWhenStuckIsNotAnswered() {
    // given
    api.be(Mood.STUCK_REFUSED);

    // when
    page.navigate(api.url());

    // then
    assertThat(page.locator("[data-figure=stuck] .value")).hasText("–");
    assertThat(page.locator("freshness-line")).containsText("stuck: Not available right now");
    assertThat(agentRow("dev-e")).containsText("working");
  }

  @Test
  void shouldOpenStreamAtTheEventWhenEvidenceIsClicked() {
    // given
    page.navigate(api.url());

    // when
    page.locator("stuck-list .evidence a").click();

    // then
    Locator drawer = page.getByRole(AriaRole.DIALOG);
    assertThat(drawer.locator("h2")).hasText("dev-e");
    assertThat(drawer.locator("[data-target]")).containsText("ToolCall");
    assertThat(drawer.locator("[data-target]")).isInViewport();
    assertThat(drawer.locator("[data-evidence]")).hasCount(1);

    // when
    page.keyboard().press("Escape");

    // then
    assertThat(drawer).isHidden();
    Assertions.assertThat(page.url()).doesNotContain("#");
    Assertions.assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
    Assertions.assertThat(troubles).isEmpty();
  }

  @Test
  void shouldNotAskWhenPageIsHidden() {
    // given
    page.clock().install();
    page.navigate(api.url());
    assertThat(agentRow("dev-e")).isVisible();
    visible(false);
    int before = api.asked();

    // when
    page.clock().runFor(60_000);
    int whileHidden = api.asked() - before;
    visible(true);
    page.clock().runFor(3_000);

    // then
    Assertions.assertThat(whileHidden).isZero();
    page.waitForCondition(() -> api.asked() > before);
  }

  @Test
  void shouldFitWhenWindowIs400PixelsWide() {
    // given
    page.setViewportSize(400, 800);

    // when
    page.navigate(api.url());

    // then
    assertThat(agentRow("dev-e")).isVisible();
    Object overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    Assertions.assertThat(overflow).isEqualTo(0);
  }

  @Test
  void shouldListRoutesWhenDocsAreOpened() {
    // when
    page.navigate(api.url() + "/docs");

    // then
    assertThat(page.locator("#operations-events-postEvents")).isVisible();
    assertThat(page.locator("#operations-agents-getCursor")).isVisible();
    Assertions.assertThat(troubles).isEmpty();
  }

  private Locator agentRow(String agentId) {
    return DashboardBrowser.agentRow(page, agentId);
  }

  private void visible(boolean visible) {
    page.evaluate("""
        (visible) => {
          Object.defineProperty(document, "hidden", { value: !visible, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """, visible);
  }
}
