/** One class per question: an interactive query in, an outcome out. */
@NullMarked
package io.conductore.query.read;

import org.jspecify.annotations.NullMarked;
