/**
 * The ESCALATION stage: one open escalation for each cause and subject, which climbs while nobody
 * has seen it and closes when its cause is gone.
 */
@NullMarked
package io.conductore.topology.escalation;

import org.jspecify.annotations.NullMarked;
