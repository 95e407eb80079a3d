/**
 * The house rules as code: each reads the tracked files and says where, what and what to do. A rule
 * is pure and works on a {@link io.conductore.embedded.tidy.Repo}, so that it can be fed a seeded
 * violation as well as the real tree.
 */
@NullMarked
package io.conductore.embedded.tidy;

import org.jspecify.annotations.NullMarked;
