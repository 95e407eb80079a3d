/**
 * The LIFECYCLE stage: what happens to issues. Holds their streams; the state machine follows
 * (issue 3).
 */
@NullMarked
package io.conductore.topology.lifecycle;

import org.jspecify.annotations.NullMarked;
