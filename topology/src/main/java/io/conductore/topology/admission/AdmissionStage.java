package io.conductore.topology.admission;

import io.conductore.schemas.Feed;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.head.FeedStage;
import io.conductore.topology.head.Outlets;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** The book in the graph; reminds it of what is due when nothing else happens. */
public final class AdmissionStage implements FeedStage<AdmissionRecord> {
  /** How often to look whether anything is due. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** How long to wait for the fold before it is reminded of the same. */
  static final Duration TICK_AGAIN = Duration.ofSeconds(5);

  private @Nullable Life life;
  private long remindedOfMs = Long.MIN_VALUE;
  private long remindedAtMs;

  /** What lives as long as the task is assigned here. */
  private record Life(Book book, Outlets outlets) {}

  @Override
  public Feed feed() {
    return Feed.ADMISSIONS;
  }

  @Override
  public Class<AdmissionRecord> type() {
    return AdmissionRecord.class;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    life = new Life(new Book(Tables.of(context), outlets), outlets);
    remindedOfMs = Long.MIN_VALUE;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::remind);
  }

  @Override
  public void fold(AdmissionRecord record, Place place) {
    life().book().fold(record, place);
  }

  /** Says that time passes, where it matters; what then happens is for the fold to say. */
  private void remind(long nowMs) {
    long dueMs = life().book().dueMs();
    boolean known = dueMs == remindedOfMs && nowMs - remindedAtMs < TICK_AGAIN.toMillis();
    if (dueMs <= nowMs && !known) {
      remindedOfMs = dueMs;
      remindedAtMs = nowMs;
      life().outlets().admission(new AdmissionRecord.Tick());
    }
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
