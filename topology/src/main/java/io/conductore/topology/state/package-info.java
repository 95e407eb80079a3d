/** How state is written to bytes: one version number, then primitives in order. */
@NullMarked
package io.conductore.topology.state;

import org.jspecify.annotations.NullMarked;
