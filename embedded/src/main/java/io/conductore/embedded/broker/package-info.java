/**
 * A Kafka broker and its controller inside this process, on a real port, so that kcat and any other
 * client works. One node: a record is as durable as one disk.
 */
@NullMarked
package io.conductore.embedded.broker;

import org.jspecify.annotations.NullMarked;
