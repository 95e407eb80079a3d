package io.conductore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.bench.report.Bar.Direction;
import io.conductore.bench.run.Machine;
import io.conductore.bench.run.Plan;
import io.conductore.bench.stats.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant BEGAN = Instant.parse("2026-11-23T23:59:00Z");
  private static final Machine MACHINE = new Machine(Map.of("cores", "2"));

  private final Findings findings = new Findings();

  @Test
  void shouldSayMetOrMissedWhenTheMedianIsOnOneSideOfTheBar() {
    // given
    findings.add(bar("kept", Direction.AT_LEAST, 2.5, new Series(List.of(2.4, 2.6, 9.0))));
    findings.add(bar("broken", Direction.AT_LEAST, 2.5, new Series(List.of(2.4, 2.4, 9.0))));
    findings.add(bar("small", Direction.UNDER, 5, new Series(List.of(4.9))));

    // when
    String page = new Report(BEGAN, Plan.full(), MACHINE, findings).markdown();

    // then
    assertThat(page)
        .contains("| kept | at least 2.50 |", "| **2.60** | 2.40 · 2.60 · 9.00 | met |")
        .contains("| broken | at least 2.50 |", "| 2.40 · 2.40 · 9.00 | **missed** |")
        .contains("| small | under 5.00 | 4.00 not reached | **4.90** | 4.90 | met |");
  }

  @Test
  void shouldNameSeedMachineVersionsAndFailuresWhenWritten() {
    // given
    findings.version("Kafka", "4.3.1");
    findings.failed("the whole process: no rig command");

    // when
    Report report = new Report(BEGAN, Plan.quick(), MACHINE, findings);

    // then
    assertThat(report.fileName()).isEqualTo("2026-11-23.md");
    assertThat(report.markdown())
        .contains("seed " + Plan.SEED)
        .contains("| cores | 2 |")
        .contains("| Kafka | 4.3.1 |")
        .contains("**Not measured**: the whole process: no rig command")
        .endsWith("|\n");
  }

  private static Bar bar(String promise, Direction direction, double limit, Series measured) {
    return new Bar(promise, direction, limit, 4.0, measured, Figures::ratio);
  }
}
