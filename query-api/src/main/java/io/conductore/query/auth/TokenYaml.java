package io.conductore.query.auth;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of tokens.yaml:
 *
 * <pre>
 * salt: "64 hexadecimal digits"
 * limits: {agent: {perSecond: 200, burst: 2000}}
 * tokens:
 * - {name: dev-e, role: agent, agentId: dev-e, hash: "...", created: "...", expires: "..."}
 * </pre>
 */
final class TokenYaml {
  static final int TOKENS_MAX = 10_000;
  private static final int PER_NAME_MAX = 2;
  private static final double RATE_MAX = 1_000_000;
  private static final String HEAD = """
      # Who may use this API: written by ./rig token. Only hashes are kept, so a lost token is made
      # anew. A change counts within a second, without a restart. Comments here are not kept.
      """;
  private static final YAMLMapper YAML = new YAMLMapper(
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private String salt = "";
  private Rates rates = Rates.DEFAULT;
  private final List<Token> tokens = new ArrayList<>();
  private final Set<String> hashes = new HashSet<>();

  /** The sentence names the line, and never what stands there. */
  static final class WrongLine extends Exception {
    private static final long serialVersionUID = 1;

    WrongLine(int line, String sentence) {
      super("line " + line + ": " + sentence);
    }
  }

  private TokenYaml() {}

  static TokenSet parse(String text) throws WrongLine {
    TokenYaml file = new TokenYaml();
    try (JsonParser parser = YAML.createParser(text)) {
      file.read(parser);
      return new TokenSet(file.salt, file.rates, file.tokens);
    } catch (JsonProcessingException notYaml) {
      JsonLocation place = notYaml.getLocation();
      throw new WrongLine(place == null ? 1 : place.getLineNr(), "this is not YAML");
    } catch (IOException | RuntimeException unreadable) {
      throw new WrongLine(1, "this is not YAML");
    }
  }

  static String render(TokenSet set) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("salt: \"").append(set.salt()).append("\"\n");
    if (!set.rates().equals(Rates.DEFAULT)) {
      text.append("limits:\n");
      for (Role role : Role.values()) {
        limit(text, role.word(), set.rates().of(role));
      }
      limit(text, TokenEntry.ADDRESS, set.rates().address());
    }
    text.append(set.tokens().isEmpty() ? "tokens: []\n" : "tokens:\n");
    set.tokens()
        .forEach(token -> text.append("- ").append(TokenEntry.text(token)).append('\n'));
    return text.toString();
  }

  private static void limit(StringBuilder text, String who, Rate rate) {
    text.append(
        "  %s: {perSecond: %s, burst: %d}\n".formatted(who, rate.perSecond(), rate.burst()));
  }

  private void read(JsonParser parser) throws IOException, WrongLine {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new WrongLine(line(parser), "salt and tokens are expected");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int line = line(parser);
      parser.nextToken();
      switch (name) {
        case "salt" -> salt = TokenEntry.salt(parser.getText(), line);
        case "limits" -> limits(parser.readValueAsTree(), line);
        case "tokens" -> entries(parser);
        default -> throw new WrongLine(line, "only salt, limits and tokens are known here");
      }
    }
    if (salt.isEmpty()) {
      throw new WrongLine(1, "there is no salt");
    }
  }

  private void entries(JsonParser parser) throws IOException, WrongLine {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new WrongLine(line(parser), "tokens must be a list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int line = line(parser);
      add(TokenEntry.of(parser.readValueAsTree(), line), line);
    }
  }

  private void add(Token token, int line) throws WrongLine {
    List<Token> namesakes =
        tokens.stream().filter(other -> other.name().equals(token.name())).toList();
    if (namesakes.size() == PER_NAME_MAX) {
      throw new WrongLine(line, "a name has two tokens at most");
    }
    if (!namesakes.stream().allMatch(token::isForTheSameAs)) {
      throw new WrongLine(line, "the tokens of one name have the same role and agentId");
    }
    if (!hashes.add(token.hash())) {
      throw new WrongLine(line, "this hash stands here twice");
    }
    if (tokens.size() == TOKENS_MAX) {
      throw new WrongLine(line, "there are at most " + TOKENS_MAX + " tokens");
    }
    tokens.add(token);
  }

  private void limits(JsonNode node, int line) throws WrongLine {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Rate rate = rate(entry.getValue(), line);
      if (entry.getKey().equals(TokenEntry.ADDRESS)) {
        rates = rates.withAddress(rate);
      } else {
        rates = rates.with(TokenEntry.role(entry.getKey(), line), rate);
      }
    }
  }

  private static Rate rate(JsonNode node, int line) throws WrongLine {
    double perSecond = node.path("perSecond").asDouble(0);
    int burst = node.path("burst").asInt(0);
    boolean good = node.size() == 2 && perSecond > 0 && perSecond <= RATE_MAX && burst >= 1;
    if (!good) {
      throw new WrongLine(
          line, "a limit is {perSecond: number, burst: whole number}, each above zero");
    }
    return new Rate(perSecond, burst);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
