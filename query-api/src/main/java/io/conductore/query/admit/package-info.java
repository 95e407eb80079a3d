/** Whether a model call may be made: the door, the relay of spending, and the file of limits. */
@NullMarked
package io.conductore.query.admit;

import org.jspecify.annotations.NullMarked;
