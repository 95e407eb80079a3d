/** Budgets: limits from the file and from events, and what was spent in each hour and day (UTC). */
@NullMarked
package io.conductore.topology.budget;

import org.jspecify.annotations.NullMarked;
