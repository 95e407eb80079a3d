package io.conductore.query.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.EventAppender;
import io.conductore.query.http.Answers;
import io.conductore.query.http.Body;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FieldError;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.lifecycle.IssueState;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * POST /api/webhook/github: a signed delivery becomes events of issues. The events' ids come from
 * the delivery's, so a delivery that GitHub repeats adds nothing.
 */
public final class GithubDoor {
  private static final String SOURCE = "github";
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int ACCEPTED = 202;

  private final Optional<WebhookSecret> secret;
  private final Links links;
  private final Log log;
  private final InstantSource clock;

  /** What is known of a pull request. */
  interface Links {
    ReadOutcome<Set<Integer>> issuesOf(String repo, int prNumber);
  }

  /** Where events go. */
  interface Log {
    AppendOutcome append(List<LogEvent> events);
  }

  /** An answer to GitHub, which a person can read in the list of deliveries there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      @Nullable String delivery,
      @Nullable List<Recorded> events,
      @Nullable String ignored,
      @Nullable String position) {}

  record Recorded(String streamId, String type, String eventId) {}

  private record Delivery(Context ctx, String id, String event, MeterRegistry metrics) {
    void count(String outcome) {
      metrics.counter("rig.github.deliveries", "outcome", outcome).increment();
    }
  }

  public GithubDoor(
      Optional<WebhookSecret> secret,
      EventAppender appender,
      Questions questions,
      InstantSource clock) {
    this(
        secret,
        (repo, number) ->
            Questions.map(questions.issuesOf(repo, number), (issues, position) -> numbers(issues)),
        appender::append,
        clock);
  }

  GithubDoor(Optional<WebhookSecret> secret, Links links, Log log, InstantSource clock) {
    this.secret = secret;
    this.links = links;
    this.log = log;
    this.clock = clock;
  }

  /** Counts deliveries by outcome. */
  public void post(Context ctx, MeterRegistry metrics) {
    WebhookSecret key =
        secret.orElseThrow(() -> new ProblemException(Problem.webhookWithoutSecret()));
    byte[] body = Body.read(ctx);
    if (!key.signs(body, ctx.header("X-Hub-Signature-256"))) {
      metrics.counter("rig.github.deliveries", "outcome", "unsigned").increment();
      throw new ProblemException(Problem.webhookUnsigned());
    }
    Delivery delivery =
        new Delivery(ctx, header(ctx, "X-GitHub-Delivery"), header(ctx, "X-GitHub-Event"), metrics);
    JsonNode payload = json(ctx, body);
    if (delivery.event().equals("ping")) {
      delivery.count("ping");
      Answers.json(ctx, new Answer(delivery.id(), List.of(), null, null));
      return;
    }
    answer(delivery, GithubEvents.read(delivery.event(), payload));
  }

  private void answer(Delivery delivery, Told told) {
    switch (told) {
      case Told.Ignored(String why) -> ignore(delivery, why);
      case Told.OfIssue(String repo, int number, ObjectNode event) ->
        record(delivery, List.of(with(event, repo, number)));
      case Told.OfPulls pulls -> {
        List<ObjectNode> events = new ArrayList<>();
        for (int prNumber : pulls.prNumbers()) {
          for (int issue : issues(pulls, prNumber)) {
            events.add(with(pulls.event(), pulls.repo(), issue).put("prNumber", prNumber));
          }
        }
        if (events.isEmpty()) {
          ignore(delivery, "no issue of the rig is known for its pull request");
        } else {
          record(delivery, events);
        }
      }
    }
  }

  /** Who opens a pull request says what for; of a later event it is known. */
  private Set<Integer> issues(Told.OfPulls pulls, int prNumber) {
    if (prNumber <= 0 || (pulls.opens() && !pulls.issues().isEmpty())) {
      return prNumber <= 0 ? Set.of() : pulls.issues();
    }
    return switch (links.issuesOf(pulls.repo(), prNumber)) {
      case ReadOutcome.Found<Set<Integer>>(Set<Integer> known, PositionToken position) ->
        known.isEmpty() ? pulls.issues() : known;
      case ReadOutcome.Absent<Set<Integer>> none -> pulls.issues();
      case ReadOutcome.Behind<Set<Integer>>(Duration retryAfter) ->
        throw new ProblemException(Problem.behind(retryAfter));
      case ReadOutcome.Unavailable<Set<Integer>>(String why, Duration retryAfter) ->
        throw new ProblemException(Problem.unavailable(why, retryAfter));
    };
  }

  private void record(Delivery delivery, List<ObjectNode> told) {
    List<LogEvent> events = new ArrayList<>(told.size());
    for (ObjectNode event : told) {
      String idText = "github|" + delivery.id() + "|" + event.path("type").asText() + "|"
          + event.path("issueNumber").asText() + "|" + event.path("prNumber").asText();
      Reading reading = new Reading(clock.millis(), () -> EventIdKey.derived(idText), SOURCE);
      switch (FlatReader.read(event, reading)) {
        case FlatOutcome.Accepted accepted -> events.add(accepted.event());
        case FlatOutcome.Refused(List<FieldError> wrong) -> {
          ignore(delivery, wrong.getFirst().detail());
          return;
        }
      }
    }
    switch (log.append(events)) {
      case AppendOutcome.Appended(PositionToken position) -> {
        delivery.count("recorded");
        delivery.ctx().header(Answers.POSITION, position.text());
        List<Recorded> recorded = events.stream()
            .map(event -> new Recorded(event.key(), event.type().wireName(), event.eventId()))
            .toList();
        Answers.json(delivery.ctx(), new Answer(delivery.id(), recorded, null, position.text()));
      }
      case AppendOutcome.TooLarge tooLarge -> ignore(delivery, "larger than the log takes");
      case AppendOutcome.Unacknowledged(String why) ->
        throw new ProblemException(Problem.unavailable(why, RETRY));
    }
  }

  private static void ignore(Delivery delivery, String why) {
    delivery.count("ignored");
    delivery.ctx().status(ACCEPTED);
    Answers.json(delivery.ctx(), new Answer(delivery.id(), null, why, null));
  }

  private static ObjectNode with(ObjectNode event, String repo, int issueNumber) {
    return event.deepCopy().put("repo", repo).put("issueNumber", issueNumber);
  }

  private static Set<Integer> numbers(List<IssueState> issues) {
    Set<Integer> numbers = new TreeSet<>();
    issues.forEach(issue -> numbers.add(
        Integer.parseInt(issue.streamId().substring(issue.streamId().lastIndexOf('#') + 1))));
    return numbers;
  }

  private static String header(Context ctx, String name) {
    String value = ctx.header(name);
    if (value == null || value.isBlank() || value.length() > FlatLimits.ID_CHARS_MAX) {
      throw new ProblemException(
          Problem.invalidParameter(name, name + " must be there, as GitHub sends it."));
    }
    return value;
  }

  private static JsonNode json(Context ctx, byte[] body) {
    String type = ctx.contentType();
    if (type == null || !type.startsWith("application/json")) {
      throw new ProblemException(
          Problem.unsupportedMediaType("a form: choose application/json at GitHub"));
    }
    try {
      JsonNode payload = Answers.READER.readTree(body);
      if (payload.isObject()) {
        return payload;
      }
    } catch (IOException | RuntimeException notJson) {
      throw new ProblemException(Problem.malformedJson("The body is not JSON in UTF-8."));
    }
    throw new ProblemException(Problem.malformedJson("A delivery is a JSON object."));
  }
}
