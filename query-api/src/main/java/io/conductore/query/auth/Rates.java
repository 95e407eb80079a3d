package io.conductore.query.auth;

import java.util.EnumMap;
import java.util.Map;

/** The rates of each role, and of an address that shows no valid token. */
public record Rates(Map<Role, Rate> byRole, Rate address) {
  /** A dashboard asks some two questions a second. */
  private static final Rate VIEWER = new Rate(50, 500);

  /** Two full batches at once; a busy agent has a few events a second. */
  private static final Rate AGENT = new Rate(200, 2_000);

  /** Ten full batches at once: an import. */
  private static final Rate OPERATOR = new Rate(1_000, 10_000);

  /** Guesses, and signed deliveries before their signature is checked. */
  private static final Rate ADDRESS = new Rate(50, 500);

  public static final Rates DEFAULT =
      new Rates(Map.of(Role.VIEWER, VIEWER, Role.AGENT, AGENT, Role.OPERATOR, OPERATOR), ADDRESS);

  public Rates {
    byRole = Map.copyOf(byRole);
  }

  Rate of(Role role) {
    Rate rate = byRole.get(role);
    return rate == null ? AGENT : rate;
  }

  Rates with(Role role, Rate rate) {
    Map<Role, Rate> changed = new EnumMap<>(Role.class);
    changed.putAll(byRole);
    changed.put(role, rate);
    return new Rates(changed, address);
  }

  Rates withAddress(Rate rate) {
    return new Rates(byRole, rate);
  }
}
