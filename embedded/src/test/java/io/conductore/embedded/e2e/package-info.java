/** The product as its users meet it: a process of its own, real ports, real files. */
@NullMarked
package io.conductore.embedded.e2e;

import org.jspecify.annotations.NullMarked;
