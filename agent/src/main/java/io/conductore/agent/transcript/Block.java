package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.evidence.Digests;
import java.util.ArrayList;
import java.util.List;

/** One part of a message. Thinking and images are left out: neither is work done. */
sealed interface Block {

  /** Something said. */
  record Text(String text) implements Block {}

  /** The model asks for a tool. */
  record ToolUse(String id, String tool, String inputDigest, Waiting.Kind waiting)
      implements Block {}

  /** A tool answered, or was refused. */
  record ToolResult(String useId, boolean failed, JsonNode content) implements Block {}

  /** The parts of a message's content, which is a string or a list; what is neither gives none. */
  static List<Block> of(JsonNode content) {
    List<Block> blocks = new ArrayList<>();
    if (content.isTextual()) {
      blocks.add(new Text(content.textValue()));
    } else if (content.isArray()) {
      content.forEach(part -> add(part, blocks));
    }
    return blocks;
  }

  private static void add(JsonNode part, List<Block> blocks) {
    String type = part.path("type").asText();
    if (part.isTextual()) {
      blocks.add(new Text(part.textValue()));
    } else if (type.equals("text") && part.path("text").isTextual()) {
      blocks.add(new Text(part.path("text").textValue()));
    } else if (type.endsWith("tool_use")) {
      // Also server_tool_use and mcp_tool_use, which the provider runs itself.
      String id = part.path("id").asText();
      String tool = part.path("name").asText();
      if (!id.isBlank() && !tool.isBlank()) {
        JsonNode input = part.path("input");
        blocks.add(new ToolUse(id, tool, Digests.ofInput(input), Waiting.of(tool, input)));
      }
    } else if (type.endsWith("tool_result")) {
      String useId = part.path("tool_use_id").asText();
      if (!useId.isBlank()) {
        boolean failed = part.path("is_error").asBoolean(false);
        blocks.add(new ToolResult(useId, failed, part.path("content")));
      }
    }
  }
}
