package io.conductore.embedded.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.conductore.embedded.DashboardBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A whole rig that asks for tokens: commands, agents, rotation and the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticatedRigTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SEEN_MAX = Duration.ofSeconds(20);
  private static final double SHOWN_MS_MAX = 20_000;
  private static final String HEARTBEAT = "{\"type\":\"HEARTBEAT\",\"agentId\":\"%s\"}";

  private final List<String> secrets = new ArrayList<>();
  private Path folder;
  private RigProcess rig;
  private String agent;
  private String viewer;
  private String operator;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    folder = data;
    agent = make("--role", "agent", "--agent", "dev-e");
    viewer = make("--role", "viewer", "--name", "screen");
    operator = make("--role", "operator");
    rig = RigProcess.start(folder, "--host", "0.0.0.0");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void shouldLetAnAgentSpeakAsItselfOnly() throws Exception {
    // when
    int own = post(HEARTBEAT.formatted("dev-e"), agent).statusCode();
    int ownInstance = post(HEARTBEAT.formatted("dev-e/abc12"), agent).statusCode();
    HttpResponse<String> other = post(HEARTBEAT.formatted("dev-f"), agent);
    HttpResponse<String> batch = post(
        "[%s,%s]".formatted(HEARTBEAT.formatted("dev-e"), HEARTBEAT.formatted("dev-f")), agent);
    HttpResponse<String> approval = post(
        "{\"type\":\"ISSUE_APPROVED\",\"agentId\":\"dev-e\",\"repo\":\"o/r\",\"issueNumber\":1}",
        agent);
    int nobody = rig.post(HEARTBEAT.formatted("dev-e")).statusCode();
    int reader = post(HEARTBEAT.formatted("screen"), viewer).statusCode();
    int operators = post(HEARTBEAT.formatted("anybody"), operator).statusCode();

    // then
    assertThat(List.of(own, ownInstance, operators)).containsOnly(200);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(error(other, 0)).isEqualTo("0 agentId");
    assertThat(batch.statusCode()).isEqualTo(403);
    assertThat(error(batch, 0)).isEqualTo("1 agentId");
    assertThat(error(approval, 0)).isEqualTo("0 type");
    assertThat(nobody).isEqualTo(401);
    assertThat(reader).isEqualTo(403);
    assertThat(rig.get("/api/agents/dev-f", bearer(viewer)).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTakeTheOriginalClientsRequestsUnchanged() throws Exception {
    // when
    int automate = post("""
        {"type":"TOKEN_USAGE","agentId":"dev-e","repo":"o/r","issueNumber":74,
        "model":"claude-sonnet-4-6","inputTokens":12000,"outputTokens":850,"costUsd":0.087,
        "category":"work"}""", agent).statusCode();
    int memory = post("""
        {"Type":"MEMORY_WRITE","Repo":"","IssueNumber":0,"AgentId":"dev-e","Scope":"repo",
        "Kind":"learning","MemoryId":"4cbe4c5a","Tokens":0}""", agent).statusCode();

    // then
    assertThat(automate).isEqualTo(200);
    assertThat(memory).isEqualTo(200);
  }

  @Test
  void shouldHandWorkToWhomTheTokenNames() throws Exception {
    // when
    int others = rig.get("/api/assignments/next?agentId=dev-f", bearer(agent)).statusCode();
    int readers = rig.get("/api/assignments/next?agentId=dev-e", bearer(viewer)).statusCode();
    int own = rig.get("/api/assignments/next?agentId=dev-e", bearer(agent)).statusCode();

    // then
    assertThat(others).isEqualTo(403);
    assertThat(readers).isEqualTo(403);
    assertThat(own).isLessThan(300);
  }

  @Test
  void shouldChangeTokensWhileItRuns() throws Exception {
    // given
    String brief = make("--role", "viewer", "--name", "brief");
    await().atMost(SEEN_MAX).until(() -> status("/api/agents", brief) == 200);

    // when
    RigProcess.Said said =
        rig.run("token", "revoke", "brief", "--data", rig.folder().toString());

    // then
    assertThat(said.status()).isZero();
    await().atMost(SEEN_MAX).until(() -> status("/api/agents", brief) == 401);
    assertThat(status("/api/agents", viewer)).isEqualTo(200);
  }

  @Test
  void shouldCountABatchByItsEvents() throws Exception {
    // given
    String counted = make("--role", "agent", "--agent", "counted");
    await().atMost(SEEN_MAX).until(() -> status("/api/agents", counted) == 200);
    String thousand = "[" + (HEARTBEAT.formatted("counted") + ",").repeat(999)
        + HEARTBEAT.formatted("counted") + "]";

    // when
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(post(thousand, counted).statusCode());
    }

    // then
    assertThat(answers).contains(200, 429);
    assertThat(status("/api/agents", viewer)).isEqualTo(200);
  }

  @Test
  void shouldAskForATokenOnThePageAndShowTheRigWithIt() throws Exception {
    // given
    post(HEARTBEAT.formatted("dev-e"), agent);
    try (DashboardBrowser browser = new DashboardBrowser();
        DashboardBrowser.Watched watched = browser.open(rig.uri("").toString())) {
      Page page = watched.page();
      page.navigate(rig.uri("/").toString());
      assertThat(page.locator("sign-in-line form")).isVisible();

      // when
      page.locator("sign-in-line input").fill(viewer);
      page.locator("sign-in-line button[type=submit]").click();

      // then
      var soon = new LocatorAssertions.IsVisibleOptions().setTimeout(SHOWN_MS_MAX);
      assertThat(DashboardBrowser.agentRow(page, "dev-e")).isVisible(soon);
      assertThat(page.locator("sign-in-line form")).isHidden();
      assertThat(page.url()).doesNotContain("rig_");
      assertThat(watched.troubles()).allMatch(trouble -> trouble.contains("401"));
    }
  }

  @Test
  void shouldWriteNoTokenAnywhere() throws Exception {
    // given
    rig.get("/api/agents?access_token=" + viewer);
    rig.get("/api/agents", bearer(viewer.replace("rig_", "rig-")));
    List<String> written = new ArrayList<>();
    try (Stream<Path> files = Stream.concat(
        Stream.of(folder.resolve("test-output.log"), rig.folder().resolve("tokens.yaml")),
        Files.list(rig.folder().resolve("logs")))) {
      for (Path file : files.toList()) {
        written.add(Files.readString(file));
      }
    }

    // when
    String metrics = rig.get("/metrics", bearer(viewer)).body();

    // then
    written.add(metrics);
    assertThat(written)
        .isNotEmpty()
        .allSatisfy(text -> assertThat(secrets)
            .noneSatisfy(secret -> assertThat(text).contains(secret.substring(4))));
    assertThat(written.getFirst()).contains("authentication on");
  }

  private String make(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("token", "new"));
    command.addAll(List.of(options));
    command.addAll(List.of("--data", folder.resolve("rig").toString()));
    RigProcess.Said said = RigProcess.run(folder, command.toArray(String[]::new));
    String secret =
        said.text().lines().filter(line -> line.startsWith("rig_")).findFirst().orElse("");
    assertThat(secret).as(said.text()).hasSize(47);
    secrets.add(secret);
    return secret;
  }

  private HttpResponse<String> post(String body, String secret) throws Exception {
    return rig.post(body, bearer(secret));
  }

  private int status(String path, String secret) throws Exception {
    return rig.get(path, bearer(secret)).statusCode();
  }

  private static String error(HttpResponse<String> answer, int at) throws IOException {
    JsonNode item = JSON.readTree(answer.body()).path("errors").path(at);
    return item.path("index").asText() + " " + item.path("field").asText();
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }
}
