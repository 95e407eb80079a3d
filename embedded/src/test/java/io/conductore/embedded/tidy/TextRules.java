package io.conductore.embedded.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no tracked file may hold, whatever its kind. The forbidden words are put together from
 * pieces, so that this file has none.
 */
final class TextRules {

  static final List<Rule> ALL = List.of(
      Rule.perFile("leftover marks", TextRules::leftoverMarks),
      Rule.perFile("paths of one machine", TextRules::machinePaths),
      Rule.perFile("registry hosts", TextRules::registryHosts));

  private static final Pattern LEFTOVER =
      Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  /** Invented people may have a home in an example; nobody who runs this has one by these names. */
  private static final Pattern MACHINE_PATH = Pattern.compile(
      "(?<![\\w./~-])/(?:ro" + "ot|wo" + "rk|ho" + "me/(?!(?:dev|user|agent|you)\\b)[\\w.-]+)/");

  private static final Pattern REGISTRY_HOST = Pattern.compile(Stream.of(
          "repo1?.mav" + "en.(?:apache.)?org",
          "central.sona" + "type.com",
          "oss.sona" + "type.org",
          "registry.np" + "mjs.org",
          "registry.yarn" + "pkg.com",
          "(?:files.)?python" + "hosted.org",
          "\\bpy" + "pi.org",
          "(?:static|index).cra" + "tes.io",
          "proxy.gol" + "ang.org",
          "ruby" + "gems.org")
      .map(host -> host.replace(".", "\\."))
      .collect(Collectors.joining("|")));

  private TextRules() {}

  private static Stream<Finding> leftoverMarks(TrackedFile file) {
    return file.linesWith(
        LEFTOVER, "a mark left behind; do it, or open an issue and name its number");
  }

  private static Stream<Finding> machinePaths(TrackedFile file) {
    return file.linesWith(
        MACHINE_PATH, "a path of one machine; make it relative or take it from the environment");
  }

  private static Stream<Finding> registryHosts(TrackedFile file) {
    return file.linesWith(
        REGISTRY_HOST, "a package registry's host; the tool's own configuration names it");
  }
}
