package io.conductore.schemas.flat;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a door adds to an event that it reads.
 *
 * @param recordedAtMs the door's or the broker's clock, epoch milliseconds
 * @param eventId gives an id to an event that came without one
 * @param source stands in when the event names none
 */
public record Reading(
    long recordedAtMs, Supplier<String> eventId, @Nullable String source) {}
