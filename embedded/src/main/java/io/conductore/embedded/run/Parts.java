package io.conductore.embedded.run;

/** The names of the parts, as status and the log show them. */
public final class Parts {
  public static final String BROKER = "broker";
  public static final String REGISTRY = "registry";
  public static final String STREAMS = "streams";
  public static final String API = "api";

  /** The log of all parts but the registry, which is another process. */
  public static final String LOG = "conductor";

  private Parts() {}
}
