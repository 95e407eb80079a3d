/** Who may ask: {@link io.conductore.query.QueryApi} is the route table, top to bottom. */
@NullMarked
package io.conductore.query;

import org.jspecify.annotations.NullMarked;
