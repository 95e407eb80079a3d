/**
 * The LIFECYCLE stage: what happens to issues.
 * {@link io.conductore.topology.lifecycle.LifecycleFold} is the table of the state machine; what
 * does not fit is kept and marked.
 */
@NullMarked
package io.conductore.topology.lifecycle;

import org.jspecify.annotations.NullMarked;
