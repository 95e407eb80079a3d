/** The proof: figures as ratios against peers measured in the same run, never absolute promises. */
@NullMarked
package io.conductore.bench;

import org.jspecify.annotations.NullMarked;
