/** Whether the process lives, answers, and reaches what it needs. */
@NullMarked
package io.conductore.query.health;

import org.jspecify.annotations.NullMarked;
