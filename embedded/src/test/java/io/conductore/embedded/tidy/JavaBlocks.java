package io.conductore.embedded.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blocks of a Java file by counting braces and looking at the words before each one. It
 * is no parser: it knows as much Java as the size rules need, and TidyTest feeds it the shapes that
 * could fool it.
 */
final class JavaBlocks {

  private static final Pattern TYPE_HEADER = Pattern.compile(
      "(?:\\b(?:class|interface|enum)\\s+(\\w+)|\\brecord\\s+(\\w+)\\s*[(<])[^{};]*$");
  private static final Pattern ANONYMOUS_HEADER =
      Pattern.compile("\\bnew\\s+[\\w.]+(?:<[^>]*>)?\\s*\\([^{}]*\\)$");
  private static final Pattern CONTROL_HEADER =
      Pattern.compile("\\b(?:if|for|while|switch|catch|synchronized|try)\\s*\\([^{}]*\\)$"
          + "|\\b(?:else|do|try|finally)$");
  private static final Pattern VALUE_HEADER = Pattern.compile("(?:->|[=\\](,])$");

  private final String code;
  private final Deque<Block> open = new ArrayDeque<>();
  private final List<Block> closed = new ArrayList<>();
  private int line = 1;
  private int parens = 0;
  private int headerStart = 0;

  private JavaBlocks(String code) {
    this.code = code;
  }

  /** The blocks of a masked file, in the order in which they end. */
  static List<Block> of(String maskedCode) {
    var blocks = new JavaBlocks(maskedCode);
    for (int i = 0; i < maskedCode.length(); i++) {
      blocks.read(i);
    }
    return blocks.closed;
  }

  private void read(int at) {
    switch (code.charAt(at)) {
      case '\n' -> line++;
      case '(' -> parens++;
      case ')' -> parens--;
      case '{' -> open(at);
      case '}' -> close(at);
      case ';' -> headerStart = parens == 0 ? at + 1 : headerStart;
      default -> {}
    }
  }

  private void open(int at) {
    var header = code.substring(headerStart, at).strip();
    var parent = open.peek();
    open.push(new Block(kindOf(header, parent), header, parent, line, line, parens, headerStart));
    parens = 0;
    headerStart = at + 1;
  }

  private void close(int at) {
    if (open.isEmpty()) {
      return;
    }
    var block = open.pop();
    closed.add(block.endingAt(line));
    parens = block.parensBefore();
    headerStart = block.kind() == Block.Kind.VALUE ? block.headerStart() : at + 1;
  }

  private static Block.Kind kindOf(String header, @Nullable Block parent) {
    if (TYPE_HEADER.matcher(header).find() || ANONYMOUS_HEADER.matcher(header).find()) {
      return Block.Kind.TYPE;
    }
    if (VALUE_HEADER.matcher(header).find()) {
      return Block.Kind.VALUE;
    }
    if (CONTROL_HEADER.matcher(header).find()) {
      return Block.Kind.CONTROL;
    }
    return parent != null && parent.kind() == Block.Kind.TYPE
        ? Block.Kind.METHOD
        : Block.Kind.VALUE;
  }

  /** A block and the words before its brace. */
  record Block(
      Kind kind,
      String header,
      @Nullable Block parent,
      int firstLine,
      int lastLine,
      int parensBefore,
      int headerStart) {

    enum Kind {
      TYPE,
      METHOD,
      CONTROL,
      /** A lambda, a case, an array or a bare block: it adds no depth. */
      VALUE
    }

    Block endingAt(int end) {
      return new Block(kind, header, parent, firstLine, end, parensBefore, headerStart);
    }

    int lineCount() {
      return lastLine - firstLine + 1;
    }

    /** How many control blocks hold the code in this one, itself included, up to the method. */
    int depth() {
      int own = kind == Kind.CONTROL ? 1 : 0;
      return parent == null || kind == Kind.METHOD || kind == Kind.TYPE
          ? own
          : own + parent.depth();
    }

    /** The declared name of a type, empty for any other block. */
    String typeName() {
      var matcher = TYPE_HEADER.matcher(header);
      if (!matcher.find()) {
        return "";
      }
      return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    boolean isRecord() {
      return Pattern.compile("\\brecord\\s+" + Pattern.quote(typeName()))
          .matcher(header)
          .find();
    }
  }
}
