/**
 * The DISPATCH stage: who works on what. {@link io.conductore.topology.dispatch.Dispatch} decides,
 * record by record of one serial log a pool, from nothing but the record, its place and the stores
 * (docs/decisions/0013-dispatch-is-one-serial-log.md).
 */
@NullMarked
package io.conductore.topology.dispatch;

import org.jspecify.annotations.NullMarked;
