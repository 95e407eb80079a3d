package io.conductore.schemas.flat;

import static io.conductore.schemas.flat.FlatText.activity;
import static io.conductore.schemas.flat.FlatText.lifecycle;
import static io.conductore.schemas.flat.FlatText.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.MemoryHitUsed;
import io.conductore.schemas.activity.MemoryRead;
import io.conductore.schemas.activity.MemoryWrite;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.lifecycle.ReviewDisputed;
import org.junit.jupiter.api.Test;

/**
 * What the two live clients of the original send, field by field, empty strings and zeros where
 * they have nothing to say included. automate-e writes camelCase, rig-memory-mcp PascalCase.
 */
class OriginalClientsTest {

  @Test
  void shouldTakeAutomateEsHeartbeatWhenItWorks() {
    // when
    var event = activity("""
        {"type":"HEARTBEAT","agentId":"dev-e-node/abc12","status":"working","currentIssue":547,
        "currentRepo":"Stig-Johnny/star-rewards","uptimeSeconds":3601.52,"memoryMB":143.7,
        "activeProvider":"claude-cli","availableProviders":["claude-cli","codex-cli"],
        "providers":[{"name":"claude-cli","status":"ready",
        "details":"using Claude Code OAuth token","active":true},
        {"name":"codex-cli","status":"missing_auth","details":null,"active":false}],
        "integrations":[{"name":"discord","status":"ready","details":"bot is connected"},
        {"name":"mcp:memory","status":"connected","details":"5 tools"}],
        "errorCount":0,"startup":true,"degraded":true,
        "degradedReasons":["claude-cli_quota_until_2026-11-23T13:00:00Z"]}
        """);
    // then
    assertThat(event.getStreamId()).isEqualTo("dev-e-node");
    assertThat(event.getInstance()).isEqualTo("abc12");
    assertThat(event.getExtra()).isNull();
    assertThat(event.getPayload()).isInstanceOfSatisfying(Heartbeat.class, heartbeat -> {
      assertThat(heartbeat.getUptimeSeconds()).isEqualTo(3601);
      assertThat(heartbeat.getMemoryMegabytes()).isEqualTo(143.7);
      assertThat(heartbeat.getAvailableProviders()).containsExactly("claude-cli", "codex-cli");
      assertThat(FlatText.parse(heartbeat.getProviders()).path(0).path("name").textValue())
          .isEqualTo("claude-cli");
      assertThat(FlatText.parse(heartbeat.getIntegrations())
              .path(1)
              .path("details")
              .textValue())
          .isEqualTo("5 tools");
      assertThat(heartbeat.getStartup()).isTrue();
      assertThat(heartbeat.getDegradedReasons()).hasSize(1);
    });
  }

  @Test
  void shouldTakeAutomateEsHeartbeatWhenItIsIdle() {
    // when
    var event = activity("""
        {"type":"HEARTBEAT","agentId":"conductor-e","status":"idle","currentIssue":null,
        "currentRepo":null,"activeProvider":null,"availableProviders":[],"providers":[],
        "integrations":[]}
        """);
    // then
    assertThat(((Heartbeat) event.getPayload()).getStatus()).isEqualTo("idle");
  }

  @Test
  void shouldTakeAutomateEsTokenUsageWhenItWorksOnAnIssue() {
    // when
    var event = activity("""
        {"type":"TOKEN_USAGE","agentId":"dev-e-1","repo":"Stig-Johnny/automate-e","issueNumber":74,
        "model":"claude-sonnet-4-6","inputTokens":12000,"outputTokens":850,
        "costUsd":0.08700000000000001,"category":"work"}
        """);
    // then
    assertThat(event.getRepo()).isEqualTo("Stig-Johnny/automate-e");
    assertThat(event.getIssueNumber()).isEqualTo(74);
    assertThat(event.getPayload()).isInstanceOfSatisfying(TokenUsage.class, usage -> {
      assertThat(usage.getInputTokens()).isEqualTo(12_000);
      assertThat(usage.getCostPicoUsd()).isEqualTo(87_000_000_000L);
      assertThat(usage.getCategory()).isEqualTo("work");
    });
  }

