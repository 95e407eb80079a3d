@NullMarked
package io.conductore.query.http;

import org.jspecify.annotations.NullMarked;
