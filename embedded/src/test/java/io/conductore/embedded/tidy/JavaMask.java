package io.conductore.embedded.tidy;

import java.util.regex.Pattern;

/** Blanks comments and literals, so that a search for code finds code only; columns stay. */
final class JavaMask {

  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"[\\s\\S]*?(?<!\\\\)\"\"\"");
  private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern CHARACTER = Pattern.compile("'(?:\\\\.|[^'\\\\\\n])+'");
  private static final Pattern LINE_COMMENT = Pattern.compile("//[^\\n]*");
  private static final Pattern BLOCK_COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/");
  private static final Pattern BLANKED = Pattern.compile(String.join(
      "|", "" + TEXT_BLOCK, "" + STRING, "" + CHARACTER, "" + LINE_COMMENT, "" + BLOCK_COMMENT));
  private static final Pattern NOT_LINE_BREAK = Pattern.compile("[^\\n]");

  private JavaMask() {}

  static String mask(String java) {
    return BLANKED
        .matcher(java)
        .replaceAll(match -> NOT_LINE_BREAK.matcher(match.group()).replaceAll(" "));
  }
}
