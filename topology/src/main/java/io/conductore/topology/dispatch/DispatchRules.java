package io.conductore.topology.dispatch;

/**
 * What an operator may set. A change holds from the next record on; what was decided before stands.
 *
 * @param strikesMax how many failed attempts bring an issue to a human
 */
public record DispatchRules(int strikesMax) {
  public static final DispatchRules DEFAULT = new DispatchRules(2);
}
