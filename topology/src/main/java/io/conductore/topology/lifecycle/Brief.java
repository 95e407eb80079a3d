package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.state.Clip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the issue is, as its approval says.
 *
 * @param dependsOn numbers of issues in the same repository
 * @param pool fixed by the approval that queues it: two pools would give it out twice
 * @param approvedAtMs its age in the queue
 */
public record Brief(
    String pool,
    @Nullable String title,
    @Nullable String milestone,
    String priority,
    List<String> labels,
    List<Integer> dependsOn,
    long approvedAtMs) {
  private static final String PRIORITY_BY_DEFAULT = "normal";

  static final Brief NONE =
      new Brief(Pools.DEFAULT, null, null, PRIORITY_BY_DEFAULT, List.of(), List.of(), 0);

  public Brief {
    labels = List.copyOf(labels);
    dependsOn = List.copyOf(dependsOn);
  }

  /** Enters the queue. What the approval leaves out stays as it was known. */
  Brief queued(IssueApproved said, IssueLifecycle event) {
    String given = event.getPool();
    return said(said, given == null ? pool : given, event.getOccurredAtMs());
  }

  /** Is in the queue already, and keeps its place there. */
  Brief updated(IssueApproved said) {
    return said(said, pool, approvedAtMs);
  }

  private Brief said(IssueApproved said, String inPool, long sinceMs) {
    String newTitle = Clip.orNull(said.getTitle());
    return new Brief(
        inPool,
        newTitle == null ? title : newTitle,
        said.getMilestone() == null ? milestone : said.getMilestone(),
        said.getPriority() == null ? priority : said.getPriority(),
        Clip.texts(said.getLabels()),
        said.getDependsOn(),
        sinceMs);
  }
}
