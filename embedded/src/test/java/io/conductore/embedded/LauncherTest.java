package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.tidy.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher on a machine that has next to nothing: what it says, and how it ends. */
class LauncherTest {

  private static final int SCREEN_LINES_MAX = 40;
  private static final List<String> TOOLS =
      List.of("bash", "cat", "dirname", "git", "head", "id", "readlink", "sed", "tr");

  @TempDir
  Path folder;

  /** What a run came to. */
  record Outcome(int status, List<String> out, List<String> err) {}

  @BeforeEach
  void offerTheBareToolsOnly() throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    for (var tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), find(tool));
    }
    Files.createDirectories(folder.resolve("jdks"));
  }

  @Test
  void shouldListEveryCommandOnOneScreenWhenAskedForHelp() throws Exception {
    // when
    var outcome = rig("help");

    // then
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).hasSizeLessThan(SCREEN_LINES_MAX);
    assertThat(String.join("\n", outcome.out()))
        .contains("up", "down", "status", "logs", "import", "dlq", "test", "bench", "chaos");
  }

  @ParameterizedTest
  @CsvSource({
    "frobnicate, 2, there is no command 'frobnicate'",
    "chaos network, 6, not there yet",
    "chaos, 2, ./rig chaos claims",
    "version, 4, no JDK 25 or newer found",
    "up, 4, no JDK 25 or newer found",
    "status, 4, no JDK 25 or newer found"
  })
  void shouldSayOneLineAndEndWithItsCodeWhenSomethingIsMissing(
      String command, int status, String sentence) throws Exception {
    // when
    var outcome = rig(command.split(" "));

    // then
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).singleElement().asString().contains(sentence);
  }

  @Test
  void shouldTakeTheOldestThatWillDoWhenSeveralJdksAreThere() throws Exception {
    // given
    jdk("a", "17.0.15");
    jdk("b", "26");
    jdk("c", "25.0.3");

    // when
    var outcome = rig("version");

    // then
    assertThat(outcome.status()).as(outcome::toString).isZero();
    assertThat(outcome.out()).singleElement().asString().endsWith("JDK 25");
  }

  @Test
  void shouldPassOverAnOldJavaHomeWhenABetterJdkIsThere() throws Exception {
    // given
    var old = jdk("a", "21.0.4");
    jdk("b", "25");

    // when
    var outcome = rig(old, "version");

    // then
    assertThat(outcome.out()).singleElement().asString().endsWith("JDK 25");
  }

  /** As much of a JDK as the search looks at. */
  private Path jdk(String name, String version) throws IOException {
    var home = folder.resolve("jdks").resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (var program : List.of("java", "javac")) {
      assertThat(
              Files.createFile(home.resolve("bin").resolve(program)).toFile().setExecutable(true))
          .isTrue();
    }
    return home;
  }

  private Outcome rig(String... arguments) throws Exception {
    return rig(Path.of(""), arguments);
  }

  private Outcome rig(Path javaHome, String... arguments) throws Exception {
    // The script itself lies in a copy, so that nothing that was built before is found.
    var root = Repo.root();
    var copy = Files.createDirectories(folder.resolve("checkout/.mvn"));
    Files.copy(root.resolve("rig"), copy.resolveSibling("rig"));
    Files.copy(root.resolve("pom.xml"), copy.resolveSibling("pom.xml"));
    Files.copy(root.resolve(".mvn/find-tools.sh"), copy.resolve("find-tools.sh"));
    var command = Stream.concat(
        Stream.of(find("bash").toString(), copy.resolveSibling("rig").toString()),
        Arrays.stream(arguments));
    var builder = new ProcessBuilder(command.toList())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("RIG_JDK_DIRS", folder.resolve("jdks").toString());
    builder.environment().put("RIG_NO_APT", "1");
    int status = builder.start().waitFor();
    return new Outcome(
        status,
        Files.readAllLines(folder.resolve("out")),
        Files.readAllLines(folder.resolve("err")));
  }

  private static Path find(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + tool + " on the PATH"));
  }
}
