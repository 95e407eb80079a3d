package io.conductore.topology.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Claude Code's counters of tokens and money, told as readings beside the single calls. A series is
 * a metric with all attributes of its points, as OpenTelemetry has it: two subagents that use one
 * model are two counters.
 */
final class ClaudeCodeMetrics {
  private static final String TOKENS = "claude_code.token.usage";
  private static final String COST = "claude_code.cost.usage";
  private static final Set<String> KINDS = Set.of("input", "output", "cacheRead", "cacheCreation");

  private final EventForm form;

  ClaudeCodeMetrics(EventForm form) {
    this.form = form;
  }

  Optional<ObjectNode> event(Signal.PointItem point) {
    Optional<String> kind = kind(point);
    Optional<String> session = point.attributes().text("session.id");
    if (kind.isEmpty() || session.isEmpty() || !isAmount(point.value())) {
      return Optional.empty();
    }
    String model = point.attributes().text("model").orElse("unknown");
    String category = point.attributes().text("query_source").orElse("");
    String series = Digests.exactly(point.metric() + "\n" + point.attributes().canonical());
    String reading =
        String.join(" ", series, Long.toString(point.startMs()), Long.toString(point.atMs()));
    return form.begin("TELEMETRY_METERED", point, session.get(), reading, point.atMs())
        .map(event -> {
          event
              .put("kind", kind.get())
              .put("model", model)
              .put("amount", BigDecimal.valueOf(point.value()))
              .put("cumulative", point.cumulative())
              .put("series", series)
              .put("startedAt", Instant.ofEpochMilli(point.startMs()).toString());
          if (!category.isEmpty()) {
            event.put("category", category);
          }
          return event;
        });
  }

  private static Optional<String> kind(Signal.PointItem point) {
    return switch (point.metric()) {
      case TOKENS -> point.attributes().text("type").filter(KINDS::contains);
      case COST -> Optional.of("cost");
      default -> Optional.empty();
    };
  }

  private static boolean isAmount(double value) {
    return Double.isFinite(value) && value >= 0;
  }
}
