/**
 * What makes two tellings of one thing the same event: an agent's transcript, its telemetry and its
 * hooks all speak of one tool call, and it must count once.
 */
@NullMarked
package io.conductore.schemas.evidence;

import org.jspecify.annotations.NullMarked;
