/**
 * Deliveries of a GitHub webhook: {@link io.conductore.query.github.GithubEvents} is the pure table
 * of what each says in the words of the log.
 */
@NullMarked
package io.conductore.query.github;

import org.jspecify.annotations.NullMarked;
