package io.conductore.query.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error answer (RFC 9457). The type tells the caller what to do next; openapi.yaml lists them
 * all.
 *
 * @param error the original Conductor-E's one-line error, for its clients
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<Item> errors,
    @Nullable String error,
    @JsonIgnore @Nullable Duration retryAfter) {
  static final String UNAUTHORIZED = "/problems/unauthorized";
  public static final String CONTENT_TYPE = "application/problem+json";

  /** One thing that is wrong, and with which event and field of the request. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(@Nullable Integer index, @Nullable String field, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  /** Mend the parameter that is named, then ask again. */
  public static Problem invalidParameter(String name, String detail) {
    Item item = new Item(null, name, detail);
    return new Problem(
        "/problems/invalid-parameter",
        "A parameter is wrong",
        400,
        detail,
        List.of(item),
        null,
        null);
  }

  /** Ask again without the token, or with one from a recent answer. */
  public static Problem invalidPosition(String detail) {
    return of("invalid-position", "The position token cannot be read", 400, detail);
  }

  public static Problem malformedJson(String detail) {
    return of("malformed-json", "The body is not JSON", 400, detail);
  }

  /** Mend the fields that are named and send the whole request again: nothing was appended. */
  public static Problem invalidEvents(List<Item> errors) {
    String detail = errors.getFirst().detail();
    return new Problem(
        "/problems/invalid-event", "An event is wrong", 400, detail, errors, detail, null);
  }

  public static Problem unknownEventType(List<Item> errors) {
    String detail = errors.getFirst().detail();
    return new Problem(
        "/problems/unknown-event-type", "Unknown event type", 400, detail, errors, detail, null);
  }

  /** Send fewer bytes at a time. */
  public static Problem bodyTooLarge(int bytesMax) {
    return of(
        "body-too-large",
        "The body is too large",
        413,
        "A body has at most " + bytesMax + " bytes.");
  }

  public static Problem tooManyEvents(int eventsMax) {
    return of(
        "too-many-events",
        "Too many events",
        413,
        "A request has at most " + eventsMax + " events.");
  }

  public static Problem unsupportedMediaType(String given) {
    return of(
        "unsupported-media-type",
        "The content type is not one of events",
        415,
        "Send application/json or application/x-ndjson, not " + given + ".");
  }

  public static Problem crossOrigin() {
    return of(
        "cross-origin",
        "Pages of other origins may not write",
        403,
        "The Origin header names another host than this one.");
  }

  /** Ask for localhost. */
  public static Problem misdirected() {
    return of(
        "misdirected",
        "Nothing is served under this name",
        421,
        "The Host header must name this machine: localhost, 127.0.0.1 or [::1].");
  }

  /** Put the secret that GitHub signs with where the launcher finds it. */
  public static Problem webhookWithoutSecret() {
    return of(
        "webhook-not-configured",
        "This rig takes no deliveries of GitHub",
        403,
        "Give it the webhook's secret: the environment variable RIG_GITHUB_WEBHOOK_SECRET or the"
            + " file secrets/github-webhook in the data folder, then start it again.");
  }

  /** Sign the body with the secret that both sides know. */
  public static Problem webhookUnsigned() {
    return of(
        "webhook-unsigned",
        "The delivery is not signed with our secret",
        401,
        "X-Hub-Signature-256 must be the HMAC-SHA256 of the body under the webhook's secret.");
  }

  /** Send a token that is known, in the Authorization header. */
  public static Problem unauthorized(String detail) {
    return of("unauthorized", "Who are you?", 401, detail);
  }

  /** Use a token that may; sending it again will not help. */
  public static Problem forbidden(String detail) {
    return of("forbidden", "This token may not do that", 403, detail);
  }

  /** The same, naming what in the request it may not: nothing was done. */
  public static Problem forbidden(List<Item> errors) {
    String detail = errors.getFirst().detail();
    return new Problem(
        "/problems/forbidden", "This token may not do that", 403, detail, errors, null, null);
  }

  /** Make a new token, for this one may have been seen; send that in the Authorization header. */
  public static Problem tokenInQuery() {
    return of(
        "token-in-query",
        "A token does not belong into an address",
        400,
        "Addresses are logged. Revoke this token, and send a new one as Authorization: Bearer.");
  }

  public static Problem bodyNotExpected() {
    return of(
        "body-not-expected",
        "This method has no body",
        400,
        "Nobody would read the body; send the request without one.");
  }

  public static Problem bodyTooSlow() {
    return of("body-too-slow", "The body took too long", 408, "Send the whole request again.");
  }

  public static Problem rateLimited(Duration retryAfter) {
    return new Problem(
        "/problems/rate-limited",
        "Too many requests",
        429,
        "More than this token or address may send; wait for Retry-After.",
        List.of(),
        null,
        retryAfter);
  }

  public static Problem notFound(String detail) {
    return of("not-found", "Not found", 404, detail);
  }

  /** Go on from the ordinal that is named: what was processed stays processed. */
  public static Problem ordinalPassed(long acknowledged) {
    return of(
        "ordinal-passed",
        "An acknowledgement does not go back",
        409,
        "Everything up to " + acknowledged + " is acknowledged already.");
  }

  /** Choose another id: this one stands for another call. */
  public static Problem requestIdUsed(String detail) {
    return of("request-id-used", "This requestId is taken", 409, detail);
  }

  public static Problem methodNotAllowed(String detail) {
    return of("method-not-allowed", "The route has no such method", 405, detail);
  }

  /** Wait, then ask again with the same token; the answer will not be older than it. */
  public static Problem behind(Duration retryAfter) {
    return retry(
        "behind-position",
        "This answer would be older than the token",
        retryAfter,
        "The stores have not folded the position that If-Position-At-Least asks for.");
  }

  /** Wait for /healthz/ready. */
  public static Problem starting(Duration retryAfter) {
    return retry("starting", "Starting", retryAfter, "The stores do not answer yet.");
  }

  /**
   * Try again later; a write that was not acknowledged may be sent again with the same event ids.
   */
  public static Problem unavailable(String detail, Duration retryAfter) {
    return retry("unavailable", "Not available right now", retryAfter, detail);
  }

  /** A mistake of ours; the log has the cause under this id. */
  public static Problem internal(String id) {
    return of("internal", "An unexpected error", 500, "Logged as " + id + ".");
  }

  /** For what the HTTP server itself refuses. */
  public static Problem ofStatus(int status, String detail) {
    return switch (status) {
      case 404 -> notFound(detail);
      case 405 -> methodNotAllowed(detail);
      case 408 -> bodyTooSlow();
      case 413 -> of("body-too-large", "The body is too large", 413, detail);
      case 415 -> unsupportedMediaType("that");
      case 431 -> of("headers-too-large", "The headers are too large", 431, detail);
      default -> of("bad-request", "The request cannot be read", status, detail);
    };
  }

  private static Problem of(String name, String title, int status, String detail) {
    return new Problem("/problems/" + name, title, status, detail, List.of(), null, null);
  }

  private static Problem retry(String name, String title, Duration retryAfter, String detail) {
    return new Problem("/problems/" + name, title, 503, detail, List.of(), null, retryAfter);
  }
}
