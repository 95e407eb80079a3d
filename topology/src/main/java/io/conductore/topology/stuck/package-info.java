/**
 * StuckGuard: tells an agent that goes in circles from one that works. Pure, and without any other
 * package of the stages.
 *
 * <pre>
 *   event ──▶ Step ──▶ Trace (the newest steps, in order of occurrence)
 *                        │
 *             StuckRules ┼──▶ Judge ──▶ Verdicts (pattern, evidence, sentence; nudge or stuck)
 *                        │
 *                        └──▶ Alarm (what was told and is not over: one verdict a loop)
 * </pre>
 *
 * <p>A verdict is a function of the newest steps in order, so late and reordered events end in the
 * verdict that sorted ones give. The alarm alone remembers: it is raised once and stays until there
 * is progress, which is a success that the trace does not hold already. See
 * docs/decisions/0017-loop-or-progress.md and docs/reference/stuck.md.
 */
@NullMarked
package io.conductore.topology.stuck;

import org.jspecify.annotations.NullMarked;
