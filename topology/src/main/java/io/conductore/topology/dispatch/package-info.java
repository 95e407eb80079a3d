/**
 * The DISPATCH stage: who works on what. It decides record by record of one serial log a pool;
 * everything that it decides from is in the record, its place and the stores.
 */
@NullMarked
package io.conductore.topology.dispatch;

import org.jspecify.annotations.NullMarked;
