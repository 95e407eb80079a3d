/**
 * Brings events to the API and says what became of them.
 *
 * <p>The order of events is kept: one batch is under way at a time. A batch is sent again until the
 * API has answered, and may then arrive twice; the event ids make that harmless.
 */
@NullMarked
package io.conductore.agent.ship;

import org.jspecify.annotations.NullMarked;
