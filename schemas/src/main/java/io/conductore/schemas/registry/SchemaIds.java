package io.conductore.schemas.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which id means which schema, both ways. An id never changes its meaning, so what is known is
 * kept: in memory, in files, and for the bundled set in the program itself; the registry is asked
 * only for the rest. Thread-safe.
 */
public final class SchemaIds {
  /**
   * Ids from here up belong to the schema set that is compiled in, and are used where there is no
   * registry. They cannot meet a registry's ids: a registry counts up from 1, one id per distinct
   * schema ever registered, so it would have to hold two billion schemas first. Should one be told
   * to start here (Confluent's import mode), {@link #learn} refuses the id, and no registry is ever
   * asked about one.
   */
  public static final int BUNDLED_ID_MIN = 2_000_000_000;

  /**
   * How long "the registry does not have it" is believed, so that poison does not hammer the
   * registry.
   */
  public static final Duration UNKNOWN_KEPT = Duration.ofSeconds(30);

  /**
   * How long nobody waits for the registry again after one has waited in vain, so that a thousand
   * records with ids that nobody knows cost one wait and not a thousand.
   */
  public static final Duration WAITED_KEPT = Duration.ofMinutes(1);

  static final int SCHEMAS_MAX = 2 * SchemaFiles.FILES_MAX;
  static final int UNKNOWNS_MAX = 10_000;
  private static final Duration PAUSE_MIN = Duration.ofMillis(10);
  private static final Duration BUDGET_MAX = Duration.ofMinutes(10);

  /** A question with less time than this says nothing about the registry to anybody else. */
  private static final Duration BUDGET_TELLING = Duration.ofSeconds(1);

  private static final Logger LOGGER = LoggerFactory.getLogger(SchemaIds.class);

  private final @Nullable RegistryClient registry;
  private final Map<Integer, Schema> bundled;
  private final SchemaFiles files;
  private final InstantSource clock;
  private final Sleeper sleeper;

  private final Map<Integer, Schema> learnt = bounded(SCHEMAS_MAX);
  private final Map<Integer, Until<Resolved.Unknown>> unknown = bounded(UNKNOWNS_MAX);
  private final Map<Writer, Integer> writerIds = new ConcurrentHashMap<>();

  /** One question at a time: the others then find the answer, or that the registry is away. */
  private final ReentrantLock asking = new ReentrantLock();

  private volatile @Nullable Until<Resolved.Unavailable> away;
  private volatile Instant waitedUntil = Instant.MIN;
  private volatile @Nullable String fileFault;

  private SchemaIds(
      @Nullable RegistryClient registry,
      Map<Integer, Schema> bundled,
      SchemaFiles files,
      InstantSource clock,
      Sleeper sleeper) {
    bundled.keySet().stream().filter(id -> id < BUNDLED_ID_MIN).forEach(SchemaIds::refuseBundled);
    this.registry = registry;
    this.bundled = Map.copyOf(bundled);
    this.files = files;
    this.clock = clock;
    this.sleeper = sleeper;
    this.learnt.putAll(files.atStart());
  }

  /**
   * No registry: the fixed ids, and whatever an earlier life with a registry left in the files.
   *
   * @param bundled every schema ever shipped by its id. A changed schema takes the next free id and
   *     its predecessors stay in the map, or the records written with them can no longer be read
   */
  public static SchemaIds bundled(Map<Integer, Schema> bundled, SchemaFiles files) {
    return new SchemaIds(null, bundled, files, InstantSource.system(), Sleeper.REAL);
  }

  /** The bundled ids stay readable here, so that a data folder may change between both modes. */
  public static SchemaIds of(
      RegistryClient registry, Map<Integer, Schema> bundled, SchemaFiles files) {
    return of(registry, bundled, files, InstantSource.system(), Sleeper.REAL);
  }

  /** For tests that own time. */
  public static SchemaIds of(
      RegistryClient registry,
      Map<Integer, Schema> bundled,
      SchemaFiles files,
      InstantSource clock,
      Sleeper sleeper) {
    return new SchemaIds(registry, bundled, files, clock, sleeper);
  }

  private record Writer(String subject, String layout) {}

  private record Until<T>(T outcome, Instant instant) {}

