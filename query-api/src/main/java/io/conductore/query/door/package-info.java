/** The way in: flat JSON events, validated and appended to their log, all of a request or none. */
@NullMarked
package io.conductore.query.door;

import org.jspecify.annotations.NullMarked;
