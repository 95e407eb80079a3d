/**
 * Everything in one process: broker, Streams application and API, with the registry as a child.
 * {@link io.conductore.embedded.Rig} is the command, one class of {@code command} each subcommand.
 */
@NullMarked
package io.conductore.embedded;

import org.jspecify.annotations.NullMarked;
