package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.net.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands answer where nothing runs: the lines and exit codes that scripts build on. */
class RigTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sing",
        "--sing",
        "status extra",
        "status --sing",
        "down --sing",
        "down --data",
        "up --sing",
        "up --port eighty",
        "up --port 99999",
        "up --port 0",
        "up --kafka-port -1",
        "up --registry-port 65536",
        "up --port 9092",
        "up --no-registry --kafka-port 8080",
        "logs nobody",
        "logs -n many",
        "logs -n -1",
        "up --tokens t.yaml --no-auth",
        "token",
        "token sing",
        "token new",
        "token new --role king",
        "token new --role agent",
        "token new --role viewer --agent a",
        "token new --role viewer --days 0",
        "token revoke",
        "dlq",
        "dlq sing",
        "dlq list --sing",
        "dlq list --kafka nowhere",
        "dlq list --kafka localhost:99999",
        "dlq show",
        "dlq show somewhere",
        "dlq show rig.ingress@1",
        "dlq replay",
        "dlq replay x@1 --all",
        "import",
        "import --sing x",
        "import --url nowhere x",
        "import --url http://h:99999 x",
        "import --issue 0 x",
        "import --repo nobody x"
      })
  void shouldSayOneLineWhenTheCommandLineIsWrong(String line) {
    // when
    int code = rig(line.isEmpty() ? new String[0] : line.split(" "));

    // then
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().startsWith("rig: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--kafka-port", "--registry-port"})
  void shouldNameTheOptionWhenAPortCannotBeOne(String option) {
    // when
    int code = up(option, "99999");

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(option + " must be a number from 1 to 65535, not 99999");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldSaySoWhenNothingRuns() {
    // when
    int status = rig("status", "--data", folder.toString());
    int down = rig("down", "--data", folder.toString());
    int logs = rig("logs", "--data", folder.toString());

    // then
    assertThat(status).isEqualTo(3);
    assertThat(down).isZero();
    assertThat(logs).isEqualTo(3);
    assertThat(out.toString().lines())
        .containsExactly(
            "nothing runs on " + folder + "; ./rig up starts it", "nothing runs on " + folder);
    assertThat(err.toString()).contains("nothing has run there yet");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNameTheOptionWhenAPortIsTaken() throws IOException {
    // given
    try (var other = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {

      // when
      int code = up("--port", Integer.toString(other.getLocalPort()));

      // then
      assertThat(code).isEqualTo(3);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines("rig: port " + other.getLocalPort()
              + " is in use by another program: choose another with --port");
    }
  }

  @Test
  void shouldNameTheOptionWhenAPortIsGivenTwice() {
    // given
    var port = Integer.toString(Ports.free());

    // when
    int code = up("--port", port, "--kafka-port", port);

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("port " + port + " is given to two parts");
  }

  @Test
  void shouldRefuseWhenTheDataIsOfAnotherVersion() throws IOException {
    // given
    Files.writeString(folder.resolve("VERSION"), "0");

    // when
    int code = up();

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains("layout version 0");
  }

  @Test
  void shouldNameTheEntryWhenTheBudgetsAreWrong() throws IOException {
    // given
    Files.writeString(folder.resolve("budgets.yaml"), "default: {week: {tokens: 1}}\n");

    // when
    int code = up();

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("budgets.yaml", "default.week");
  }

  @Test
  void shouldRefuseToListenToTheNetworkWithoutTokens() {
    // when
    int code = up("--host", "0.0.0.0");

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("--host 0.0.0.0", "./rig token new", "--no-auth");
  }

  @Test
  void shouldNameTheLineWhenTheTokensAreWrong() throws IOException {
    // given
    Files.writeString(
        folder.resolve("tokens.yaml"),
        "salt: \"" + "ab".repeat(32) + "\"\ntokens:\n- {name: a, role: king, hash: \""
            + "ab".repeat(32) + "\"}\n");

    // when
    int code = up();

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("tokens.yaml: line 3: role must be");
  }

  @Test
  void shouldShowATokenOnceAndKeepItsHash() throws IOException {
    // given
    var data = folder.resolve("data").toString();

    // when
    int made = rig("token", "new", "--role", "agent", "--agent", "dev-e", "--data", data);
    var secret = out.toString().strip();
    int listed = rig("token", "list", "--data", data);
    int revoked = rig("token", "revoke", "dev-e", "--data", data);
    int again = rig("token", "revoke", "dev-e", "--data", data);

    // then
    assertThat(secret).matches("rig_[A-Za-z0-9_-]{43}");
    assertThat(made + listed + revoked).isZero();
    assertThat(out.toString().lines().skip(1))
        .anySatisfy(line -> assertThat(line).startsWith("dev-e  agent  dev-e  "))
        .noneSatisfy(line -> assertThat(line).contains(secret));
    assertThat(again).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("data/tokens.yaml"))).doesNotContain(secret);
  }

  private int up(String... more) {
    var args = new String[more.length + 4];
    args[0] = "up";
    args[1] = "--no-registry";
    args[2] = "--data";
    args[3] = folder.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return rig(args);
  }

  private int rig(String... args) {
    return Rig.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