  @Test
  void shouldTakeAutomateEsTokenUsageWhenItWorksOnNothing() {
    // when
    var event = activity("""
        {"type":"TOKEN_USAGE","agentId":"dev-e-1","repo":"","issueNumber":0,"model":"",
        "inputTokens":0,"outputTokens":0,"costUsd":0,"category":""}
        """);
    // then
    assertThat(event.getRepo()).isNull();
    assertThat(event.getIssueNumber()).isNull();
    assertThat(event.getPayload()).isInstanceOfSatisfying(TokenUsage.class, usage -> {
      assertThat(usage.getModel()).isNull();
      assertThat(usage.getCategory()).isNull();
      assertThat(usage.getCostPicoUsd()).isZero();
    });
  }

  @Test
  void shouldTakeAutomateEsTokenUsageWhenItsIssueNumberWasNotANumber() {
    // when: JSON.stringify writes NaN as null
    var event = activity(
        "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"dev-e-1\",\"repo\":\"\",\"issueNumber\":null}");
    // then
    assertThat(event.getIssueNumber()).isNull();
  }

  @Test
  void shouldTakeAutomateEsReviewWhenChangesAreRequested() {
    // when
    var event = lifecycle("""
        {"type":"REVIEW_DISPUTED","repo":"acme/app","issueNumber":12,"agentId":"review-e",
        "prNumber":12}
        """);
    // then
    assertThat(event.getStreamId()).isEqualTo("acme/app#12");
    assertThat(((ReviewDisputed) event.getPayload()).getPrNumber()).isEqualTo(12);
  }

  @Test
  void shouldTakeRigMemorysWriteWhenItHasNoRepository() {
    // when
    var event = activity("""
        {"Type":"MEMORY_WRITE","Repo":"","IssueNumber":0,"AgentId":"dev-e","Scope":"repo",
        "Kind":"learning","MemoryId":"4cbe4c5a-0d05-4d43-bb42-4ae4d8b4b9f3","Tokens":0}
        """);
    // then
    assertThat(event.getStreamId()).isEqualTo("dev-e");
    assertThat(event.getExtra()).isNull();
    assertThat(event.getPayload()).isInstanceOfSatisfying(MemoryWrite.class, write -> {
      assertThat(write.getScope()).isEqualTo("repo");
      assertThat(write.getMemoryId()).startsWith("4cbe4c5a");
      assertThat(write.getTokens()).isZero();
    });
  }

  @Test
  void shouldTakeRigMemorysReadAndUseWhenTheyHaveARepository() {
    // when
    var read = activity("""
        {"Type":"MEMORY_READ","Repo":"dashecorp/rig-gitops","IssueNumber":31,"AgentId":"dev-e",
        "Query":"flux reconcile","Hits":3,"TokensLoaded":512}
        """);
    var used = activity("""
        {"Type":"MEMORY_HIT_USED","MemoryId":"m-1","AgentId":"dev-e","UsedInOutput":true}
        """);
    // then
    assertThat(read.getIssueNumber()).isEqualTo(31);
    assertThat(((MemoryRead) read.getPayload()).getHits()).isEqualTo(3);
    assertThat(((MemoryHitUsed) used.getPayload()).getUsedInOutput()).isTrue();
  }

  /** Its version 2.1.0 sent camelCase types, which the original refused as well. */
  @Test
  void shouldRefuseRigMemorysTypeWhenItIsNotExact() {
    assertThat(refused("{\"Type\":\"memoryWrite\",\"AgentId\":\"dev-e\"}"))
        .extracting(FieldError::code)
        .containsExactly(FieldError.Code.UNKNOWN_TYPE);
  }
}
