package io.conductore.schemas;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import org.apache.avro.Schema;

/** The two logs of record; each has one envelope schema and one natural key. */
public enum Log {
  /** What an agent does. Key and stream: the agent id. */
  ACTIVITY(Feed.ACTIVITY),
  /** What happens to an issue. Key and stream: repo#issueNumber. */
  LIFECYCLE(Feed.LIFECYCLE);

  private final Feed feed;

  Log(Feed feed) {
    this.feed = feed;
  }

  public Feed feed() {
    return feed;
  }

  public String topic() {
    return feed.topic();
  }

  public Schema schema() {
    return switch (this) {
      case ACTIVITY -> AgentActivity.getClassSchema();
      case LIFECYCLE -> IssueLifecycle.getClassSchema();
    };
  }

  /** The registry subject, by the topic name strategy. */
  public String subject() {
    return topic() + "-value";
  }
}
