package io.conductore.topology.admission;

import org.jspecify.annotations.Nullable;

/**
 * What brought a change of an account about.
 *
 * @param agentId whose record it was: its stream has what follows
 * @param eventId the event that did; null for an admission, or for time alone
 */
record Occasion(String agentId, @Nullable String eventId, long atMs) {}
