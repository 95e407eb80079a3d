package io.conductore.bench.mix;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.activity.TurnCompleted;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** One agent of the mix: its session, issue and turn, and what it says next. */
final class AgentTrace {
  private static final int SESSION_EVENTS = 400;
  private static final int ERROR_PERCENT = 6;
  private static final List<String> REPOS =
      List.of("acme/shop-api", "acme/shop-web", "acme/payments", "acme/warehouse", "acme/docs");
  private static final List<String> TOOLS =
      List.of("Bash", "Read", "Edit", "Grep", "Glob", "Write");
  private static final List<String> MODELS =
      List.of("claude-sonnet-4-5-20250929", "claude-opus-4-1-20250805", "gpt-5-codex");
  private static final List<String> CATEGORIES = List.of("implement", "review", "test", "plan");

  private final String agentId;
  private final String instance;
  private final SplittableRandom random;
  private String sessionId;
  private String repo;
  private int issueNumber;
  private int turn;
  private int said;

  AgentTrace(String agentId, SplittableRandom parent) {
    this.agentId = agentId;
    this.random = parent.split();
    this.instance = hex(5);
    this.sessionId = uuid();
    this.repo = pick(REPOS);
    this.issueNumber = 1 + random.nextInt(900);
  }

  /** The next event; the percentile decides its type. */
  AgentActivity say(int percentile, long atMs) {
    if (++said % SESSION_EVENTS == 0) {
      openSession();
    }
    int toolCalls = EventMix.TOOL_CALL_PERCENT;
    int turns = toolCalls + EventMix.TURN_COMPLETED_PERCENT;
    int usages = turns + EventMix.TOKEN_USAGE_PERCENT;
    if (percentile < toolCalls) {
      return event("TOOL_CALL", atMs, toolCall());
    }
    if (percentile < turns) {
      return event("TURN_COMPLETED", atMs, turnCompleted());
    }
    return percentile < usages
        ? event("TOKEN_USAGE", atMs, tokenUsage())
        : event("HEARTBEAT", atMs, heartbeat());
  }

  private void openSession() {
    sessionId = uuid();
    repo = pick(REPOS);
    issueNumber = 1 + random.nextInt(900);
    turn = 0;
  }

  private AgentActivity event(String type, long atMs, Object payload) {
    boolean heartbeat = payload instanceof Heartbeat;
    return AgentActivity.newBuilder()
        .setEventId(uuid())
        .setType(type)
        .setStreamId(agentId)
        .setInstance(instance)
        .setOccurredAtMs(atMs)
        .setRecordedAtMs(atMs + random.nextInt(400))
        .setSource("claude-code-hook")
        .setSessionId(heartbeat ? null : sessionId)
        .setRepo(heartbeat ? null : repo)
        .setIssueNumber(heartbeat ? null : (Integer) issueNumber)
        .setPayload(payload)
        .build();
  }

  private ToolCall toolCall() {
    boolean error = random.nextInt(100) < ERROR_PERCENT;
    return ToolCall.newBuilder()
        .setTurn(turn)
        .setTool(pick(TOOLS))
        .setInputDigest(hex(64))
        .setOutcome(error ? "error" : "ok")
        .setOutputDigest(error ? null : hex(64))
        .setErrorDigest(error ? hex(64) : null)
        .setErrorText(
            error ? "exit status 1: expected <12> but was <" + random.nextInt(99) + ">" : null)
        .setOutputBytes(random.nextLong(60_000))
        .setRepoFileCount(1_800L + random.nextInt(40))
        .setDurationMs(random.nextLong(20, 9_000))
        .build();
  }

  private TurnCompleted turnCompleted() {
    turn++;
    return TurnCompleted.newBuilder()
        .setTurn(turn)
        .setInputTokens(random.nextLong(500, 90_000))
        .setMessageDigest(hex(64))
        .build();
  }

  private TokenUsage tokenUsage() {
    return TokenUsage.newBuilder()
        .setModel(pick(MODELS))
        .setInputTokens(random.nextLong(10, 3_000))
        .setOutputTokens(random.nextLong(20, 2_000))
        .setCacheCreationTokens(random.nextLong(8_000))
        .setCacheReadTokens(random.nextLong(120_000))
        .setCostPicoUsd(random.nextLong(1_000_000, 90_000_000) * 1_000)
        .setCostBasis("reported")
        .setCategory(pick(CATEGORIES))
        .setRequestId("req_" + hex(24))
        .setLatencyMs(random.nextLong(400, 30_000))
        .build();
  }

  private Heartbeat heartbeat() {
    return Heartbeat.newBuilder()
        .setStatus("working")
        .setCurrentIssue(issueNumber)
        .setCurrentRepo(repo)
        .setActiveProvider("anthropic")
        .setAvailableProviders(List.of("anthropic", "openai", "google"))
        .setProviders("{\"anthropic\":{\"state\":\"ok\"},\"openai\":{\"state\":\"ok\"}}")
        .setUptimeSeconds((long) said * 2)
        .setMemoryMegabytes(180.0 + random.nextInt(200))
        .setErrorCount(random.nextInt(3))
        .build();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      text.append(HexFormat.of().toHexDigits(random.nextLong()));
    }
    return text.substring(0, digits);
  }
}
