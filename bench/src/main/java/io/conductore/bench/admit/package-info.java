/** How long an admission takes, alone and while calls are settled. */
@NullMarked
package io.conductore.bench.admit;

import org.jspecify.annotations.NullMarked;
