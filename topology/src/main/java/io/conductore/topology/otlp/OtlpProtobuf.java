package io.conductore.topology.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads the protobuf form of an export. */
public final class OtlpProtobuf {
  private OtlpProtobuf() {}

  /** Never throws, whatever the bytes. */
  public static OtlpReading read(OtlpKind kind, byte[] bytes) {
    try {
      List<Signal> signals = new ArrayList<>();
      switch (kind) {
        case LOGS ->
          ExportLogsServiceRequest.parseFrom(bytes)
              .getResourceLogsList()
              .forEach(group -> logs(group, signals));
        case METRICS ->
          ExportMetricsServiceRequest.parseFrom(bytes)
              .getResourceMetricsList()
              .forEach(group -> metrics(group, signals));
        case TRACES ->
          ExportTraceServiceRequest.parseFrom(bytes)
              .getResourceSpansList()
              .forEach(group -> spans(group, signals));
      }
      return new OtlpReading.Read(signals);
    } catch (InvalidProtocolBufferException malformed) {
      return new OtlpReading.Malformed(String.valueOf(malformed.getMessage()));
    }
  }

  private static void logs(ResourceLogs group, List<Signal> signals) {
    Attributes resource = attributes(group.getResource().getAttributesList());
    group
        .getScopeLogsList()
        .forEach(scope -> scope.getLogRecordsList().forEach(record -> {
          Attributes attributes = attributes(record.getAttributesList());
          signals.add(
              new Signal.LogItem(resource, attributes, name(record, attributes), atMs(record)));
        }));
  }

  private static String name(LogRecord record, Attributes attributes) {
    return record.getEventName().isEmpty()
        ? attributes.text("event.name").orElse(record.getBody().getStringValue())
        : record.getEventName();
  }

  private static long atMs(LogRecord record) {
    return ms(
        record.getTimeUnixNano() == 0
            ? record.getObservedTimeUnixNano()
            : record.getTimeUnixNano());
  }

  private static void spans(ResourceSpans group, List<Signal> signals) {
    Attributes resource = attributes(group.getResource().getAttributesList());
    group
        .getScopeSpansList()
        .forEach(scope -> scope
            .getSpansList()
            .forEach(span -> signals.add(span(resource, scope.getScope().getName(), span))));
  }

  private static Signal span(Attributes resource, String scope, Span span) {
    return new Signal.SpanItem(
        resource,
        attributes(span.getAttributesList()),
        scope,
        span.getName(),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        ms(span.getStartTimeUnixNano()),
        ms(span.getEndTimeUnixNano()),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
  }

  private static void metrics(ResourceMetrics group, List<Signal> signals) {
    Attributes resource = attributes(group.getResource().getAttributesList());
    group
        .getScopeMetricsList()
        .forEach(
            scope -> scope.getMetricsList().forEach(metric -> points(resource, metric, signals)));
  }

  /** Sums only: nothing that is counted here comes as a gauge or a histogram. */
  private static void points(Attributes resource, Metric metric, List<Signal> signals) {
    boolean cumulative = metric.getSum().getAggregationTemporality()
        == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
      signals.add(new Signal.PointItem(
          resource,
          attributes(point.getAttributesList()),
          metric.getName(),
          point.hasAsInt() ? point.getAsInt() : point.getAsDouble(),
          cumulative,
          ms(point.getStartTimeUnixNano()),
          ms(point.getTimeUnixNano())));
    }
  }

  private static Attributes attributes(List<KeyValue> given) {
    Map<String, Object> values = new HashMap<>();
    for (KeyValue entry : given) {
      AnyValue value = entry.getValue();
      switch (value.getValueCase()) {
        case STRING_VALUE -> values.put(entry.getKey(), value.getStringValue());
        case INT_VALUE -> values.put(entry.getKey(), value.getIntValue());
        case DOUBLE_VALUE -> values.put(entry.getKey(), value.getDoubleValue());
        case BOOL_VALUE -> values.put(entry.getKey(), value.getBoolValue());
        default -> {
          // Left out: see Attributes.
        }
      }
    }
    return new Attributes(values);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static long ms(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
