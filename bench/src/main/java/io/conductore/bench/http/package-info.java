/**
 * The load generator: keep-alive connections, a closed loop for the most and an open loop for the
 * wait.
 */
@NullMarked
package io.conductore.bench.http;

import org.jspecify.annotations.NullMarked;
