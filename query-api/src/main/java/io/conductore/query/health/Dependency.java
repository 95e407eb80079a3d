package io.conductore.query.health;

import java.util.concurrent.Callable;

/**
 * Something that the system needs, and how to see whether it is there.
 *
 * @param critical without it the system does not do its work; others make it degraded
 * @param check returns when it answers, throws when it does not; may block, it is timed out
 */
public record Dependency(String name, boolean critical, Callable<String> check) {}
