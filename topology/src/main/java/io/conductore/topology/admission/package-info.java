/**
 * The ADMISSION stage: whether a model call may be made, and what all limits have left.
 * {@link io.conductore.topology.admission.Book} decides, record by record of one serial log, from
 * nothing but the record, its place and the stores
 * (docs/decisions/0022-admissions-are-one-serial-log.md).
 */
@NullMarked
package io.conductore.topology.admission;

import org.jspecify.annotations.NullMarked;
