package io.conductore.topology.admission;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to reserve, and against whose limits it counts.
 *
 * @param tenant of the call, as it was found when it was asked for
 * @param issue repo#number, null if the call is for none
 */
public record Ask(
    String requestId,
    String agentId,
    String tenant,
    String pool,
    @Nullable String issue,
    Spent amount) {

  /** Where it counts, the narrowest first. */
  List<Scope> scopes() {
    return scopes(agentId, tenant, pool, issue);
  }

  static List<Scope> scopes(String agentId, String tenant, String pool, @Nullable String issue) {
    List<Scope> scopes = new ArrayList<>(4);
    scopes.add(Scope.agent(agentId));
    if (issue != null) {
      scopes.add(Scope.issue(issue));
    }
    scopes.add(Scope.pool(pool));
    scopes.add(Scope.tenant(tenant));
    return scopes;
  }

  /** No agent is named with a slash, so two agents' requests never have one id. */
  public static String id(String agentId, String requestId) {
    return agentId + "/" + requestId;
  }

  void write(Encoder to) throws IOException {
    to.writeString(requestId);
    to.writeString(agentId);
    to.writeString(tenant);
    to.writeString(pool);
    to.writeString(issue == null ? "" : issue);
    to.writeLong(amount.tokens());
    to.writeLong(amount.usd().pico());
  }

  static Ask read(Decoder from) throws IOException {
    String requestId = from.readString();
    String agentId = from.readString();
    String tenant = from.readString();
    String pool = from.readString();
    String issue = from.readString();
    return new Ask(
        requestId,
        agentId,
        tenant,
        pool,
        issue.isEmpty() ? null : issue,
        new Spent(from.readLong(), new Usd(from.readLong())));
  }
}
