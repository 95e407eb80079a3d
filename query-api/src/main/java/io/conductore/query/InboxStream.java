package io.conductore.query;

import io.conductore.query.http.Answers;
import io.conductore.query.http.Problem;
import io.conductore.query.read.InboxPage;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.ReadOutcome;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * An inbox as server-sent events, one for each entry with the ordinal as its id, so that a client
 * that comes again goes on where it was. A client that takes nothing for the server's idle time is
 * dropped. Lives on its request's virtual thread.
 */
final class InboxStream {
  static final String MEDIA_TYPE = "text/event-stream";
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int PAGE_ENTRIES = 100;
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long PAUSE_NS = Duration.ofMillis(20).toNanos();

  private final Backbone now;
  private final String agent;
  private final InstantSource clock;

  InboxStream(Backbone now, String agent, InstantSource clock) {
    this.now = now;
    this.agent = agent;
    this.clock = clock;
  }

  /** Returns when the client leaves or the API stops. */
  void serve(Context ctx, long after) {
    long from = lastEventId(ctx, after);
    if (!now.inboxes().enter()) {
      Answers.problem(ctx, Problem.unavailable("too many requests wait", RETRY));
      return;
    }
    try {
      HttpServletResponse response = ctx.res();
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(MEDIA_TYPE);
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.setHeader("X-Accel-Buffering", "no");
      OutputStream out = response.getOutputStream();
      write(out, "retry: " + RETRY.toMillis() + "\n\n");
      follow(out, from);
    } catch (IOException clientLeft) {
      // There is nobody to tell.
      return;
    } finally {
      now.inboxes().leave();
    }
  }

  private void follow(OutputStream out, long from) throws IOException {
    long last = from;
    long lostTold = 0;
    long writtenNs = System.nanoTime();
    while (now.inboxes().isOpen()) {
      ReadOutcome<InboxPage> outcome = now.questions().inbox(agent, last, PAGE_ENTRIES);
      if (outcome instanceof ReadOutcome.Found<InboxPage>(InboxPage page, PositionToken position)) {
        if (page.lost() > lostTold) {
          write(out, "event: lost\ndata: {\"lost\":" + page.lost() + "}\n\n");
          lostTold = page.lost();
        }
        // Without entries too: what was acknowledged meanwhile must not come again.
        last = page.last(Math.max(last, page.lastOrdinal()));
        if (!page.entries().isEmpty()) {
          write(out, text(page));
          writtenNs = System.nanoTime();
          InboxReads.markDelivered(now, page, clock);
        } else {
          now.gate().await(position.next(), place -> true, untilHeartbeat(writtenNs));
        }
      } else {
        LockSupport.parkNanos(RETRY.toNanos());
      }
      if (untilHeartbeat(writtenNs).isNegative()) {
        write(out, ": heartbeat\n\n");
        writtenNs = System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  private static Duration untilHeartbeat(long writtenNs) {
    return HEARTBEAT.minusNanos(System.nanoTime() - writtenNs);
  }

  private static String text(InboxPage page) {
    StringBuilder text = new StringBuilder();
    for (InboxPage.Entry entry : page.entries()) {
      text.append("id: ")
          .append(entry.ordinal())
          .append("\nevent: ")
          .append(entry.type().replaceAll("[\\r\\n]", " "))
          .append("\ndata: ")
          .append(new String(Answers.bytes(entry), StandardCharsets.UTF_8))
          .append("\n\n");
    }
    return text.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** What a browser sends when it comes again goes before the address it was given at first. */
  private static long lastEventId(Context ctx, long after) {
    String id = ctx.header("Last-Event-ID");
    return id == null || !id.matches("\\d{1,18}") ? after : Long.parseLong(id);
  }
}
