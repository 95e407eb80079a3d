package io.conductore.bench.http;

import io.conductore.bench.stats.Percentiles;

/**
 * What a load came to.
 *
 * @param failures answers with a status other than 2xx; a figure with failures is not a figure
 */
public record LoadOutcome(Percentiles latency, double perSecond, long failures) {}
