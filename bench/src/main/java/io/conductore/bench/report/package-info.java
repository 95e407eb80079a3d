/** The report: figures with their count, ratios with their bars, the machine they were taken on. */
@NullMarked
package io.conductore.bench.report;

import org.jspecify.annotations.NullMarked;
