package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.query.auth.Role;
import io.conductore.query.auth.RouteNeeds;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No route without a rule, and the description says the same as the table. */
class RouteNeedsTest {
  /** Swagger UI shows nothing at all of a file in which a key stands twice. */
  private static final YAMLMapper STRICT = new YAMLMapper(
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  @Test
  void shouldHaveARuleForEveryRoute() {
    // given
    try (RunningApi running = new RunningApi()) {
      Set<String> routes = new TreeSet<>(running.api().routeTable());

      // when
      routes.removeAll(RouteNeeds.routes());

      // then
      assertThat(routes)
          .as("name these in RouteNeeds and give openapi.yaml their roles")
          .isEmpty();
    }
  }

  @Test
  void shouldDescribeTheRolesThatTheTableAsksFor() throws Exception {
    // given
    JsonNode openApi = openApi();
    Set<String> wrong = new TreeSet<>();
    try (RunningApi running = new RunningApi()) {

      // when
      for (String route : running.api().routeTable()) {
        Set<String> needed = new TreeSet<>();
        RouteNeeds.of(route).roles().forEach(role -> needed.add(role.word()));
        Set<String> described = described(openApi, route);
        if (!described.equals(needed)) {
          wrong.add(route + " says " + described + " and asks for " + needed);
        }
      }
    }

    // then
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldAskForAnOperatorWhenNobodyHasDecided() {
    // when
    Set<Role> roles = RouteNeeds.of("POST /api/something-new").roles();

    // then
    assertThat(roles).containsExactly(Role.OPERATOR);
  }

  private static Set<String> described(JsonNode openApi, String route) {
    String[] parts = route.split(" ");
    JsonNode operation =
        openApi.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    JsonNode security = operation.path("security").isMissingNode()
        ? openApi.path("security")
        : operation.path("security");
    Set<String> roles = new TreeSet<>();
    security.path(0).path("bearer").forEach(role -> roles.add(role.asText()));
    return roles;
  }

  private static JsonNode openApi() throws Exception {
    try (InputStream yaml = RouteNeedsTest.class.getResourceAsStream("/openapi.yaml")) {
      return STRICT.readTree(yaml);
    }
  }
}
