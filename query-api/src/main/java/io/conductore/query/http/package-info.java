/** What every route shares: problems, parameters, JSON, limits. */
@NullMarked
package io.conductore.query.http;

import org.jspecify.annotations.NullMarked;
