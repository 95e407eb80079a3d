package io.conductore.agent.transcript;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Follows session, time and place from line to line: what a line leaves out, it inherits. */
final class SessionTrack {
  private static final int SESSIONS_REMEMBERED_MAX = 1_000;

  /** An agent changes folders as it works; the one it started in names the repository. */
  private final Recent<String, String> firstRepo = new Recent<>(SESSIONS_REMEMBERED_MAX);

  private @Nullable String sessionId;
  private Instant at;

  /** @param start the time for lines before the first that has one */
  SessionTrack(Instant start) {
    this.at = start;
  }

  /**
   * Moves on to a line.
   *
   * @param sessionIdByDefault for a file whose lines name no session
   */
  void follow(TranscriptLine.Setting setting, String sessionIdByDefault) {
    if (setting.sessionId() != null) {
      sessionId = setting.sessionId();
    } else if (sessionId == null) {
      sessionId = sessionIdByDefault;
    }
    if (setting.at() != null) {
      at = setting.at();
    }
    String repo = PlainText.localRepo(setting.cwd());
    if (repo != null) {
      firstRepo.addIfNew(sessionId, repo);
    }
  }

  Origin origin() {
    String session = sessionId == null ? "" : sessionId;
    return new Origin(session, session, firstRepo.get(session), at);
  }
}
