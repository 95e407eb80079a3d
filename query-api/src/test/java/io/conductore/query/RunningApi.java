package io.conductore.query;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;

/** An API on a free port, without an application behind it. */
final class RunningApi implements AutoCloseable {
  private final QueryApi api;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningApi() {
    this("127.0.0.1");
  }

  /** Listens on this address. */
  RunningApi(String host) {
    api = QueryApi.start(new QueryApi.Settings(
        host,
        0,
        List.of(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        InstantSource.system()));
  }

  QueryApi api() {
    return api;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + api.port() + path);
  }

  @Override
  public void close() {
    client.close();
    api.close();
  }
}
