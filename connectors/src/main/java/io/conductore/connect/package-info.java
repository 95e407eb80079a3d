/**
 * Where events leave the backbone. Will hold the Langfuse and webhook sinks for Connect workers
 * (issue 7); nothing here pretends to work before then.
 */
@NullMarked
package io.conductore.connect;

import org.jspecify.annotations.NullMarked;
