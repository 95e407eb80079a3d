package io.conductore.schemas.evidence;

import java.util.regex.Pattern;

/**
 * A path below a folder for temporary files, with the parts that a program drew at random replaced.
 * Names that somebody chose stay: /tmp/a.py and /tmp/b.py are different work.
 */
final class TemporaryPath {
  private static final String RANDOM = "<random>";
  private static final String MAC_FOLDERS = "/var/folders/";

  /** mktemp's own templates, Python's tempfile, pytest's numbered folders. */
  private static final Pattern KNOWN_TEMPLATE =
      Pattern.compile("tmp\\.[A-Za-z0-9]{6,12}|tmp[a-z0-9_]{8}|pytest-\\d{1,9}");

  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private static final Pattern PART_ENDS = Pattern.compile("(?<=[._-])|(?=[._-])");
  private static final int RANDOM_CHARS_MIN = 6;
  private static final int DIGITS_IN_A_ROW_MIN = 5;
  private static final int KIND_CHANGES_MIN = 3;

  private TemporaryPath() {}

  static String normalised(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int macFolders = path.indexOf(MAC_FOLDERS);
    // macOS draws the two levels below /var/folders per user; they tell nothing.
    int drawnFrom = macFolders < 0 ? Integer.MAX_VALUE : 1 + levels(path, macFolders) + 2;
    String[] segments = path.split("/", -1);
    for (int level = 0; level < segments.length; level++) {
      if (level > 0) {
        out.append('/');
      }
      boolean drawn = level >= drawnFrom && level < drawnFrom + 2;
      out.append(drawn ? RANDOM : segment(segments[level]));
    }
    return out.toString();
  }

  private static int levels(String path, int end) {
    return (int) path.substring(0, end).chars().filter(c -> c == '/').count();
  }

  private static String segment(String segment) {
    int dot = segment.lastIndexOf('.');
    String stem = dot > 0 ? segment.substring(0, dot) : segment;
    if (KNOWN_TEMPLATE.matcher(segment).matches()) {
      return RANDOM;
    }
    if (KNOWN_TEMPLATE.matcher(stem).matches()) {
      return RANDOM + segment.substring(stem.length());
    }
    StringBuilder out = new StringBuilder(segment.length());
    for (String part : PART_ENDS.split(UUID.matcher(segment).replaceAll(RANDOM))) {
      out.append(looksDrawn(part) ? RANDOM : part);
    }
    return out.toString();
  }

  /** Many digits in a row, or letters and digits taking turns: nobody names a file a7Kq29xZ. */
  private static boolean looksDrawn(String part) {
    int changes = 0;
    int row = 0;
    boolean digits = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      row = Character.isDigit(c) ? row + 1 : 0;
      digits |= row > 0;
      if (row >= DIGITS_IN_A_ROW_MIN) {
        return true;
      }
      if (i > 0 && kind(c) != kind(part.charAt(i - 1))) {
        changes++;
      }
    }
    return part.length() >= RANDOM_CHARS_MIN && digits && changes >= KIND_CHANGES_MIN;
  }

  private static int kind(char c) {
    if (Character.isDigit(c)) {
      return 0;
    }
    return Character.isUpperCase(c) ? 1 : 2;
  }
}
