package io.conductore.embedded.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Makes HTTP requests that are wrong in one way or several: a grammar with mistakes, driven by a
 * seed.
 */
final class RequestGrammar {
  private static final List<String> METHODS = List.of(
      "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW", "get", "");
  private static final List<String> PATHS = List.of(
      "/api/events",
      "/api/agents",
      "/api/agents/%2f",
      "/api/agents/%00",
      "/api/agents/..%2f..",
      "/../../etc/passwd",
      "//api//agents",
      "/api/agents/%zz",
      "/api/cursor",
      "/api/cursor?agentId=",
      "/api/cursor?agentId=%ff%fe",
      "/api/usage?days=-1",
      "/api/usage?days=1e9",
      "/api/costs/daily?days=99999999999999999999",
      "/api/events/stream",
      "/api/events/stream?id=a&limit=1000000000",
      "/api/events/stream?id=%00&after=x",
      "/api/stuck/%F0%9F%92%A9",
      "/api/budgets/;jsessionid=1",
      "/topology?x[]=1",
      "*",
      "/\u0001",
      "/web/../x",
      "http://elsewhere.example/api/agents",
      "/api/agents?" + "q".repeat(3_000));
  private static final List<String> VERSIONS = List.of(
      "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/9.9", "HTTQ/1.1", "");
  private static final List<String> HEADERS = List.of(
      "Content-Length: -1",
      "Content-Length: 5\r\nContent-Length: 6",
      "Content-Length: x",
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: chunked\r\nContent-Length: 4",
      "Transfer-Encoding: gzip, chunked, odd",
      "Expect: 100-continue",
      "Expect: 200-ok",
      "If-Position-At-Least: zzz",
      "If-Position-At-Least: a0.1-a0.x",
      "Prefer: wait=99999999999",
      "Prefer: wait=0",
      "Idempotency-Key: " + "k".repeat(5_000),
      "Accept: \u0000",
      ": no name",
      "X: " + "y".repeat(20_000),
      "Origin: http://elsewhere.example",
      "Host: ",
      "Host: a\r\nHost: b",
      "Content-Type: application/json",
      "Content-Type: application/x-ndjson",
      "Content-Type: application/xml",
      "Content-Type: ;;;",
      "Range: bytes=-1",
      "Cookie: a=b; =;;");
  private static final List<String> BODIES = List.of(
      "",
      "{",
      "[",
      "[[[[[[[[",
      "null",
      "42",
      "\"text\"",
      "[]",
      "{}",
      "[{}]",
      "{\"type\":null}",
      "{\"type\":[]}",
      "{\"type\":\"HEARTBEAT\"}",
      "{\"type\":\"HEARTBEAT\",\"agentId\":1}",
      "{\"type\":\"HEARTBEAT\",\"agentId\":\"\\u0000\"}",
      "{\"type\":\"heartbeat\",\"agentId\":\"a\"}",
      "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\",\"costUsd\":1e999999}",
      "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\",\"inputTokens\":-5}",
      "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\",\"inputTokens\":99999999999999999999999}",
      "{\"type\":\"HEARTBEAT\",\"agentId\":\"a\",\"agentId\":\"b\"}",
      "{\"a\":NaN}",
      "{'a':1}",
      "{\"type\":\"HEARTBEAT\",\"agentId\":\"fuzz\",\"x\":" + "[".repeat(500) + "]".repeat(500)
          + "}",
      "\u00ff\u00fe",
      "{\"type\":\"HEARTBEAT\",\"agentId\":\"fuzz\"}{",
      "\r\n\r\n\r\n",
      "0\r\n\r\n",
      "zz\r\nabc");

  private final Random random;

  RequestGrammar(long seed) {
    this.random = new Random(seed);
  }

  byte[] next() {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    write(request, pick(METHODS) + " " + pick(PATHS) + " " + pick(VERSIONS) + "\r\n");
    if (random.nextInt(10) > 0) {
      write(request, "Host: 127.0.0.1\r\n");
    }
    int headers = random.nextInt(4);
    for (int i = 0; i < headers; i++) {
      write(request, pick(HEADERS) + "\r\n");
    }
    String body = pick(BODIES);
    if (random.nextInt(4) > 0) {
      write(
          request, "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n");
    }
    write(request, "Connection: close\r\n\r\n" + body);
    return random.nextInt(20) == 0 ? damaged(request.toByteArray()) : request.toByteArray();
  }

  private byte[] damaged(byte[] bytes) {
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void write(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
