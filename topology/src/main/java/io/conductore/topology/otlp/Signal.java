package io.conductore.topology.otlp;

/** One item of an export, from either encoding. Times are epoch milliseconds, 0 for unknown. */
public sealed interface Signal {
  /** Who sent it. */
  Attributes resource();

  Attributes attributes();

  /**
   * One log record.
   *
   * @param name the event's name: the record's own, the attribute event.name, or the body
   */
  record LogItem(Attributes resource, Attributes attributes, String name, long atMs)
      implements Signal {}

  /**
   * One finished span.
   *
   * @param scope the instrumentation's name
   * @param spanId hexadecimal
   */
  record SpanItem(
      Attributes resource,
      Attributes attributes,
      String scope,
      String name,
      String traceId,
      String spanId,
      long startMs,
      long endMs,
      boolean failed)
      implements Signal {}

  /**
   * One number of a metric.
   *
   * @param cumulative false for a delta, as Claude Code sends by default
   */
  record PointItem(
      Attributes resource,
      Attributes attributes,
      String metric,
      double value,
      boolean cumulative,
      long startMs,
      long atMs)
      implements Signal {}
}
