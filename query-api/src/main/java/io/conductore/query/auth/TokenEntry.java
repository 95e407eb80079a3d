package io.conductore.query.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.query.auth.TokenYaml.WrongLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of tokens.yaml and back. */
final class TokenEntry {
  static final String ADDRESS = "address";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern AGENT = Pattern.compile("[^\\p{Cntrl}\\s#/]{1,200}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + TokenSecret.HASH_CHARS + "}");
  private static final Set<String> FIELDS =
      Set.of("name", "role", "agentId", "hash", "created", "expires");

  private TokenEntry() {}

  static Token of(JsonNode node, int line) throws WrongLine {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!node.isObject() || !unknown.isEmpty()) {
      throw new WrongLine(line, "a token has only name, role, agentId, hash, created and expires");
    }
    Role role = role(node.path("role").asText(), line);
    String name = node.path("name").asText();
    String agentId = node.hasNonNull("agentId") ? node.path("agentId").asText() : null;
    Optional<String> wrong = objection(name, role, agentId);
    if (wrong.isPresent()) {
      throw new WrongLine(line, wrong.get());
    }
    JsonNode hash = node.path("hash");
    if (!hash.isTextual() || !HASH.matcher(hash.textValue()).matches()) {
      throw new WrongLine(line, "hash must be 64 hexadecimal digits in quotes");
    }
    Instant created = time(node, "created", line);
    return new Token(
        name,
        role,
        agentId,
        hash.textValue(),
        created == null ? Instant.EPOCH : created,
        time(node, "expires", line));
  }

  /** What is wrong with whom a token is for, in a sentence. */
  static Optional<String> objection(String name, Role role, @Nullable String agentId) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of("name must be 1 to 100 letters, digits, dots, dashes and underscores");
    }
    if ((role == Role.AGENT) != (agentId != null)) {
      return Optional.of("the role agent needs an agentId, and the others have none");
    }
    if (agentId != null && !AGENT.matcher(agentId).matches()) {
      return Optional.of("agentId must be 1 to 200 characters without spaces, # and /");
    }
    return Optional.empty();
  }

  static String text(Token token) {
    ObjectNode node = JSON.createObjectNode()
        .put("name", token.name())
        .put("role", token.role().word());
    if (token.agentId() != null) {
      node.put("agentId", token.agentId());
    }
    node.put("hash", token.hash()).put("created", token.created().toString());
    if (token.expires() != null) {
      node.put("expires", token.expires().toString());
    }
    return node.toString();
  }

  static Role role(String word, int line) throws WrongLine {
    return Role.ofWord(word)
        .orElseThrow(() -> new WrongLine(line, "role must be viewer, agent or operator"));
  }

  static String salt(String text, int line) throws WrongLine {
    if (!HASH.matcher(text).matches()) {
      throw new WrongLine(line, "salt must be 64 hexadecimal digits in quotes");
    }
    return text;
  }

  private static @Nullable Instant time(JsonNode node, String field, int line) throws WrongLine {
    if (!node.hasNonNull(field)) {
      return null;
    }
    try {
      return Instant.parse(node.path(field).asText());
    } catch (DateTimeException notATime) {
      throw new WrongLine(line, field + " must be a time such as 2027-01-01T00:00:00Z");
    }
  }
}
