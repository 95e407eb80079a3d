package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.conductore.embedded.data.Layout;
import io.conductore.embedded.data.PartStatus;
import io.conductore.embedded.data.StatusFile;
import io.conductore.embedded.net.HttpProbe;
import io.conductore.embedded.net.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands answer while something runs, each in a process of its own. */
class RigCommandsTest {
  private static final Duration START_TIME_MAX = Duration.ofSeconds(120);
  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(20);

  private final List<Process> started = new ArrayList<>();
  private final int port = Ports.free();
  private final int kafkaPort = Ports.free();
  private final int registryPort = Ports.free();

  @TempDir
  private Path folder;

  @AfterEach
  void shouldLeaveNothingBehindWhenATestEnds() throws InterruptedException {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldStopCleanlyWhenAsked() throws Exception {
    // given
    var up = up("--no-registry");
    awaitReady(up);
    int whileUp = rig("status").waitFor();
    var second = up("--no-registry");
    int secondCode = second.waitFor();

    // when
    int down = rig("down").waitFor();

    // then
    assertThat(whileUp).isZero();
    assertThat(secondCode).isEqualTo(3);
    assertThat(output(second)).contains("is in use by process " + up.pid());
    assertThat(down).isZero();
    assertThat(up.waitFor(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(up.exitValue()).isZero();
    assertThat(output(up)).contains("ready in ", "stopped in ");
    assertThat(rig("status").waitFor()).isEqualTo(3);
  }

  @Test
  void shouldStartTheRegistryAgainWhenItDies() throws Exception {
    // given
    var up = up("--registry-port", Integer.toString(registryPort));
    awaitReady(up);
    long pid = registry().pid().orElseThrow();

    // when
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    // then
    await().atMost(START_TIME_MAX).until(() -> registry().state() == PartStatus.State.DOWN);
    assertThat(rig("status").waitFor()).isEqualTo(3);
    assertThat(HttpProbe.status(uri("/healthz/ready"), Duration.ofSeconds(5))).hasValue(200);
    await().atMost(START_TIME_MAX).until(() -> registry().state() == PartStatus.State.UP);
    assertThat(registry().pid().orElseThrow()).isNotEqualTo(pid);
    assertThat(rig("down").waitFor()).isZero();
    await()
        .atMost(STOP_TIME_MAX)
        .until(() -> !Ports.answers(Ports.LOOPBACK, registryPort, Duration.ofSeconds(1)));
  }

  private PartStatus registry() throws IOException {
    return StatusFile.read(new Layout(data())).orElseThrow().parts().stream()
        .filter(part -> part.part().equals("registry"))
        .findFirst()
        .orElseThrow();
  }

  private Process up(String... more) throws IOException {
    var options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--port", Integer.toString(port)));
    options.addAll(List.of("--kafka-port", Integer.toString(kafkaPort)));
    return rig("up", options.toArray(String[]::new));
  }

  private Process rig(String command, String... options) throws IOException {
    var line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-Xmx384m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        Rig.class.getName(),
        command,
        "--data",
        data().toString()));
    line.addAll(List.of(options));
    var process = new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(outputOf(started.size()).toFile())
        .start();
    started.add(process);
    return process;
  }

  private void awaitReady(Process up) {
    await().atMost(START_TIME_MAX).until(() -> {
      assertThat(up.isAlive()).as(output(up)).isTrue();
      return output(up).contains("ready in ")
          && HttpProbe.status(uri("/healthz/ready"), Duration.ofSeconds(1))
              .equals(OptionalInt.of(200));
    });
  }

  private Path data() {
    return folder.resolve("data");
  }

  private URI uri(String path) {
    return URI.create("http://" + Ports.LOOPBACK + ":" + port + path);
  }

  private String output(Process process) throws IOException {
    return Files.readString(outputOf(started.indexOf(process)));
  }

  private Path outputOf(int index) {
    return folder.resolve("output-" + index);
  }
}
