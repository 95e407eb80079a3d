package io.conductore.embedded.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A day's costs as a page: one table, a line for each sum along each dimension. */
public record CostPage(
    String day,
    boolean complete,
    List<Line> lines,
    @Nullable String perMergedIssue,
    long merged) {
  private static final Map<String, String> DIMENSIONS = dimensions();
  private static final List<String> HEAD = List.of(
      "dimension",
      "name",
      "calls",
      "input",
      "output",
      "cache write",
      "cache read",
      "cost USD",
      "estimated calls");
  private static final int NUMBERS_FROM = 2;
  private static final String GAP = "  ";

  /** One sum; numbers as they came, so that money stays exact. */
  public record Line(String dimension, String name, List<String> numbers) {
    private List<String> cells() {
      List<String> cells = new ArrayList<>(List.of(dimension, name));
      cells.addAll(numbers);
      return cells;
    }
  }

  /** @param report as GET /api/reports/costs answers it */
  public static CostPage of(JsonNode report) {
    List<Line> lines = new ArrayList<>();
    lines.add(line("total", "", report.path("total")));
    DIMENSIONS.forEach((list, dimension) -> {
      for (JsonNode sum : report.path(list)) {
        lines.add(line(dimension, name(dimension, sum), sum));
      }
    });
    JsonNode merged = report.path("merged");
    JsonNode each = merged.path("perIssueUsd");
    return new CostPage(
        report.path("day").asText(),
        report.path("complete").asBoolean(),
        List.copyOf(lines),
        each.isNumber() ? each.decimalValue().toPlainString() : null,
        merged.path("issues").asLong());
  }

  public String text() {
    List<List<String>> rows = rows();
    StringBuilder page = new StringBuilder(title()).append("\n\n");
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(padded(row.get(column), width(rows, column), column)).append(GAP);
      }
      page.append(line.toString().stripTrailing()).append('\n');
    }
    return page.append('\n').append(footer()).toString();
  }

  /** RFC 4180, with one head line. */
  public String csv() {
    return rows().stream()
        .map(row -> day + "," + row.stream().map(CostPage::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n"))
        .replaceFirst("^[^,]*", "day");
  }

  public String html() {
    StringBuilder page = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>")
        .append(escaped(title()))
        .append("</title><style>body{font:14px sans-serif}td,th{padding:2px 8px;text-align:right}")
        .append("td:nth-child(-n+2),th:nth-child(-n+2){text-align:left}</style><h1>")
        .append(escaped(title()))
        .append("</h1><table>");
    List<List<String>> rows = rows();
    for (int i = 0; i < rows.size(); i++) {
      String tag = i == 0 ? "th" : "td";
      page.append("<tr>");
      rows.get(i)
          .forEach(cell -> page.append('<')
              .append(tag)
              .append('>')
              .append(escaped(cell))
              .append("</")
              .append(tag)
              .append('>'));
      page.append("</tr>");
    }
    return page.append("</table><p>").append(escaped(footer())).append("</p>").toString();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    lines.forEach(line -> rows.add(line.cells()));
    return rows;
  }

  private String title() {
    return "Costs of " + day + " (UTC)";
  }

  private String footer() {
    String issues = perMergedIssue == null
        ? "No issue was merged."
        : merged + " merged issues cost " + perMergedIssue + " USD each, from their first call on.";
    return complete ? issues : issues + " There were more rows than were read: sums are too low.";
  }

  private static Line line(String dimension, String name, JsonNode sum) {
    return new Line(
        dimension,
        name,
        List.of(
            sum.path("calls").asText(),
            sum.path("inputTokens").asText(),
            sum.path("outputTokens").asText(),
            sum.path("cacheCreationTokens").asText(),
            sum.path("cacheReadTokens").asText(),
            sum.path("costUsd").decimalValue().toPlainString(),
            sum.path("estimatedCalls").asText()));
  }

  private static String name(String dimension, JsonNode sum) {
    String name = switch (dimension) {
      case "issue" -> sum.path("repo").asText() + "#" + sum.path("issueNumber").asText();
      case "agent" -> sum.path("agentId").asText();
      default -> sum.path(dimension).asText();
    };
    return name.isEmpty() ? "(none)" : name;
  }

  private static Map<String, String> dimensions() {
    Map<String, String> byList = new java.util.LinkedHashMap<>();
    byList.put("byAgent", "agent");
    byList.put("byTenant", "tenant");
    byList.put("byRepo", "repo");
    byList.put("byIssue", "issue");
    byList.put("byModel", "model");
    byList.put("byCategory", "category");
    return java.util.Collections.unmodifiableMap(byList);
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width, int column) {
    String space = " ".repeat(width - text.length());
    return column < NUMBERS_FROM ? text + space : space + text;
  }

  /** A cell that a spreadsheet would take for a formula is quoted as a text. */
  private static String quoted(String cell) {
    boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    String safe = formula ? "'" + cell : cell;
    boolean needsQuotes = safe.chars().anyMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
    return needsQuotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