  Optional<RegistryClient> registry() {
    return Optional.ofNullable(registry);
  }

  /**
   * The last thing that went wrong with the files; ids are then known until the next restart only.
   */
  public Optional<String> fileFault() {
    return Optional.ofNullable(fileFault);
  }

  /**
   * The id to write this subject's records with; empty before {@link SchemaSetup} has settled it.
   */
  public OptionalInt writerId(String subject, Schema schema) {
    Integer id = writerIds.get(new Writer(subject, SchemaText.layout(schema)));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Takes a registry's word for the subject's id and keeps it.
   *
   * @return why the id cannot mean this schema, if so: then nothing was changed
   */
  public Optional<String> learn(String subject, int id, Schema schema) {
    if (id >= BUNDLED_ID_MIN) {
      return Optional.of("the registry gave id " + id + ", which is in the range of bundled ids");
    }
    Optional<Schema> before = known(id);
    if (before.isPresent() && !sameLayout(before.get(), schema)) {
      return Optional.of(
          "id %d is %s here and %s in the registry: was the registry emptied or exchanged?"
              .formatted(id, before.get().getFullName(), schema.getFullName()));
    }
    if (before.isEmpty() || fileFault != null) {
      keep(id, schema);
    }
    writerIds.put(new Writer(subject, SchemaText.layout(schema)), id);
    return Optional.empty();
  }

  /**
   * Settles the subject's id without a registry: from the bundled set if there is none at all, from
   * what was learnt earlier if it is away. Any id with the same layout will do, because readers use
   * nothing else of it.
   */
  public OptionalInt adopt(String subject, Schema schema) {
    Map<Integer, Schema> candidates = registry == null ? bundled : snapshotOfLearnt();
    OptionalInt id = candidates.entrySet().stream()
        .filter(entry -> sameLayout(entry.getValue(), schema))
        .mapToInt(Map.Entry::getKey)
        .max();
    id.ifPresent(found -> writerIds.put(new Writer(subject, SchemaText.layout(schema)), found));
    return id;
  }

  /**
   * May block for one deadline of the registry client, but not while the registry is known to be
   * away.
   */
  public Resolved resolve(int id) {
    return resolve(id, BUDGET_MAX);
  }

  /**
   * Waits for the registry at most so long: what "an unknown id waits, then dead-letters" means.
   * The answer is Unavailable only if the time is up, the thread was interrupted, or somebody has
   * just waited in vain: one outage, one wait, whatever the ids.
   */
  public Resolved await(int id, Duration waitMax) {
    if (clock.instant().isBefore(waitedUntil)) {
      return resolve(id, waitMax.compareTo(BUDGET_TELLING) < 0 ? waitMax : BUDGET_TELLING);
    }
    Resolved resolved = awaitAnswer(id, waitMax);
    if (resolved instanceof Resolved.Unavailable && !Thread.currentThread().isInterrupted()) {
      waitedUntil = clock.instant().plus(WAITED_KEPT);
    }
    return resolved;
  }

  private Resolved awaitAnswer(int id, Duration waitMax) {
    Instant end = clock.instant().plus(waitMax);
    Duration left = waitMax;
    while (true) {
      Resolved resolved = resolve(id, left);
      left = Duration.between(clock.instant(), end);
      if (!(resolved instanceof Resolved.Unavailable wait) || left.compareTo(PAUSE_MIN) < 0) {
        return resolved;
      }
      Duration pause = wait.retryAfter().compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : wait.retryAfter();
      if (!sleeper.slept(pause.compareTo(left) < 0 ? pause : left)) {
        return resolved;
      }
      left = Duration.between(clock.instant(), end);
    }
  }

  private Resolved resolve(int id, Duration budget) {
    Optional<Resolved> settled = settled(id);
    if (settled.isPresent()) {
      return settled.get();
    }
    RegistryClient client = registry;
    if (client == null) {
      return new Resolved.Unknown("there is no registry, and schema id " + id + " is not bundled");
    }
    try {
      if (!asking.tryLock(budget.toNanos(), TimeUnit.NANOSECONDS)) {
        return away("the registry is still being asked about another id");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return away("interrupted while waiting to ask the registry");
    }
    try {
      return settled(id).orElseGet(() -> ask(client, id, budget));
    } finally {
      asking.unlock();
    }
  }

  /**
   * What needs no question: known ids, ids known to be unknown, and a registry known to be away.
   */
  private Optional<Resolved> settled(int id) {
    Optional<Schema> schema = known(id);
    if (schema.isPresent()) {
      return schema.map(Resolved.Known::new);
    }
    if (id >= BUNDLED_ID_MIN) {
      return Optional.of(new Resolved.Unknown("schema id " + id + " is not in the bundled set"));
    }
    Instant now = clock.instant();
    Until<Resolved.Unknown> absent = unknown.get(id);
    if (absent != null && now.isBefore(absent.instant())) {
      return Optional.of(absent.outcome());
    }
    Until<Resolved.Unavailable> gone = away;
    return gone != null && now.isBefore(gone.instant())
        ? Optional.of(gone.outcome())
        : Optional.empty();
  }

  private Resolved ask(RegistryClient client, int id, Duration budget) {
    RegistryOutcome<Schema> answer = client.schemaById(id, budget);
    if (!(answer instanceof RegistryOutcome.Unavailable<Schema>)) {
      waitedUntil = Instant.MIN;
    }
    if (answer instanceof RegistryOutcome.Ok<Schema> ok) {
      keep(id, ok.value());
      return new Resolved.Known(ok.value());
    }
    if (answer instanceof RegistryOutcome.NotFound<Schema> notFound) {
      return absent(id, "the registry does not have schema id " + id + ": " + notFound.detail());
    }
    if (answer instanceof RegistryOutcome.Unavailable<Schema> none) {
      Resolved.Unavailable outcome = new Resolved.Unavailable(none.why(), none.retryAfter());
      if (budget.compareTo(BUDGET_TELLING) >= 0) {
        away = new Until<>(outcome, clock.instant().plus(none.retryAfter()));
      }
      return outcome;
    }
    if (answer instanceof RegistryOutcome.Refused<Schema> refused && refused.unusable()) {
      return absent(id, "schema id " + id + " is of no use: " + refused.detail());
    }
    // Wrong credentials or a wrong path say nothing about the id, so the record must not be given
    // up for it.
    return away("the registry refused to say what schema id " + id + " is: " + answer);
  }

  private Resolved absent(int id, String why) {
    Resolved.Unknown outcome = new Resolved.Unknown(why);
    unknown.put(id, new Until<>(outcome, clock.instant().plus(UNKNOWN_KEPT)));
    return outcome;
  }

  private static Resolved away(String why) {
    return new Resolved.Unavailable(why, RegistryHttp.RETRY_AFTER_DEFAULT);
  }

  private Optional<Schema> known(int id) {
    Schema inMemory = id >= BUNDLED_ID_MIN ? bundled.get(id) : learnt.get(id);
    if (inMemory != null || id >= BUNDLED_ID_MIN) {
      return Optional.ofNullable(inMemory);
    }
    Optional<Schema> inFile = files.read(id);
    inFile.ifPresent(schema -> learnt.put(id, schema));
    return inFile;
  }

  private void keep(int id, Schema schema) {
    learnt.put(id, schema);
    unknown.remove(id);
    try {
      files.write(id, schema);
      fileFault = null;
    } catch (IOException e) {
      // The answer is right all the same; what is lost is only that it outlives a restart.
      fileFault = Wording.of(e);
      LOGGER
          .atWarn()
          .addKeyValue("schemaId", id)
          .addKeyValue("error", fileFault)
          .log("schema not kept");
    }
  }

  private Map<Integer, Schema> snapshotOfLearnt() {
    synchronized (learnt) {
      return Map.copyOf(learnt);
    }
  }

  private static boolean sameLayout(Schema a, Schema b) {
    return SchemaText.layout(a).equals(SchemaText.layout(b));
  }

  private static void refuseBundled(int id) {
    throw new IllegalArgumentException("bundled schema id " + id + " is below " + BUNDLED_ID_MIN);
  }

  /** Drops what was not used for the longest time. */
  private static <K, V> Map<K, V> bounded(int entriesMax) {
    return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entriesMax;
      }
    });
  }
}
