/**
 * Writes docs/reference from the code: {@link io.conductore.schemas.Topics} and
 * {@link io.conductore.schemas.EventCatalog} are the source, the pages are never edited.
 */
@NullMarked
package io.conductore.schemas.docs;

import org.jspecify.annotations.NullMarked;
