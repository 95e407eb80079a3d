package io.conductore.query;

import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** The dashboard, the API's description, and its browsable page. */
final class Pages {
  private Pages() {}

  static void routes(RoutesConfig routes) {
    routes.get("/", ctx -> resource(ctx, "/web/index.html", "text/html; charset=utf-8"));
    routes.get("/docs", ctx -> resource(ctx, "/web/docs.html", "text/html; charset=utf-8"));
    routes.get("/openapi.yaml", ctx -> resource(ctx, "/openapi.yaml", "application/yaml"));
  }

  private static void resource(Context ctx, String name, String contentType) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new ProblemException(Problem.notFound("This build has no " + name + "."));
      }
      ctx.contentType(contentType).result(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
