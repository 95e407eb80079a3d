package io.conductore.bench.server;

import io.conductore.bench.http.Exchange;
import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.mix.EventMix;
import io.conductore.bench.mix.PostedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the load asks, as bytes made before the clock starts. Each post gets an event id of its own,
 * written over the last twelve digits of the prepared one.
 */
final class Questions {
  static final int PREPARED_POSTS = 2_000;
  private static final int ID_DIGITS = 12;
  private static final String ID_FIELD = "\"eventId\":\"";
  private static final int ID_CHARS = 36;
  private static final int RUN_SHIFT = 28;

  private final List<byte[]> posts = new ArrayList<>();
  private final List<Integer> idEnds = new ArrayList<>();
  private final List<byte[]> gets = new ArrayList<>();
  private long runs;

  Questions(EventMix mix) {
    for (int i = 0; i < PREPARED_POSTS; i++) {
      byte[] request = HttpRequests.postJson("/api/events", PostedJson.of(mix.next()));
      String text = new String(request, StandardCharsets.ISO_8859_1);
      posts.add(request);
      idEnds.add(text.indexOf(ID_FIELD) + ID_FIELD.length() + ID_CHARS);
    }
    for (int i = 0; i < EventMix.AGENTS; i++) {
      gets.add(HttpRequests.get("/api/cursor?agentId=dev-e-%02d".formatted(i)));
    }
  }

  /** One exchange per connection; ids are new in each run. */
  List<Exchange> posts(List<KeepAlive> connections) {
    long run = ++runs;
    return connections.stream().map(connection -> post(connection, run)).toList();
  }

  List<Exchange> gets(List<KeepAlive> connections) {
    return connections.stream()
        .<Exchange>map(
            connection -> ticket -> connection.exchange(gets.get((int) (ticket % gets.size()))))
        .toList();
  }

  private Exchange post(KeepAlive connection, long run) {
    return ticket -> {
      int index = (int) (ticket % posts.size());
      byte[] request = posts.get(index).clone();
      writeId(request, idEnds.get(index), run << RUN_SHIFT | ticket);
      return connection.exchange(request);
    };
  }

  private static void writeId(byte[] request, int end, long number) {
    long left = number;
    for (int i = 1; i <= ID_DIGITS; i++) {
      request[end - i] = (byte) Character.forDigit((int) (left & 0xF), 16);
      left >>>= 4;
    }
  }
}
