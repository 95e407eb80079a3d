package io.conductore.agent.follow;

/** Lines of a transcript. */
final class Session {
  private Session() {}

  /** A message with text alone. */
  static String model(String messageId, int outputTokens) {
    return said(messageId, outputTokens, "{\"type\":\"text\",\"text\":\"" + messageId + "\"}");
  }

  /** A message that uses a tool. */
  static String use(String messageId, String useId) {
    return said(
        messageId,
        1,
        "{\"type\":\"tool_use\",\"id\":\"" + useId + "\",\"name\":\"Bash\",\"input\":{}}");
  }

  static String result(String useId) {
    return "{\"type\":\"user\",\"sessionId\":\"s\",\"timestamp\":\"2026-11-23T11:00:01Z\","
        + "\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + useId
        + "\",\"content\":\"ok\"}]}}\n";
  }

  private static String said(String messageId, int outputTokens, String block) {
    return "{\"type\":\"assistant\",\"sessionId\":\"s\",\"timestamp\":\"2026-11-23T11:00:00Z\","
        + "\"requestId\":\"r-" + messageId + "\",\"message\":{\"id\":\"" + messageId
        + "\",\"model\":\"m\",\"content\":[" + block + "],\"usage\":{\"input_tokens\":1,"
        + "\"output_tokens\":" + outputTokens + "}}}\n";
  }
}
