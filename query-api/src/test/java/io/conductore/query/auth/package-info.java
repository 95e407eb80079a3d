@NullMarked
package io.conductore.query.auth;

import org.jspecify.annotations.NullMarked;
