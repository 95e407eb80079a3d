/**
 * What runs beside each agent. Today it reads recorded runs ({@code transcript}), ships events to
 * the API ({@code ship}) and joins the two for the command line ({@code importing}). The guard, the
 * spool and the identity commands will live here (issue 6).
 */
@NullMarked
package io.conductore.agent;

import org.jspecify.annotations.NullMarked;
