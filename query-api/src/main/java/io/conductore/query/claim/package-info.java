/** Handing out work: a claim goes on the pool's log, and its answer is what the log comes to. */
@NullMarked
package io.conductore.query.claim;

import org.jspecify.annotations.NullMarked;
