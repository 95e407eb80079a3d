/**
 * Recorded runs of coding agents, read as the flat events that a live agent would have sent.
 *
 * <pre>
 *   file ──▶ RecordedRuns.open ──▶ RunEvents (pull: next, next, ...) ──▶ ship
 *              │ .jsonl            TranscriptEvents   Claude Code, one JSON object a line
 *              └ .traj             TrajectoryEvents   SWE-agent, one JSON object a file
 * </pre>
 *
 * <p>Two promises hold for every reader. Reading the same run again gives the same events with the
 * same ids, whatever its path and machine, so that an import can be repeated. Nothing inside a file
 * can make a reader throw, except that the file cannot be read at all: what is broken is counted
 * with its line and left out.
 */
@NullMarked
package io.conductore.agent.transcript;

import org.jspecify.annotations.NullMarked;
