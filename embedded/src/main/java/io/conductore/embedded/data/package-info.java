/**
 * The data folder, {@code .rig/} unless said otherwise: everything that outlives the process.
 *
 * <pre>
 *   VERSION       layout of this folder; a program that does not know it refuses
 *   lock          held by the process that runs on the folder, with its id
 *   status.json   what that process says about its parts
 *   budgets.yaml, prices.yaml   written by a person, read at each start; both may be absent
 *   kafka/  registry/  streams/  schemas/   one folder each part
 *   logs/         conductor.log, registry.log
 * </pre>
 */
@NullMarked
package io.conductore.embedded.data;

import org.jspecify.annotations.NullMarked;
