@NullMarked
package io.conductore.query.read;

import org.jspecify.annotations.NullMarked;
