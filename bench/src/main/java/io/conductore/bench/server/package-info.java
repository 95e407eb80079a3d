/**
 * Whole processes under load: the product as one command starts it, and a bare handler beside it.
 */
@NullMarked
package io.conductore.bench.server;

import org.jspecify.annotations.NullMarked;
