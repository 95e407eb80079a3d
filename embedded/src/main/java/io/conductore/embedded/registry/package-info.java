/**
 * The schema registry (Apicurio) as a child process. It keeps its data in one file, speaks to the
 * loopback address only, and ends when this process ends, however that happens:
 *
 * <pre>
 *   RegistryProcess ── starts ──▶ Tether (in the child) ── runs ──▶ Apicurio
 *        └── holds the child's standard input open; Tether ends the child when it closes
 * </pre>
 *
 * <p>Trap: H2 writes a commit half a second late by default. A registry killed in that time forgets
 * ids that it has already given out, and gives them to other schemas next. Hence WRITE_DELAY=0.
 */
@NullMarked
package io.conductore.embedded.registry;

import org.jspecify.annotations.NullMarked;
