package io.conductore.query;

import io.conductore.query.auth.Access;
import io.conductore.query.http.HttpLimits;
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
    this(host, new Access.Off("loopback only"), InstantSource.system(), HttpLimits.DEFAULT);
  }

  RunningApi(Access access, InstantSource clock, HttpLimits limits) {
    this("127.0.0.1", access, clock, limits);
  }

  private RunningApi(String host, Access access, InstantSource clock, HttpLimits limits) {
    api = QueryApi.start(new QueryApi.Settings(
        host,
        0,
        List.of(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        clock,
        access,
        limits));
  }

  QueryApi api() {
    return api;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
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
