/**
 * What is said: the two logs of record, their event types, and the one table of topics. Start with
 * {@link io.conductore.schemas.Topics}; {@link io.conductore.schemas.EventCatalog} lists every
 * event type.
 */
@NullMarked
package io.conductore.schemas;

import org.jspecify.annotations.NullMarked;
