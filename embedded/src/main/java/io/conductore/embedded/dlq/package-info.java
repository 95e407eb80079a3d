/**
 * Looks into the dead letter topics and sends letters back to where they came from. A letter has
 * the bytes of the record that could not be processed, and in its headers why and from where.
 */
@NullMarked
package io.conductore.embedded.dlq;

import org.jspecify.annotations.NullMarked;
