package io.conductore.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One flat JSON event, put together as a client would: {@code Flat.of("HEARTBEAT",
 * "dev-e").with("status", "idle")}.
 */
public final class Flat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ObjectNode json = JSON.createObjectNode();

  private Flat() {}

  /** An event that an agent sends. */
  public static Flat of(String type, String agentId) {
    return new Flat().with("type", type).with("agentId", agentId);
  }

  /** An event about an issue. */
  public static Flat of(String type, String repo, int issueNumber) {
    return new Flat().with("type", type).with("repo", repo).with("issueNumber", issueNumber);
  }

  /** A model call with the counts that cost money. */
  public static Flat usage(String agentId, long inputTokens, long outputTokens) {
    return of("TOKEN_USAGE", agentId)
        .with("model", "claude-sonnet-4-6")
        .with("inputTokens", inputTokens)
        .with("outputTokens", outputTokens);
  }

  /** A tool call that succeeded. */
  public static Flat call(String agentId, String tool, String input, String output) {
    return of("TOOL_CALL", agentId)
        .with("sessionId", "s1")
        .with("tool", tool)
        .with("inputDigest", input)
        .with("outcome", "ok")
        .with("outputDigest", output);
  }

  /** A tool call that failed. */
  public static Flat failure(String agentId, String tool, String input, String error) {
    return of("TOOL_CALL", agentId)
        .with("sessionId", "s1")
        .with("tool", tool)
        .with("inputDigest", input)
        .with("outcome", "error")
        .with("errorDigest", error);
  }

  public Flat with(String name, Object value) {
    json.set(name, JSON.valueToTree(value));
    return this;
  }

  public Flat id(String eventId) {
    return with("eventId", eventId);
  }

  public Flat at(Instant occurredAt) {
    return with("occurredAt", occurredAt.toString());
  }

  public ObjectNode json() {
    return json.deepCopy();
  }

  public byte[] bytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
