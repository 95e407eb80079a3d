/**
 * What the stages hand on to one another: the records of rig.dispatch, rig.inbox and rig.causes, as
 * JSON that an operator can read with kcat.
 */
@NullMarked
package io.conductore.topology.handoff;

import org.jspecify.annotations.NullMarked;
