package io.conductore.bench.report;

import java.util.List;

/** A table in Markdown with the sentence that says what its figures mean. */
public record Table(String title, String meaning, Row head, List<Row> rows) {

  public Table {
    rows = List.copyOf(rows);
  }

  /** One row, of as many cells as the head. */
  public record Row(List<String> cells) {
    public static Row of(String... cells) {
      return new Row(List.of(cells));
    }

    private String markdown() {
      return "| " + String.join(" | ", cells) + " |\n";
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(title).append("\n\n").append(meaning).append("\n\n");
    text.append(head.markdown());
    text.append("| ").append("--- | ".repeat(head.cells().size()).strip()).append('\n');
    rows.forEach(row -> text.append(row.markdown()));
    return text.append('\n').toString();
  }
}
