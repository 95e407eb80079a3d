package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.query.http.HttpLimits;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a token, and an address without one, may ask; over real HTTP, on a standing clock. */
class RateLimitTest {
  private static final int BURST = 3;
  private static final int LET_IN = 503;

  @TempDir
  private Path folder;

  private final SetClock clock = new SetClock();
  private RunningApi running;
  private String[] viewer;
  private String[] agent;

  @BeforeEach
  void start() throws Exception {
    TokenFixture tokens = new TokenFixture(folder, clock);
    viewer = TokenFixture.bearer(tokens.viewer());
    agent = TokenFixture.bearer(tokens.agent("dev-e"));
    Path file = tokens.file().path();
    String limits = "limits: {viewer: {perSecond: 0.5, burst: 3}, "
        + "address: {perSecond: 1, burst: 3}}\ntokens:";
    Files.writeString(file, Files.readString(file).replace("tokens:", limits));
    running = new RunningApi(tokens.access(), clock, HttpLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldTellATokenWhenToComeBackWhenItAskedTooOften() throws Exception {
    // given
    for (int i = 0; i < BURST; i++) {
      assertThat(running.get("/api/agents", viewer).statusCode()).isEqualTo(LET_IN);
    }

    // when
    HttpResponse<String> tooOften = running.get("/api/agents", viewer);
    int other = running.get("/api/agents", agent).statusCode();
    clock.goOn(Duration.ofSeconds(2));
    int later = running.get("/api/agents", viewer).statusCode();
    int tooOftenAgain = running.get("/api/agents", viewer).statusCode();

    // then
    assertThat(tooOften.statusCode()).isEqualTo(429);
    assertThat(tooOften.headers().firstValue("Retry-After")).contains("2");
    assertThat(tooOften.body()).contains("/problems/rate-limited");
    assertThat(other).isEqualTo(LET_IN);
    assertThat(later).isEqualTo(LET_IN);
    assertThat(tooOftenAgain).isEqualTo(429);
  }

  @Test
  void shouldSlowDownAnAddressThatGuesses() throws Exception {
    // given
    for (int i = 0; i < BURST; i++) {
      assertThat(running.get("/api/agents").statusCode()).isEqualTo(401);
    }

    // when
    int guess = running.get("/api/agents").statusCode();
    int probe = running.get("/healthz/live").statusCode();
    int holder = running.get("/api/agents", viewer).statusCode();

    // then
    assertThat(guess).isEqualTo(429);
    assertThat(probe).isEqualTo(200);
    assertThat(holder).isEqualTo(LET_IN);
  }
}
