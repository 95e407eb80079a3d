package io.conductore.topology.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an item of telemetry says in events of rig.activity, as flat JSON for the reader of the
 * doors. Unknown telemetry says nothing, which is no error.
 */
public final class TelemetryEvents {
  private final ClaudeCodeLogs logs;
  private final ClaudeCodeMetrics metrics;
  private final GenAiSpans spans;

  public TelemetryEvents(TelemetryNames names) {
    EventForm form = new EventForm(names);
    this.logs = new ClaudeCodeLogs(form);
    this.metrics = new ClaudeCodeMetrics(form);
    this.spans = new GenAiSpans(form);
  }

  public List<ObjectNode> of(Signal signal) {
    return switch (signal) {
      case Signal.LogItem item -> logs.events(item);
      case Signal.PointItem point -> metrics.event(point).stream().toList();
      case Signal.SpanItem span -> spans.events(span);
    };
  }
}
