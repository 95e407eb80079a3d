/**
 * The ACTIVITY stage: what agents do, folded into agents (liveness, cursor, budgets), sessions
 * (usage, stuck patterns) and costs. Every state record is a pure fold: any order of the same
 * distinct events gives the same state, but for ordinals, which are places in the log. Start with
 * {@link io.conductore.topology.activity.ActivityFold}.
 */
@NullMarked
package io.conductore.topology.activity;

import org.jspecify.annotations.NullMarked;
