package io.conductore.topology.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conductore.schemas.Usd;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits of budgets.yaml. A file that is not understood is refused: a limit that does not hold
 * costs money.
 */
class BudgetLimitsTest {
  @TempDir
  Path folder;

  @Test
  void shouldLimitNobodyWhenThereIsNoFile() throws IOException {
    // given
    Path absent = folder.resolve("budgets.yaml");

    // when
    BudgetLimits limits = BudgetLimits.read(absent);

    // then
    assertThat(limits.of("dev-e", Window.DAY)).isEqualTo(Limit.NONE);
  }

  @Test
  void shouldCompleteAnAgentsLimitsFromTheDefaultWhenItNamesOnlySome() throws IOException {
    // given
    String yaml = """
        default: {hour: {tokens: 50000}, day: {tokens: 200000, usd: 20}}
        agents:
          dev-e: {day: {tokens: 100000}}
          ops: {hour: {usd: 0.5}}
          none:
        """;

    // when
    BudgetLimits limits = read(yaml);

    // then
    Usd twenty = Usd.of(new BigDecimal(20));
    assertThat(limits.of("dev-e", Window.DAY)).isEqualTo(new Limit(100_000L, twenty));
    assertThat(limits.of("dev-e", Window.HOUR)).isEqualTo(new Limit(50_000L, null));
    assertThat(limits.of("ops", Window.HOUR))
        .isEqualTo(new Limit(50_000L, Usd.of(new BigDecimal("0.5"))));
    assertThat(limits.of("none", Window.DAY)).isEqualTo(new Limit(200_000L, twenty));
    assertThat(limits.of("anybody", Window.DAY)).isEqualTo(new Limit(200_000L, twenty));
  }

  @Test
  void shouldLimitTenantsPoolsAndIssuesWhenTheyAreNamed() throws IOException {
    // given
    String yaml = """
        agents: {dev-e: {tenant: acme, pool: backend}}
        tenants: {acme: {day: {usd: 100}}, "*": {day: {usd: 10}, hour: {tokens: 5}}}
        pools: {backend: {hour: {usd: 20}}}
        issues: {tokens: 2000000, usd: 15}
        """;

    // when
    BudgetLimits limits = read(yaml);

    // then
    assertThat(limits.of(Scope.tenant("acme"), Window.DAY)).isEqualTo(usd(100));
    assertThat(limits.of(Scope.tenant("acme"), Window.HOUR)).isEqualTo(new Limit(5L, null));
    assertThat(limits.of(Scope.tenant("other"), Window.DAY)).isEqualTo(usd(10));
    assertThat(limits.of(Scope.pool("backend"), Window.HOUR)).isEqualTo(usd(20));
    assertThat(limits.of(Scope.pool("other"), Window.HOUR)).isEqualTo(Limit.NONE);
    assertThat(limits.of(Scope.issue("o/r#1"), Window.TOTAL))
        .isEqualTo(new Limit(2_000_000L, Usd.of(new BigDecimal(15))));
    assertThat(limits.home("dev-e")).isEqualTo(new BudgetLimits.Home("acme", "backend"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "default:\n", "agents: {}\n"})
  void shouldLimitNobodyWhenTheFileSaysNothing(String yaml) throws IOException {
    // given
    Path file = Files.writeString(folder.resolve("budgets.yaml"), yaml);

    // when
    BudgetLimits limits = BudgetLimits.read(file);

    // then
    assertThat(limits.of("dev-e", Window.DAY)).isEqualTo(Limit.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "defaults: {day: {tokens: 1}}; defaults",
        "default: {week: {tokens: 1}}; default.week",
        "default: {day: {token: 1}}; default.day.token",
        "default: {day: 5}; default.day",
        "default: {day: {}}; default.day",
        "default: {day: {tokens: 0}}; default.day",
        "default: {day: {tokens: -1}}; default.day",
        "default: {day: {tokens: 1.5}}; default.day",
        "default: {day: {tokens: many}}; default.day",
        "default: {day: {tokens: 99999999999999999999}}; default.day",
        "default: {day: {usd: 0}}; default.day",
        "default: {day: {usd: 1e30}}; default.day",
        "default: {day: {usd: twenty}}; default.day",
        "default: 5; default",
        "agents: [dev-e]; agents",
        "agents: {dev-e: {hour: {tokens: x}}}; agents.dev-e.hour",
        "agents: {dev-e: 7}; agents.dev-e",
        "agents: {dev-e: {tenant: 7}}; agents.dev-e.tenant",
        "agents: {dev-e: {team: a}}; agents.dev-e.team",
        "tenants: {acme: {week: {tokens: 1}}}; tenants.acme.week",
        "tenants: [acme]; tenants",
        "pools: {p: {hour: {usd: -1}}}; pools.p.hour",
        "issues: {hour: {tokens: 1}}; issues.hour",
        "issues: {}; issues",
        "[1]; the file",
      })
  void shouldNameTheEntryWhenItIsWrong(String yaml, String where) {
    // given
    var reading = assertThatThrownBy(() -> read(yaml));

    // when
    var refusal = reading.isInstanceOf(IllegalArgumentException.class);

    // then
    refusal.hasMessageContaining(where);
  }

  private static Limit usd(long dollars) {
    return new Limit(null, Usd.of(new BigDecimal(dollars)));
  }

  private BudgetLimits read(String yaml) throws IOException {
    return BudgetLimits.read(Files.writeString(folder.resolve("budgets.yaml"), yaml));
  }
}
