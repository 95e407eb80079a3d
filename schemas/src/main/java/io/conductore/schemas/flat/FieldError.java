package io.conductore.schemas.flat;

/**
 * What is wrong with one field, for a caller who can mend it.
 *
 * @param field the JSON name as the catalogue spells it; empty when the event as a whole is wrong
 * @param detail a sentence that names what was expected
 */
public record FieldError(Code code, String field, String detail) {

  /** Callers that speak the original's contract tell an unknown type from the rest. */
  public enum Code {
    UNKNOWN_TYPE,
    INVALID
  }

  static FieldError invalid(String field, String detail) {
    return new FieldError(Code.INVALID, field, detail);
  }
}
