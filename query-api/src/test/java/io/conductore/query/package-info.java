@NullMarked
package io.conductore.query;

import org.jspecify.annotations.NullMarked;
