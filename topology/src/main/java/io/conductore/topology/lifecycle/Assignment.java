package io.conductore.topology.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Who has the issue.
 *
 * @param leaseToken fences it off from assignments before; null when somebody else than dispatch
 *     assigned it
 */
public record Assignment(String agentId, @Nullable Long leaseToken, int attempt) {}
