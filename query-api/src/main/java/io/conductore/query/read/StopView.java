package io.conductore.query.read;

import io.conductore.topology.admission.Account;
import io.conductore.topology.admission.Mark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit that is used up: no calls until it is over. For a hook or a proxy that asks before it
 * works.
 *
 * @param until when the window turns; null for a limit that never does
 */
public record StopView(
    String scope,
    String scopeId,
    String window,
    String unit,
    BigDecimal limit,
    @Nullable Instant until) {

  public static List<StopView> of(Account account, Instant now) {
    return account.stopsAt(now.toEpochMilli()).stream()
        .map(stop -> of(account, stop))
        .toList();
  }

  private static StopView of(Account account, Mark stop) {
    return new StopView(
        account.scope().kind().word(),
        account.scope().id(),
        stop.window().word(),
        stop.unit().word(),
        stop.unit().decimal(stop.limit()),
        stop.window().turns() ? Instant.ofEpochMilli(stop.endsAtMs()) : null);
  }
}
