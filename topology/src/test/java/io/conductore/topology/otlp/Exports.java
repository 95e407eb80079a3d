package io.conductore.topology.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exports as the Collector's Kafka exporter writes them, in both of its encodings. */
public final class Exports {
  private Exports() {}

  /** One log record, protobuf. */
  public static byte[] logProto(String agent, Instant at, Map<String, Object> said) {
    LogRecord record = LogRecord.newBuilder()
        .setTimeUnixNano(nanos(at))
        .setEventName("claude_code." + said.get("event.name"))
        .addAllAttributes(attributes(said))
        .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder()
            .setResource(resource(agent))
            .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
        .build()
        .toByteArray();
  }

  /** The same as otlp_json. */
  public static byte[] logJson(String agent, Instant at, Map<String, Object> said) {
    return ("{\"resourceLogs\":[{\"resource\":{\"attributes\":[" + json("agent.id", agent) + "]},"
            + "\"scopeLogs\":[{\"scope\":{},\"logRecords\":[{\"timeUnixNano\":\"" + nanos(at)
            + "\",\"eventName\":\"claude_code." + said.get("event.name") + "\",\"attributes\":["
            + String.join(
                ",",
                new TreeMap<>(said)
                    .entrySet().stream()
                        .map(entry -> json(entry.getKey(), entry.getValue()))
                        .toList())
            + "]}]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One reading of claude_code.token.usage. */
  public static byte[] tokensProto(String agent, Point point) {
    Sum sum = Sum.newBuilder()
        .setAggregationTemporality(
            point.cumulative()
                ? AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
                : AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
        .setIsMonotonic(true)
        .addDataPoints(NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos(point.start()))
            .setTimeUnixNano(nanos(point.at()))
            .setAsDouble(point.tokens())
            .addAllAttributes(
                attributes(Map.of("session.id", point.session(), "type", point.type()))))
        .build();
    Metric metric =
        Metric.newBuilder().setName("claude_code.token.usage").setSum(sum).build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder()
            .setResource(resource(agent))
            .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }

  /** What one counter says at a time. */
  public record Point(
      String session, String type, double tokens, boolean cumulative, Instant start, Instant at) {}

  /** One span. */
  public static byte[] spanProto(String agent, Instant at, Map<String, Object> said) {
    Span span = Span.newBuilder()
        .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
        .setSpanId(ByteString.copyFromUtf8("01234567"))
        .setName("chat")
        .setStartTimeUnixNano(nanos(at.minusSeconds(1)))
        .setEndTimeUnixNano(nanos(at))
        .addAllAttributes(attributes(said))
        .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder()
            .setResource(resource(agent))
            .addScopeSpans(ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("some.agent"))
                .addSpans(span)))
        .build()
        .toByteArray();
  }

  private static Resource resource(String agent) {
    return Resource.newBuilder()
        .addAllAttributes(attributes(Map.of("agent.id", agent)))
        .build();
  }

  private static List<KeyValue> attributes(Map<String, Object> said) {
    return new TreeMap<>(said)
        .entrySet().stream()
            .map(entry -> KeyValue.newBuilder()
                .setKey(entry.getKey())
                .setValue(value(entry.getValue()))
                .build())
            .toList();
  }

  private static AnyValue value(Object value) {
    return switch (value) {
      case Long whole -> AnyValue.newBuilder().setIntValue(whole).build();
      case Double real -> AnyValue.newBuilder().setDoubleValue(real).build();
      default -> AnyValue.newBuilder().setStringValue(value.toString()).build();
    };
  }

  private static String json(String key, Object value) {
    String typed = switch (value) {
      case Long whole -> "\"intValue\":\"" + whole + "\"";
      case Double real -> "\"doubleValue\":" + real;
      default -> "\"stringValue\":\"" + value + "\"";
    };
    return "{\"key\":\"" + key + "\",\"value\":{" + typed + "}}";
  }

  private static long nanos(Instant at) {
    return at.toEpochMilli() * 1_000_000;
  }
}
