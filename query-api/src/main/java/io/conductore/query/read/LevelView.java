package io.conductore.query.read;

import io.conductore.topology.admission.Level;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of one limit is used; amounts in whole tokens or in dollars, by unit.
 *
 * @param resetsAt when the window turns; null for a limit that never does
 */
public record LevelView(
    String scope,
    String scopeId,
    String window,
    String unit,
    BigDecimal limit,
    BigDecimal spent,
    BigDecimal reserved,
    BigDecimal usedRatio,
    @Nullable Instant resetsAt) {

  public static LevelView of(Level level) {
    return new LevelView(
        level.scope().kind().word(),
        level.scope().id(),
        level.window().word(),
        level.unit().word(),
        level.unit().decimal(level.limit()),
        level.unit().decimal(level.spent()),
        level.unit().decimal(level.reserved()),
        level.usedRatio(),
        level.window().turns() ? Instant.ofEpochMilli(level.resetsAtMs()) : null);
  }
}
