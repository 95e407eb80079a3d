/**
 * What the product is compared with: the broker alone, PostgreSQL, a bare fold, a bare HTTP
 * handler.
 */
@NullMarked
package io.conductore.bench.peer;

import org.jspecify.annotations.NullMarked;
