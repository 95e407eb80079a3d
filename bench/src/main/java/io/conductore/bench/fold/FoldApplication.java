package io.conductore.bench.fold;

import java.util.Optional;

/** A Streams application that folds the activity log: the product, or the bare fold. */
interface FoldApplication extends AutoCloseable {

  /** The consumer group, which is also how its changelogs begin. */
  String group();

  /** Returns as soon as the application is on its way. */
  void start();

  /** True when its stores are restored and it reads. */
  boolean running();

  /** Why it gave up, when it did. */
  Optional<Throwable> failure();

  @Override
  void close();
}
