package io.conductore.schemas.registry;

import java.time.Duration;
import java.util.function.Function;

/** What a call to the registry can come to. Every case says what the caller should do next. */
public sealed interface RegistryOutcome<T> {
  record Ok<T>(T value) implements RegistryOutcome<T> {}

  /**
   * The registry itself says that it has no such subject, schema or setting. Final until somebody
   * adds it.
   */
  record NotFound<T>(String detail) implements RegistryOutcome<T> {}

  /** The schema breaks the subject's compatibility rule. Final: change the schema. */
  record Incompatible<T>(String detail) implements RegistryOutcome<T> {}

  /** The registry understood and said no (credentials, rights, a bad request, a wrong path). */
  record Refused<T>(int status, int errorCode, String detail) implements RegistryOutcome<T> {
    /**
     * Success by its status, but the content is not what the API promises: asking again will not
     * help.
     */
    public boolean unusable() {
      return status >= 200 && status < 300;
    }
  }

  /** No usable answer in time, after retries. Try again after the pause. */
  record Unavailable<T>(String why, Duration retryAfter) implements RegistryOutcome<T> {}

  /** Goes on with the value, or passes the failure on under the next call's type. */
  default <U> RegistryOutcome<U> then(Function<T, RegistryOutcome<U>> next) {
    if (this instanceof Ok<T> ok) {
      return next.apply(ok.value());
    }
    if (this instanceof NotFound<T> n) {
      return new NotFound<>(n.detail());
    }
    if (this instanceof Incompatible<T> i) {
      return new Incompatible<>(i.detail());
    }
    if (this instanceof Refused<T> r) {
      return new Refused<>(r.status(), r.errorCode(), r.detail());
    }
    Unavailable<T> away = (Unavailable<T>) this;
    return new Unavailable<>(away.why(), away.retryAfter());
  }
}
