package io.conductore.schemas.registry;

import java.util.List;
import java.util.Map;

/** How the start-up talk with the registry ended. Only the two Ready cases may go on. */
public sealed interface SetupOutcome {
  /** One clear line for whoever started the process. */
  String message();

  record Ready(Map<String, Integer> idBySubject) implements SetupOutcome {
    @Override
    public String message() {
      return "schemas ready: " + idBySubject;
    }
  }

  /**
   * Go on, with a warning: the ids are right, but whether the registry still agrees was not seen.
   */
  record ReadyFromCache(Map<String, Integer> idBySubject, String why) implements SetupOutcome {
    @Override
    public String message() {
      return "registry unavailable (" + why + "); going on with schema ids from the cache: "
          + idBySubject;
    }
  }

  record Incompatible(String subject, String detail) implements SetupOutcome {
    @Override
    public String message() {
      return "the schema of "
          + subject
          + " breaks "
          + SchemaSetup.RULE
          + ": records already written could not be read. "
          + detail;
    }
  }

  /**
   * The registry's ids do not mean what ours meant: going on would decode old records as something
   * else.
   */
  record Conflict(String subject, String detail) implements SetupOutcome {
    @Override
    public String message() {
      return "schema ids of " + subject + " contradict the ones kept here: " + detail;
    }
  }

  record Refused(String subject, String detail) implements SetupOutcome {
    @Override
    public String message() {
      return "the schema of " + subject + " was not accepted: " + detail;
    }
  }

  record Unavailable(List<String> subjectsMissing, String why) implements SetupOutcome {
    @Override
    public String message() {
      return "registry unavailable (" + why + ") and no schema id in the cache for "
          + subjectsMissing;
    }
  }
}
