package io.conductore.embedded.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the API is; for commands that ask it. A token comes from RIG_TOKEN, never an option. */
final class ApiOption {
  private static final String TOKEN = "RIG_TOKEN";
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  /** Money keeps its digits as they came. */
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private static final int OK = 200;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "the API (${DEFAULT-VALUE})")
  private URI address = URI.create("http://127.0.0.1:8080");

  sealed interface Answer {}

  record Said(JsonNode body) implements Answer {}

  /** The sentence says what to do. */
  record Failed(String sentence) implements Answer {}

  Answer get(String path) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_MAX);
    String token = System.getenv(TOKEN);
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token.strip());
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(answer.body());
      return answer.statusCode() == OK
          ? new Said(body)
          : new Failed(address + " answered " + answer.statusCode() + ": "
              + body.path("detail").asText());
    } catch (IOException away) {
      return new Failed("nothing answers at " + address + "; is it running? ./rig status shows it");
    }
  }
}
