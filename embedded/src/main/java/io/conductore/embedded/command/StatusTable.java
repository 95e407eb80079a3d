package io.conductore.embedded.command;

import io.conductore.embedded.data.PartStatus;
import io.conductore.embedded.data.RunStatus;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A status for people: columns as wide as they must be, times of this machine. */
final class StatusTable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "yyyy-MM-dd HH:mm:ss", Locale.ROOT)
      .withZone(ZoneId.systemDefault());
  private static final List<String> HEAD = List.of("part", "state", "address", "since", "");
  private static final String GAP = "  ";

  private StatusTable() {}

  static String of(RunStatus status) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    status.parts().forEach(part -> rows.add(row(part)));
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(padded(row.get(column), width(rows, column))).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static List<String> row(PartStatus part) {
    return List.of(
        part.part(),
        part.state().name().toLowerCase(Locale.ROOT),
        part.address().isEmpty() ? "-" : part.address(),
        TIME.format(part.since()),
        part.note());
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
