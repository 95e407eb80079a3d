/** What StuckGuard thinks of a recorded run, told step by step: {@code rig stuck explain}. */
@NullMarked
package io.conductore.embedded.stuck;

import org.jspecify.annotations.NullMarked;
