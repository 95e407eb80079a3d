/** Events into state: the product, and what it is compared with, round by round. */
@NullMarked
package io.conductore.bench.fold;

import org.jspecify.annotations.NullMarked;
