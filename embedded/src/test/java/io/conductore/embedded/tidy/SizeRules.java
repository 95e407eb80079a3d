package io.conductore.embedded.tidy;

import io.conductore.embedded.tidy.JavaBlocks.Block;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How much fits in a reader's head: lines, files, methods, nesting, constructor arguments. */
final class SizeRules {

  static final int LINE_CHARS_MAX = 100;
  static final int FILE_LINES_MAX = 400;
  static final int METHOD_LINES_MAX = 70;
  static final int NESTING_MAX = 3;
  static final int CONSTRUCTOR_ARGUMENTS_MAX = 5;

  static final List<Rule> ALL = List.of(
      Rule.perFile("line length", SizeRules::longLines),
      Rule.perFile("file length", SizeRules::longFile),
      Rule.perFile("method length", perBlock(SizeRules::longMethod)),
      Rule.perFile("nesting", perBlock(SizeRules::deepNesting)),
      Rule.perFile("constructor arguments", perBlock(SizeRules::wideConstructor)));

  private static final Pattern UNBREAKABLE = Pattern.compile("^\\s*(?:import|package) |https?://");

  private SizeRules() {}

  private static Stream<Finding> longLines(TrackedFile file) {
    if (!file.isJava()) {
      return Stream.empty();
    }
    var lines = file.lines();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).length() > LINE_CHARS_MAX)
        .filter(i -> !UNBREAKABLE.matcher(lines.get(i)).find())
        .mapToObj(i -> new Finding(
            file.path(),
            i + 1,
            lines.get(i).length() + " characters; break the line at " + LINE_CHARS_MAX));
  }

  private static Stream<Finding> longFile(TrackedFile file) {
    int count = file.lines().size();
    return file.isJava() && count > FILE_LINES_MAX
        ? Stream.of(new Finding(
            file.path(),
            FILE_LINES_MAX + 1,
            count + " lines; split the file by what it knows, at most " + FILE_LINES_MAX))
        : Stream.empty();
  }

  private static Function<TrackedFile, Stream<Finding>> perBlock(BlockCheck check) {
    return file -> file.isJava()
        ? JavaBlocks.of(file.codeOnly().text()).stream().flatMap(block -> check.check(file, block))
        : Stream.empty();
  }

  private static Stream<Finding> longMethod(TrackedFile file, Block block) {
    return block.kind() == Block.Kind.METHOD && block.lineCount() > METHOD_LINES_MAX
        ? Stream.of(new Finding(
            file.path(),
            block.firstLine(),
            "a method of " + block.lineCount() + " lines; name its steps, at most "
                + METHOD_LINES_MAX))
        : Stream.empty();
  }

  private static Stream<Finding> deepNesting(TrackedFile file, Block block) {
    return block.kind() == Block.Kind.CONTROL && block.depth() > NESTING_MAX
        ? Stream.of(new Finding(
            file.path(),
            block.firstLine(),
            "nested " + block.depth() + " deep; return early or name the inner step"))
        : Stream.empty();
  }

  private static Stream<Finding> wideConstructor(TrackedFile file, Block block) {
    var parent = block.parent();
    if (block.kind() != Block.Kind.METHOD
        || parent == null
        || parent.typeName().isEmpty()
        || parent.isRecord()) {
      return Stream.empty();
    }
    var constructor = Pattern.compile(
            "(?<![\\w.] )\\b" + parent.typeName() + "\\s*\\((.*)\\)", Pattern.DOTALL)
        .matcher(block.header());
    if (!constructor.find() || argumentCount(constructor.group(1)) <= CONSTRUCTOR_ARGUMENTS_MAX) {
      return Stream.empty();
    }
    return Stream.of(new Finding(
        file.path(),
        block.firstLine(),
        "a constructor with more than " + CONSTRUCTOR_ARGUMENTS_MAX
            + " arguments; group what belongs together in a record"));
  }

  private static int argumentCount(String arguments) {
    var outerOnly = arguments;
    for (var inner = outerOnly.replaceAll("[<(][^<>()]*[>)]", ""); !inner.equals(outerOnly); ) {
      outerOnly = inner;
      inner = outerOnly.replaceAll("[<(][^<>()]*[>)]", "");
    }
    return outerOnly.isBlank() ? 0 : outerOnly.split(",").length;
  }

  private interface BlockCheck {
    Stream<Finding> check(TrackedFile file, Block block);
  }
}
