package io.conductore.query.auth;

import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param name of the token, never the token
 * @param agentId whom an agent's token speaks for
 */
public record Caller(String name, Role role, @Nullable String agentId) {
  /** Everybody, where authentication is off. */
  public static final Caller ANYONE = new Caller("anyone", Role.OPERATOR, null);

  /** True for dev-e and dev-e/abc12 with the token of dev-e, and for whoever is no agent. */
  public boolean maySpeakAs(String given) {
    return agentId == null || agentId.equals(base(given));
  }

  /**
   * @param field where the request names the agent, for the answer
   * @throws ProblemException 403 when this is an agent's token and it names another
   */
  public void mustBe(String field, String given) {
    if (!maySpeakAs(given)) {
      throw new ProblemException(
          Problem.forbidden(List.of(new Problem.Item(null, field, onlyAs(field)))));
    }
  }

  String onlyAs(String field) {
    return field + " must be " + agentId + ": this token speaks for nobody else.";
  }

  private static String base(String given) {
    int slash = given.indexOf('/');
    return slash < 0 ? given : given.substring(0, slash);
  }
}
