/**
 * One run of everything, from the first check to the last close.
 *
 * <pre>
 *   start   data folder ▶ ports ▶ registry (goes on meanwhile) ▶ api (503) ▶ broker ▶ topics
 *           ▶ registry answers ▶ schemas ▶ streams ▶ ready
 *   stop    api ▶ streams ▶ broker and registry
 * </pre>
 *
 * <p>{@link io.conductore.embedded.run.RigRun} holds the order,
 * {@link io.conductore.embedded.run.PartBoard} what each part is up to.
 */
@NullMarked
package io.conductore.embedded.run;

import org.jspecify.annotations.NullMarked;
