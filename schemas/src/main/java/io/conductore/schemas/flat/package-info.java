/**
 * The flat JSON form of an event, the original Conductor-E's request shape: one object, field names
 * in any case, the type exact. {@link io.conductore.schemas.flat.FlatReader} turns it into an Avro
 * envelope or says which field is wrong; {@link io.conductore.schemas.flat.FlatWriter} is the way
 * back.
 */
@NullMarked
package io.conductore.schemas.flat;

import org.jspecify.annotations.NullMarked;
