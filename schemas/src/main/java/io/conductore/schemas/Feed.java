package io.conductore.schemas;

import java.util.Arrays;
import java.util.Optional;

/**
 * A topic that a stage folds into stores, and so a place where a position counts: the two logs of
 * record and what the stages hand on to one another.
 */
public enum Feed {
  /** What an agent does. Key: the agent. */
  ACTIVITY("rig.activity", 'a'),
  /** What happens to an issue. Key: repo#issueNumber. */
  LIFECYCLE("rig.lifecycle", 'l'),
  /** Claims and all that decides them, one serial log a pool. Key: the pool. */
  DISPATCH("rig.dispatch", 'd'),
  /** What agents are told. Key: the agent, or every partition. */
  INBOX("rig.inbox", 'i'),
  /** Why somebody should look. Key: the subject. */
  CAUSES("rig.causes", 'c'),
  /** What decides whether a model call may be made, one serial log. Key: one for all. */
  ADMISSIONS("rig.admissions", 'm');

  private final String topic;
  private final char letter;

  Feed(String topic, char letter) {
    this.topic = topic;
    this.letter = letter;
  }

  public String topic() {
    return topic;
  }

  /** Stands for the feed in a position token. */
  public char letter() {
    return letter;
  }

  public static Optional<Feed> byLetter(char letter) {
    return Arrays.stream(values()).filter(feed -> feed.letter == letter).findFirst();
  }
}
