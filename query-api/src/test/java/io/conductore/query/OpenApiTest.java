package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description is the source; the routes and the catalogue must be what it says. */
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  @Test
  void shouldDescribeExactlyTheRoutesThatExist() throws Exception {
    // given
    Set<String> described = new TreeSet<>();
    openApi()
        .path("paths")
        .properties()
        .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
          if (METHODS.contains(method)) {
            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
          }
        }));
    try (RunningApi running = new RunningApi()) {
      // when
      Set<String> routed = running.api().routeTable();

      // then
      assertThat(routed).isEqualTo(described);
    }
  }

  @Test
  void shouldNameEveryEventType() throws Exception {
    // given
    String text = openApi().toString();

    // when
    Set<String> missing = EventCatalog.all().stream()
        .map(EventType::wireName)
        .filter(name -> !text.contains("\"" + name + "\""))
        .collect(Collectors.toSet());

    // then
    assertThat(missing).isEmpty();
  }

  private static JsonNode openApi() throws Exception {
    try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    }
  }
}
