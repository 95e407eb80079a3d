package io.conductore.bench.http;

import java.io.IOException;

/**
 * One worker's way to the server: asks the numbered question, reads the whole answer, gives its
 * status.
 */
@FunctionalInterface
public interface Exchange {
  int ask(long ticket) throws IOException;
}
