package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a day cost, as a person asks for it and as the topic has it. */
class CostCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SEEN_MAX = Duration.ofSeconds(60);
  private static final LocalDate YESTERDAY =
      Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);

  @TempDir
  static Path data;

  private static RigProcess rig;

  @BeforeAll
  static void start() throws Exception {
    rig = RigProcess.start(data);
    String calls = """
        {"type":"TOKEN_USAGE","agentId":"dev-e","tenant":"acme","repo":"o/r","issueNumber":7,\
        "model":"claude-haiku-4-5","inputTokens":1000000,"occurredAt":"%1$sT00:00:00Z"}
        {"type":"TOKEN_USAGE","agentId":"dev-e","tenant":"acme","repo":"o/r","issueNumber":7,\
        "model":"nobody-knows-1","outputTokens":1000,"occurredAt":"%1$sT23:59:59.999Z"}
        {"type":"TOKEN_USAGE","agentId":"dev-e","tenant":"acme","repo":"o/r","issueNumber":7,\
        "model":"claude-haiku-4-5","inputTokens":5,"occurredAt":"%2$sT23:59:59.999Z"}
        """.formatted(YESTERDAY, YESTERDAY.minusDays(1));
    assertThat(rig.post(calls, "Content-Type", "application/x-ndjson").statusCode())
        .isEqualTo(200);
    Awaitility.await().atMost(SEEN_MAX).untilAsserted(() -> {
      JsonNode report = rig.json("/api/reports/costs?day=" + YESTERDAY);
      assertThat(report.path("total").path("calls").asInt()).isEqualTo(2);
    });
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void shouldReportExactlyTheDayWhenAskedForIt() throws Exception {
    // when
    RigProcess.Said text = rig.run("report", "costs", "--day", YESTERDAY + "", "--url", url());
    RigProcess.Said csv =
        rig.run("report", "costs", "--day", YESTERDAY + "", "--form", "csv", "--url", url());

    // then
    assertThat(text.status()).as(text.text()).isZero();
    assertThat(text.text()).contains("Costs of " + YESTERDAY, "nobody-knows-1", "1.0250");
    assertThat(csv.text()).contains(YESTERDAY + ",tenant,acme,2,1000000,1000,0,0,1.0250,1");
    assertThat(csv.text()).contains(YESTERDAY + ",issue,o/r#7,2,");
  }

  @Test
  void shouldCountEachCallInItsHourWhenItIsAtTheEdge() throws Exception {
    // when
    JsonNode hours = rig.json("/api/costs/hourly?hours=72&agentId=dev-e");

    // then
    assertThat(hours.path("hourly")).hasSize(72);
    assertThat(hours.path("total").path("calls").asInt()).isEqualTo(3);
    assertThat(calls(hours, YESTERDAY.minusDays(1) + "T23:00:00Z")).isEqualTo(1);
    assertThat(calls(hours, YESTERDAY + "T00:00:00Z")).isEqualTo(1);
    assertThat(calls(hours, YESTERDAY + "T23:00:00Z")).isEqualTo(1);
  }

  @Test
  void shouldNameTheModelWhenThePriceListDoesNotKnowIt() throws Exception {
    // when
    RigProcess.Said said =
        rig.run("prices", "check", "--data", rig.folder().toString(), "--url", url());

    // then
    assertThat(said.status()).as(said.text()).isEqualTo(3);
    assertThat(said.text()).contains("no price: nobody-knows-1, 1 calls", "1 of 2 models");
  }

  @Test
  void shouldWriteTheDayToTheTopicWhenItIsOver() throws Exception {
    // given
    TopicPartition reports = new TopicPartition(Topics.REPORTS, 0);

    // when
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", rig.bootstrapServers()),
        new StringDeserializer(),
        new StringDeserializer())) {
      consumer.assign(List.of(reports));
      consumer.seekToBeginning(List.of(reports));

      // then
      Awaitility.await().atMost(SEEN_MAX).untilAsserted(() -> {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          JsonNode report = JSON.readTree(record.value());
          assertThat(record.key()).isEqualTo("costs/" + report.path("day").asText());
          return;
        }
        throw new AssertionError("no report yet");
      });
    }
  }

  @Test
  void shouldShowTotalsWithoutNamesWhenThePublicSummaryIsAsked() throws Exception {
    // when
    JsonNode summary = rig.json("/public/cost-summary?days=2");

    // then
    assertThat(summary.path("total").path("costUsd").decimalValue()).isEqualByComparingTo("1.025");
    assertThat(summary.path("daily")).hasSize(2);
    assertThat(summary.path("complete").asBoolean()).isTrue();
    assertThat(summary.toString()).doesNotContain("dev-e", "o/r", "acme");
  }

  private static int calls(JsonNode hours, String hour) {
    for (JsonNode one : hours.path("hourly")) {
      if (one.path("hour").asText().equals(hour)) {
        return one.path("calls").asInt();
      }
    }
    throw new AssertionError("no hour " + hour);
  }

  private static String url() {
    return rig.uri("/").toString();
  }
}
