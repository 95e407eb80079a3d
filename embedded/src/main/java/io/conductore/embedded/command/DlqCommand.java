package io.conductore.embedded.command;

import io.conductore.embedded.dlq.DeadLetter;
import io.conductore.embedded.dlq.DeadLetterBox;
import io.conductore.embedded.dlq.LetterText;
import io.conductore.embedded.run.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Looks into the dead letters and sends them back. */
@Command(
    name = "dlq",
    description = "Dead letters: list them, show one byte for byte, replay them.",
    mixinStandardHelpOptions = true)
public final class DlqCommand {
  private static final Pattern PLACE = Pattern.compile("([\\w.-]+)@(\\d{1,18})");
  private static final int TEXT_CHARS_MAX = 80;

  @Spec
  private @Nullable CommandSpec spec;

  @Option(
      names = "--kafka",
      scope = ScopeType.INHERIT,
      description = "bootstrap servers, by default ${DEFAULT-VALUE}",
      defaultValue = "127.0.0.1:9092")
  private String bootstrapServers = "";

  @Command(
      name = "list",
      description = "One line a letter: place, time, source, reason, key.",
      mixinStandardHelpOptions = true)
  int list() {
    return with(box -> {
      Say say = Say.of(spec);
      long[] count = {0};
      box.forEach(DeadLetterBox.topics(), letter -> {
        count[0]++;
        say.line(line(letter));
      });
      say.line(count[0] == 0 ? "no dead letters" : count[0] + " dead letters");
      return ExitCode.OK;
    });
  }

  @Command(
      name = "show",
      description = "All there is to one letter.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "TOPIC@OFFSET") String place) {
    return with(box -> {
      DeadLetter letter = find(box, place);
      Say.of(spec).line(LetterText.whole(letter));
      return ExitCode.OK;
    });
  }

  @Command(
      name = "replay",
      description = "Send one letter back, or --all that were not sent back by --all before.",
      mixinStandardHelpOptions = true)
  int replay(
      @Parameters(paramLabel = "TOPIC@OFFSET", arity = "0..1") @Nullable String place,
      @Option(names = "--all", description = "every letter not sent back yet") boolean all) {
    if (all == (place != null)) {
      throw new ParameterException(line(), "name one letter as TOPIC@OFFSET, or say --all");
    }
    return with(box -> {
      long sent = 1;
      if (place == null) {
        sent = box.replayNew(DeadLetterBox.topics());
      } else {
        box.replay(List.of(find(box, place)));
      }
      Say.of(spec).line(sent + (sent == 1 ? " letter" : " letters") + " sent back");
      return ExitCode.OK;
    });
  }

  private int with(ToIntFunction<DeadLetterBox> work) {
    try (DeadLetterBox box = new DeadLetterBox(bootstrapServers)) {
      return work.applyAsInt(box);
    } catch (KafkaException away) {
      if (away.getCause() instanceof ConfigException) {
        throw new ParameterException(
            line(), "--kafka must look like host:port, not " + bootstrapServers);
      }
      Say.of(spec).error("no answer from Kafka at " + bootstrapServers + "; ./rig up starts it");
      return ExitCode.NOT_AS_IT_IS;
    }
  }

  private DeadLetter find(DeadLetterBox box, String place) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches() || !DeadLetterBox.topics().contains(matcher.group(1))) {
      throw new ParameterException(
          line(), "a letter is named TOPIC@OFFSET, with TOPIC one of " + topics());
    }
    Optional<DeadLetter> letter = box.find(matcher.group(1), Long.parseLong(matcher.group(2)));
    return letter.orElseThrow(() -> new ParameterException(line(), "no letter at " + place));
  }

  private static List<String> topics() {
    return DeadLetterBox.topics();
  }

  private static String line(DeadLetter letter) {
    return String.join(
        "  ",
        letter.place(),
        letter.time().toString(),
        letter.source(),
        LetterText.line(letter.reason(), TEXT_CHARS_MAX),
        LetterText.line(LetterText.of(letter.record().key()), TEXT_CHARS_MAX));
  }

  private picocli.CommandLine line() {
    return java.util.Objects.requireNonNull(spec).commandLine();
  }
}
