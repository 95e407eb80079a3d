/** What people read: reports as text, CSV and HTML. */
@NullMarked
package io.conductore.embedded.text;

import org.jspecify.annotations.NullMarked;
