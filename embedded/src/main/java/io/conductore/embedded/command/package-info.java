/** One class each subcommand of rig: reads its options, hands over, puts the outcome into words. */
@NullMarked
package io.conductore.embedded.command;

import org.jspecify.annotations.NullMarked;
