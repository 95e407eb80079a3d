package io.conductore.embedded;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;

/** The system's Chromium, which speaks to nobody but the page under test. */
public final class DashboardBrowser implements AutoCloseable {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("RIG_CHROMIUM", "/usr/bin/chromium"));
  private static final List<String> QUIET = List.of(
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  public DashboardBrowser() {
    Assertions.assertThat(CHROMIUM)
        .as("a browser: install the package chromium, or name one in RIG_CHROMIUM")
        .isExecutable();
    Map<String, String> env = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(QUIET));
  }

  /** A new page, and what went wrong on it so far: errors, and requests that left the origin. */
  public record Watched(Page page, List<String> troubles) implements AutoCloseable {
    @Override
    public void close() {
      page.close();
    }
  }

  public Watched open(String origin) {
    Page page = browser.newPage();
    List<String> troubles = new CopyOnWriteArrayList<>();
    page.onPageError(error -> troubles.add("error: " + error));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        troubles.add("console: " + message.text());
      }
    });
    page.onRequest(request -> {
      if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
        troubles.add("left the origin: " + request.url());
      }
    });
    return new Watched(page, troubles);
  }

  /** The row of this agent, which its link names. */
  public static Locator agentRow(Page page, String agentId) {
    Page.GetByRoleOptions exactly = new Page.GetByRoleOptions().setName(agentId).setExact(true);
    return page.locator("agent-table tbody tr")
        .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.LINK, exactly)));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
