/** Who calls, what he may do, and how often. */
@NullMarked
package io.conductore.query.auth;

import org.jspecify.annotations.NullMarked;
