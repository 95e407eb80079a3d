package io.conductore.embedded;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers in the shapes of openapi.yaml: a rig at work, and one where nothing was said. */
final class CannedAnswers {
  private static final int EVENTS = 400;
  private static final int PAGE_EVENTS = 100;
  private static final Pattern AFTER = Pattern.compile("\\bafter=(\\d+)");
  private static final String SPENT = """
      "inputTokens":12000,"outputTokens":850,"cacheCreationTokens":3000,\
      "cacheReadTokens":90000,"calls":10,"costUsd":0.0870""";

  private CannedAnswers() {}

  /** secondsAgo gives the time that many seconds before now. */
  static String busy(URI asked, IntFunction<Instant> secondsAgo) {
    return switch (asked.getPath()) {
      case "/api/agents" -> agents(secondsAgo);
      case "/api/budgets" -> budgets(secondsAgo);
      case "/api/stuck" -> stuck(secondsAgo);
      case "/api/escalations" -> escalations(secondsAgo);
      case "/api/telemetry" -> telemetry(secondsAgo);
      case "/api/costs/summary" -> summary();
      case "/api/costs/daily" -> daily(secondsAgo.apply(0));
      case "/api/events/stream" -> stream(after(asked), secondsAgo);
      default -> throw new IllegalArgumentException("not asked by the dashboard: " + asked);
    };
  }

  static String empty(String path) {
    return switch (path) {
      case "/api/agents" -> "{\"agents\":[],\"complete\":true}";
      case "/api/budgets" -> "{\"budgets\":[]}";
      case "/api/stuck" -> "{\"sessions\":[]}";
      case "/api/escalations" -> "{\"escalations\":[],\"complete\":true}";
      case "/api/telemetry" -> "{\"sessions\":[],\"complete\":true}";
      case "/api/costs/summary" -> """
        {"days":7,"total":{"calls":0,"costUsd":0.0000},\
        "byAgent":[],"byModel":[],"byRepo":[],"byCategory":[]}""";
      case "/api/costs/daily" -> "{\"daily\":[]}";
      default -> "[]";
    };
  }

  private static String telemetry(IntFunction<Instant> ago) {
    String amounts = """
        {"inputTokens":%d,"outputTokens":%d,"cacheCreationTokens":%d,"cacheReadTokens":%d,\
        "costUsd":%s}""";
    String form = """
        {"sessions":[{"agentId":"dev-e","sessionId":"0961b767-ef15","state":"calls-missing",\
        "metered":%s,"counted":%s,"gap":%s,"readings":5,"unfollowed":0,"readAt":"%s"}],\
        "complete":true}""";
    return form.formatted(
        amounts.formatted(15_600, 1_105, 3_900, 117_000, "0.1131"),
        amounts.formatted(3_600, 255, 900, 27_000, "0.0261"),
        amounts.formatted(12_000, 850, 3_000, 90_000, "0.0870"),
        ago.apply(130));
  }

  private static String agents(IntFunction<Instant> ago) {
    String hostile = CannedApi.HOSTILE_ID.replace("\"", "\\\"");
    return "{\"complete\":true,\"agents\":["
        + String.join(
            ",",
            agent("dev-e", "working", ago.apply(2), ago.apply(3), false),
            agent("dev-e-node", "working", ago.apply(5), ago.apply(1500), false),
            agent("review-e", "missing", ago.apply(2700), ago.apply(2700), true),
            agent(hostile, "idle", ago.apply(9), ago.apply(9), false))
        + "]}";
  }

  private static String agent(
      String id, String status, Instant heartbeat, Instant progress, boolean missing) {
    String form = """
        {"agentId":"%s","status":"%s","role":"developer","capabilities":[],"slots":1,\
        "provider":"anthropic","currentRepo":"o/r","currentIssue":42,"lastSeen":"%s",\
        "lastHeartbeat":"%s","lastProgress":"%s","missing":%s,"instances":[],\
        "lastOrdinal":%d,"events":%d,"guardBlocks":1,"errors":2}""";
    return form.formatted(id, status, heartbeat, heartbeat, progress, missing, EVENTS, EVENTS);
  }

  private static String budgets(IntFunction<Instant> ago) {
    String form = """
        {"budgets":[{"agentId":"dev-e","windows":[{"window":"hour","startsAt":"%s",\
        "resetsAt":"%s","tokens":{"limit":100000,"spent":81200,"reserved":0,"usedRatio":0.812},\
        "usd":{"limit":null,"spent":0.6120,"reserved":0.0000},"state":"warning"}]}]}""";
    return form.formatted(ago.apply(60), ago.apply(-600));
  }

  private static String stuck(IntFunction<Instant> ago) {
    String form = """
        {"sessions":[{"agentId":"dev-e","sessionId":"s-1","stuck":true,"calls":12,\
        "lastCall":"%s","verdicts":[{"pattern":"same-tool","since":"%s","evidence":["%s"],\
        "explanation":"Bash was called <b>5</b> times"}]}]}""";
    return form.formatted(ago.apply(4), ago.apply(300), CannedApi.EVIDENCE_ID);
  }

  /** One that waits for somebody, until its acknowledgement is posted. */
  private static String escalations(IntFunction<Instant> ago) {
    String form = """
        {"escalations":[{"id":"silence-review-e-3f9a1c0b77de","state":"open","severity":"P1",\
        "cause":"silence","subject":{"agentId":"review-e","issue":null},"count":2,"suppressed":0,\
        "summary":"review-e was <b>not</b> heard of","evidence":[],"openedAt":"%s",\
        "acknowledgedBy":null}],"complete":true}""";
    return form.formatted(ago.apply(2_400));
  }

  private static String summary() {
    String form = """
        {"days":7,"total":{%s},"byAgent":[{"agentId":"dev-e",%s}],\
        "byModel":[{"model":"claude-sonnet-4-6",%s}],"byRepo":[{"repo":"o/r",%s}],\
        "byCategory":[{"category":"work",%s}]}""";
    return form.formatted(SPENT, SPENT, SPENT, SPENT, SPENT);
  }

  private static String daily(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return "{\"daily\":[{\"day\":\"" + today + "\"," + SPENT + "}]}";
  }

  private static String stream(int after, IntFunction<Instant> ago) {
    return IntStream.rangeClosed(after + 1, Math.min(after + PAGE_EVENTS, EVENTS))
        .mapToObj(ordinal -> event(ordinal, ago.apply(EVENTS - ordinal)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static int after(URI asked) {
    Matcher matcher = AFTER.matcher(asked.getQuery());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String event(int ordinal, Instant at) {
    String form = """
        {"id":"0197f3c2-6f0e-7c11-9a52-%012x","type":"ToolCall","timestamp":"%s","ordinal":%d,\
        "data":{"tool":"Bash","outcome":"error","errorText":"<script>window.broken=1</script>"}}""";
    return form.formatted(ordinal, at, ordinal);
  }
}
