/** Work handed out through the product's API and by PostgreSQL, and what heartbeats cost. */
@NullMarked
package io.conductore.bench.claim;

import org.jspecify.annotations.NullMarked;
