package io.conductore.query.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty refuses before a route sees it is a problem too, not a page of HTML. */
final class ProblemPages extends ErrorHandler {

  /** Jetty says nothing but the status to methods it does not expect a page for. */
  @Override
  public boolean errorPageForMethod(String method) {
    return !method.equals("HEAD");
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    // Jetty answers 501 and 505 to what it cannot parse: the caller's mistake, not ours.
    int status = code == 501 || code == 505 ? 400 : code;
    response.setStatus(status);
    String detail = message == null ? "The request cannot be read." : message;
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    byte[] body = Answers.bytes(Problem.ofStatus(status, detail));
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
