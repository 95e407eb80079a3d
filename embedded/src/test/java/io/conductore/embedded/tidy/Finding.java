package io.conductore.embedded.tidy;

/** One place that breaks a rule, and what to do about it. Lines count from 1. */
public record Finding(String path, int line, String advice) {

  @Override
  public String toString() {
    return path + ":" + line + ": " + advice;
  }
}
