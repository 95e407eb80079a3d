package io.conductore.query.auth;

import io.javalin.http.Context;
import java.util.Objects;

/** One request that was let in: its caller, and what more it may cost him. */
public final class Visit {
  private static final String ATTRIBUTE = "rig.visit";

  private final Caller caller;
  private final Charge charge;

  /** Counts against the caller's rate, or answers that it is used up. */
  @FunctionalInterface
  interface Charge {
    Charge FREE = units -> {};

    void take(int units);
  }

  Visit(Caller caller, Charge charge) {
    this.caller = caller;
    this.charge = charge;
  }

  /** Never absent in a handler: the guard stands before each route. */
  public static Visit of(Context ctx) {
    Visit visit = ctx.attribute(ATTRIBUTE);
    return Objects.requireNonNull(visit, "no guard stands before this route");
  }

  void begin(Context ctx) {
    ctx.attribute(ATTRIBUTE, this);
  }

  public Caller caller() {
    return caller;
  }

  /** For a request that asks for the work of several; the first one is counted at the guard. */
  public void countMore(int units) {
    if (units > 0) {
      charge.take(units);
    }
  }
}
