package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.topology.activity.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A sum of model calls, with what it is the sum for; absent dimensions are left out.
 *
 * @param estimatedCalls how many of them were billed at the ceiling, their model having no price
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsageView(
    @Nullable String day,
    @Nullable String agentId,
    @Nullable String repo,
    @Nullable Integer issueNumber,
    @Nullable String sessionId,
    @Nullable String model,
    @Nullable String category,
    @Nullable String tenant,
    long calls,
    long inputTokens,
    long outputTokens,
    long cacheCreationTokens,
    long cacheReadTokens,
    BigDecimal costUsd,
    long estimatedCalls) {

  /** What a sum is for; null leaves the dimension out. */
  public record Of(
      @Nullable String day,
      @Nullable String agentId,
      @Nullable String repo,
      @Nullable Integer issueNumber,
      @Nullable String sessionId,
      @Nullable String model,
      @Nullable String category,
      @Nullable String tenant) {
    static final Of ALL = new Of(null, null, null, null, null, null, null, null);

    static Of day(String day) {
      return new Of(day, null, null, null, null, null, null, null);
    }

    static Of agent(String agentId) {
      return new Of(null, agentId, null, null, null, null, null, null);
    }

    static Of agentRepo(String agentId, String repo) {
      return new Of(null, agentId, repo, null, null, null, null, null);
    }

    static Of issue(String repo, int issueNumber) {
      return new Of(null, null, repo, issueNumber, null, null, null, null);
    }

    static Of model(String model) {
      return new Of(null, null, null, null, null, model, null, null);
    }

    static Of repo(String repo) {
      return new Of(null, null, repo, null, null, null, null, null);
    }

    static Of category(String category) {
      return new Of(null, null, null, null, null, null, category, null);
    }

    static Of tenant(String tenant) {
      return new Of(null, null, null, null, null, null, null, tenant);
    }

    static Of session(String agentId, String sessionId) {
      return new Of(null, agentId, null, null, sessionId, null, null, null);
    }
  }

  static UsageView of(Of of, Usage usage) {
    return new UsageView(
        of.day(),
        of.agentId(),
        of.repo(),
        of.issueNumber(),
        of.sessionId(),
        of.model(),
        of.category(),
        of.tenant(),
        usage.calls(),
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cacheCreationTokens(),
        usage.cacheReadTokens(),
        usage.cost().toDecimal(),
        usage.estimatedCalls());
  }
}
