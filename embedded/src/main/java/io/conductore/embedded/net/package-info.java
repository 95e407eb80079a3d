/** Ports of this machine: which are free, and who answers on them. */
@NullMarked
package io.conductore.embedded.net;

import org.jspecify.annotations.NullMarked;
