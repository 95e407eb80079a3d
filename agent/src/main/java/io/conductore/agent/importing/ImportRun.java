package io.conductore.agent.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.ship.EventBatch;
import io.conductore.agent.ship.PostOutcome;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RecordedRuns;
import io.conductore.agent.transcript.RunEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files in order and ships their events in batches that may span files. One batch is in
 * memory, whatever the size of the files. For one use.
 */
public final class ImportRun {
  /** A server that refuses whole batches in a row will not take the next one either. */
  private static final int BATCHES_REFUSED_MAX = 3;

  private final Labels labels;
  private final Destination destination;
  private final ImportProgress progress;
  private final ImportReport report = new ImportReport();
  private final List<Entry> entries = new ArrayList<>();
  private EventBatch batch = new EventBatch();
  private long bytesDone;
  private int batchesRefused;
  private boolean stopped;

  /** Where an event of the batch came from, for the complaint if it is refused. */
  private record Entry(Path file, String type, String eventId) {}

  public ImportRun(Labels labels, Destination destination, ImportProgress progress) {
    this.labels = labels;
    this.destination = destination;
    this.progress = progress;
  }

  /** Imports everything; ends early only when nobody answers or everything is refused. */
  public ImportReport run(ImportFiles found) throws InterruptedException {
    found.complaints().forEach(report::fileFailed);
    progress.started(found.files().size(), found.bytes());
    for (ImportFiles.ImportFile file : found.files()) {
      if (!stopped) {
        read(file);
      }
    }
    if (!stopped) {
      ship();
    }
    progress.ended(report.events());
    return report;
  }

  private void read(ImportFiles.ImportFile file) throws InterruptedException {
    try (RunEvents run = RecordedRuns.open(file.path(), labels)) {
      Optional<ObjectNode> event = run.next();
      while (event.isPresent() && !stopped) {
        add(file.path(), event.get());
        progress.advanced(bytesDone + run.bytesRead(), report.events());
        event = run.next();
      }
      if (!run.recognised() && !stopped) {
        notARun(file);
      } else {
        report.fileRead(file.path(), run.flaws());
      }
    } catch (IOException e) {
      report.fileFailed(file.path() + ": " + e.getMessage());
    }
    bytesDone += file.bytes();
    progress.advanced(bytesDone, report.events());
  }

  private void notARun(ImportFiles.ImportFile file) {
    if (file.named()) {
      report.fileFailed(file.path() + ": holds no run of an agent");
    } else {
      report.fileSkipped();
    }
  }

  private void add(Path file, ObjectNode event) throws InterruptedException {
    if (!batch.add(event)) {
      ship();
      batch.add(event);
    }
    String type = event.path("type").asText();
    entries.add(new Entry(file, type, event.path("eventId").asText()));
    report.event(type);
  }

  private void ship() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    switch (destination.post(batch)) {
      case PostOutcome.Delivered done -> {
        report.delivered(done.events());
        done.refused().forEach(this::refused);
        batchesRefused = 0;
      }
      case PostOutcome.Refused whole -> {
        report.refused(
            batch.size(),
            "%d events from %s on: HTTP %d: %s"
                .formatted(
                    batch.size(), entries.getFirst().file(), whole.status(), whole.detail()));
        stopped = ++batchesRefused >= BATCHES_REFUSED_MAX;
      }
      case PostOutcome.Unreachable nobody -> {
        report.unreachable(nobody.detail());
        stopped = true;
      }
    }
    batch = new EventBatch();
    entries.clear();
  }

  private void refused(PostOutcome.RefusedEvent event) {
    Entry entry = entries.get(event.index());
    report.refused(
        1,
        "%s: %s %s: %s %s"
            .formatted(entry.file(), entry.type(), entry.eventId(), event.field(), event.detail()));
  }
}
