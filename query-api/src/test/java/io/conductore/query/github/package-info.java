@NullMarked
package io.conductore.query.github;

import org.jspecify.annotations.NullMarked;
