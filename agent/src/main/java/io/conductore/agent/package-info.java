/**
 * What runs beside each agent. Holds the transcript readers today; the guard, the spool and the identity
 * commands will live here (issue 6).
 */
@NullMarked
package io.conductore.agent;

import org.jspecify.annotations.NullMarked;
