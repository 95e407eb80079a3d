/**
 * The proof: figures as ratios against peers measured in the same run, never absolute promises.
 *
 * <p>{@code mix} makes the events, {@code peer} what the product is compared with, {@code fold} and
 * {@code server} measure both in alternation with the load of {@code http}, {@code report} writes
 * the page into bench/reports.
 */
@NullMarked
package io.conductore.bench;

import org.jspecify.annotations.NullMarked;
