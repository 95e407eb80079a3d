package io.conductore.topology.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Reads the JSON form of an export: 64-bit numbers are strings or numbers, ids are hexadecimal,
 * enums are numbers, unknown fields are skipped, as the specification says.
 */
public final class OtlpJson {
  private static final int NESTING_MAX = 64;
  private static final int TEMPORALITY_CUMULATIVE = 2;
  private static final int STATUS_ERROR = 2;
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
          .build())
      .build();

  private OtlpJson() {}

  /** Never throws, whatever the bytes. */
  public static OtlpReading read(OtlpKind kind, byte[] bytes) {
    try {
      JsonNode request = MAPPER.readTree(bytes);
      if (request == null || !request.isObject()) {
        return new OtlpReading.Malformed("an export is a JSON object");
      }
      List<Signal> signals = new ArrayList<>();
      switch (kind) {
        case LOGS -> each(request, "Logs", (resource, scope) -> logs(resource, scope, signals));
        case METRICS ->
          each(request, "Metrics", (resource, scope) -> metrics(resource, scope, signals));
        case TRACES -> each(request, "Spans", (resource, scope) -> spans(resource, scope, signals));
      }
      return new OtlpReading.Read(signals);
    } catch (IOException malformed) {
      return new OtlpReading.Malformed("not JSON");
    }
  }

  private static void each(
      JsonNode request, String signal, BiConsumer<Attributes, JsonNode> scoped) {
    for (JsonNode group : request.path("resource" + signal)) {
      Attributes resource = attributes(group.path("resource").path("attributes"));
      group.path("scope" + signal).forEach(scope -> scoped.accept(resource, scope));
    }
  }

  private static void logs(Attributes resource, JsonNode scope, List<Signal> signals) {
    for (JsonNode record : scope.path("logRecords")) {
      Attributes attributes = attributes(record.path("attributes"));
      String own = record.path("eventName").asText("");
      String name = own.isEmpty()
          ? attributes
              .text("event.name")
              .orElse(record.path("body").path("stringValue").asText(""))
          : own;
      long atMs = ms(record.path("timeUnixNano"));
      signals.add(new Signal.LogItem(
          resource, attributes, name, atMs == 0 ? ms(record.path("observedTimeUnixNano")) : atMs));
    }
  }

  private static void spans(Attributes resource, JsonNode scope, List<Signal> signals) {
    String library = scope.path("scope").path("name").asText("");
    for (JsonNode span : scope.path("spans")) {
      signals.add(new Signal.SpanItem(
          resource,
          attributes(span.path("attributes")),
          library,
          span.path("name").asText(""),
          span.path("traceId").asText("").toLowerCase(Locale.ROOT),
          span.path("spanId").asText("").toLowerCase(Locale.ROOT),
          ms(span.path("startTimeUnixNano")),
          ms(span.path("endTimeUnixNano")),
          span.path("status").path("code").asInt() == STATUS_ERROR));
    }
  }

  private static void metrics(Attributes resource, JsonNode scope, List<Signal> signals) {
    for (JsonNode metric : scope.path("metrics")) {
      JsonNode sum = metric.path("sum");
      boolean cumulative = sum.path("aggregationTemporality").asInt() == TEMPORALITY_CUMULATIVE;
      for (JsonNode point : sum.path("dataPoints")) {
        JsonNode value = point.has("asInt") ? point.path("asInt") : point.path("asDouble");
        signals.add(new Signal.PointItem(
            resource,
            attributes(point.path("attributes")),
            metric.path("name").asText(""),
            value.asDouble(),
            cumulative,
            ms(point.path("startTimeUnixNano")),
            ms(point.path("timeUnixNano"))));
      }
    }
  }

  private static Attributes attributes(JsonNode given) {
    Map<String, Object> values = new HashMap<>();
    for (JsonNode entry : given) {
      JsonNode value = entry.path("value");
      String key = entry.path("key").asText("");
      if (value.path("stringValue").isTextual()) {
        values.put(key, value.path("stringValue").textValue());
      } else if (value.has("intValue")) {
        values.put(key, value.path("intValue").asLong());
      } else if (value.path("doubleValue").isNumber()) {
        values.put(key, value.path("doubleValue").doubleValue());
      } else if (value.path("boolValue").isBoolean()) {
        values.put(key, value.path("boolValue").booleanValue());
      }
    }
    return new Attributes(values);
  }

  private static long ms(JsonNode nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos.asLong());
  }
}
