/**
 * Transcripts that are still written, followed as they grow.
 *
 * <pre>
 *   paths ──▶ Follower ──▶ FollowedFile (one each) ──▶ Outbox ──▶ Destination (the API)
 *                 └──▶ FollowState: how far each file is told, on disk
 * </pre>
 */
@NullMarked
package io.conductore.agent.follow;

import org.jspecify.annotations.NullMarked;
