package io.conductore.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the sections of a run have found so far. */
public final class Findings {
  private final List<Bar> bars = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, String> versions = new TreeMap<>();

  public void add(Bar bar) {
    bars.add(bar);
  }

  public void add(Table table) {
    tables.add(table);
  }

  public void version(String part, String version) {
    versions.put(part, version);
  }

  /** What could not be measured, and why. */
  public void failed(String what) {
    failures.add(what);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  public List<Bar> bars() {
    return List.copyOf(bars);
  }

  List<Table> tables() {
    return List.copyOf(tables);
  }

  Map<String, String> versions() {
    return Map.copyOf(versions);
  }
}
