package io.conductore.agent.follow;

import io.conductore.agent.transcript.FileHead;

/**
 * How far a file is told.
 *
 * @param size when it was looked at last
 * @param toldTo what begins before this place is told and acknowledged
 * @param whole false while a message was held back
 * @param head by which it is known again
 */
record FileMark(long size, long toldTo, boolean whole, FileHead head) {
  /** True when everything was told of a file that has not changed since. */
  boolean isDone(long sizeNow) {
    return whole && size == sizeNow;
  }
}
