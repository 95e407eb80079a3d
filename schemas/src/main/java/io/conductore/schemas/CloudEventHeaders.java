package io.conductore.schemas;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CloudEvents 1.0 attributes that accompany every record of the logs (Kafka binary mode), so
 * that consumers without Avro can route and deduplicate. ce_id is the event id.
 */
public final class CloudEventHeaders {
  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String SPEC_VERSION = "ce_specversion";
  private static final byte[] VERSION = bytes("1.0");
  private static final byte[] SOURCE_DEFAULT = bytes("conductor-e");

  private CloudEventHeaders() {}

  /** Header name to value for one event. */
  public static Map<String, byte[]> of(LogEvent event) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(SPEC_VERSION, VERSION);
    headers.put(ID, bytes(event.eventId()));
    headers.put(TYPE, bytes(event.type().wireName()));
    headers.put(SOURCE, SOURCE_DEFAULT);
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
