package io.conductore.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between the modules, as STYLE.md draws them. Each arrow carries a piece of code that
 * breaks it, and a test shows that the arrow finds that code.
 */
class ArchitectureTest {

  private static final JavaClasses CODE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.conductore");

  private static final Map<Class<?>, Set<String>> UNREPEATABLE = Map.of(
      Instant.class, Set.of("now"),
      System.class, Set.of("currentTimeMillis", "nanoTime"),
      UUID.class, Set.of("randomUUID"),
      Math.class, Set.of("random"));

  /** A rule, and source files (class name to text) that break it. */
  record Arrow(String name, ArchRule rule, Map<String, String> seed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Arrow> arrows() {
    return List.of(
        schemasKnowAvroAndJacksonOnly(),
        agentKnowsNeitherKafkaNorHttpServer(),
        topologyServesNobody(),
        queryProcessesNothing(),
        connectorsKnowSchemasOnly(),
        nobodyKnowsEmbeddedOrBench(),
        packagesFormNoCycles(),
        foldsAreRepeatable());
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void shouldHoldWhenReadingTheCode(Arrow arrow) {
    arrow.rule().check(CODE);
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void shouldFailWhenFedASeededViolation(Arrow arrow, @TempDir Path folder) throws IOException {
    // given
    var seeded = compile(arrow.seed(), folder);

    // when
    var result = arrow.rule().evaluate(seeded);

    // then
    assertThat(result.hasViolation()).as(arrow.name()).isTrue();
  }

  @Test
  void shouldSeeEveryModuleWhenReadingTheCode() {
    assertThat(List.of("schemas", "agent", "topology", "query", "connect", "embedded"))
        .allSatisfy(module -> assertThat(CODE.containPackage("io.conductore." + module))
            .as(module)
            .isTrue());
  }

  private static Arrow schemasKnowAvroAndJacksonOnly() {
    return new Arrow(
        "schemas depend on Avro and Jackson only",
        classes()
            .that()
            .resideInAPackage("io.conductore.schemas..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.conductore.schemas..",
                "java..",
                "org.apache.avro..",
                "com.fasterxml.jackson..",
                "org.slf4j..",
                "org.jspecify..")
            .because("a producer in any program can carry them"),
        holder("schemas", "org.apache.kafka.clients.producer.ProducerRecord"));
  }

  private static Arrow agentKnowsNeitherKafkaNorHttpServer() {
    return new Arrow(
        "agent depends on neither Kafka nor an HTTP server",
        noClasses()
            .that()
            .resideInAPackage("io.conductore.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka..",
                "org.apache.avro..",
                "io.javalin..",
                "io.conductore.topology..",
                "io.conductore.query..",
                "io.conductore.connect..")
            .because("it starts once for every hook call, so every library costs each time"),
        holder("agent", "org.apache.kafka.clients.producer.ProducerRecord"));
  }

  private static Arrow topologyServesNobody() {
    return new Arrow(
        "topology has no HTTP and looks at nothing downstream",
        noClasses()
            .that()
            .resideInAPackage("io.conductore.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.javalin..",
                "java.net.http..",
                "com.sun.net.httpserver..",
                "org.eclipse.jetty..",
                "io.conductore.query..",
                "io.conductore.agent..",
                "io.conductore.connect..")
            .because("it says what is derived, not who may ask"),
        holder("topology", "io.javalin.Javalin"));
  }

  private static Arrow queryProcessesNothing() {
    return new Arrow(
        "query reads stores and processes nothing",
        noClasses()
            .that()
            .resideInAPackage("io.conductore.query..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.streams.processor..", "io.conductore.connect..")
            .because("a write from the query side would be lost at the next rebuild"),
        holder("query", "org.apache.kafka.streams.processor.api.Processor"));
  }

  private static Arrow connectorsKnowSchemasOnly() {
    return new Arrow(
        "connectors depend on schemas only",
        noClasses()
            .that()
            .resideInAPackage("io.conductore.connect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.conductore.topology..", "io.conductore.query..", "io.conductore.agent..")
            .because("they run in somebody else's Connect worker"),
        Map.of(
            "io.conductore.topology.Derived",
            "package io.conductore.topology; public class Derived {}",
            "io.conductore.connect.Seeded",
            "package io.conductore.connect;"
                + " class Seeded extends io.conductore.topology.Derived {}"));
  }

  private static Arrow nobodyKnowsEmbeddedOrBench() {
    return new Arrow(
        "nobody depends on embedded or bench",
        noClasses()
            .that()
            .resideOutsideOfPackages("io.conductore.embedded..", "io.conductore.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.conductore.embedded..", "io.conductore.bench.."),
        Map.of(
            "io.conductore.embedded.All",
            "package io.conductore.embedded; public class All {}",
            "io.conductore.topology.Seeded",
            "package io.conductore.topology; class Seeded { io.conductore.embedded.All all; }"));
  }

  /** A module's own package names the parts and the parts use its names, so it is left out. */
  private static Arrow packagesFormNoCycles() {
    return new Arrow(
        "packages form no cycles",
        slices().matching("io.conductore.(*).(*)..").should().beFreeOfCycles(),
        Map.of(
            "io.conductore.topology.one.First",
            "package io.conductore.topology.one;"
                + " public class First { io.conductore.topology.two.Second next; }",
            "io.conductore.topology.two.Second",
            "package io.conductore.topology.two;"
                + " public class Second { io.conductore.topology.one.First next; }"));
  }

  private static Arrow foldsAreRepeatable() {
    return new Arrow(
        "folds read no clock and draw no number",
        noClasses()
            .that()
            .areRecords()
            .and()
            .resideInAPackage("io.conductore.topology.*..")
            .and()
            .resideOutsideOfPackage("io.conductore.topology.runtime..")
            .should()
            .callMethodWhere(isUnrepeatable())
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, InstantSource.class, Random.class, ThreadLocalRandom.class)
            .because("a replay of the same events must give the same state"),
        Map.of(
            "io.conductore.topology.activity.Seeded",
            "package io.conductore.topology.activity; record Seeded(java.time.Instant at) {"
                + " Seeded apply() { return new Seeded(java.time.Instant.now()); } }"));
  }

  private static DescribedPredicate<JavaMethodCall> isUnrepeatable() {
    return DescribedPredicate.describe(
        "the answer differs from run to run",
        call -> UNREPEATABLE.entrySet().stream()
            .anyMatch(entry -> call.getTargetOwner().isEquivalentTo(entry.getKey())
                && entry.getValue().contains(call.getName())));
  }

  /** A class in the module that holds a field of the forbidden type. */
  private static Map<String, String> holder(String module, String forbidden) {
    var name = "io.conductore." + module;
    return Map.of(
        name + ".Seeded", "package " + name + "; class Seeded { " + forbidden + " held; }");
  }

  private static JavaClasses compile(Map<String, String> sources, Path folder) throws IOException {
    for (var source : sources.entrySet()) {
      var file = folder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
    }
    var files = sources.keySet().stream()
        .map(name -> folder.resolve(name.replace('.', '/') + ".java").toString());
    var options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
    var arguments = Stream.concat(options.stream(), files).toArray(String[]::new);
    int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
    assertThat(status).as("the seed compiles").isZero();
    return new ClassFileImporter().importPath(folder);
  }
}
