package io.conductore.topology.lifecycle;

import io.conductore.topology.head.Mark;

/** One issue. An event that does not fit changes nothing but the tail. */
public record IssueState(
    String streamId,
    Tail tail,
    Brief brief,
    Phase phase,
    Rounds rounds,
    History history,
    PhaseTimes times) {

  public static IssueState opening(String streamId) {
    return new IssueState(
        streamId,
        Tail.NONE,
        Brief.NONE,
        new Phase.Unknown(),
        Rounds.NONE,
        History.NONE,
        PhaseTimes.NONE);
  }

  IssueState to(Phase next) {
    return new IssueState(streamId, tail, brief, next, rounds, history, times);
  }

  IssueState with(Brief next) {
    return new IssueState(streamId, tail, next, phase, rounds, history, times);
  }

  IssueState with(Rounds next) {
    return new IssueState(streamId, tail, brief, phase, next, history, times);
  }

  IssueState with(History next) {
    return new IssueState(streamId, tail, brief, phase, rounds, next, times);
  }

  /** This state, with the event that led to it from the one before counted. */
  IssueState after(IssueState before, long occurredAtMs, Mark mark) {
    String from = before.phase.wireName();
    String into = phase.wireName();
    return new IssueState(
        streamId,
        tail.with(occurredAtMs, mark),
        brief,
        phase,
        rounds,
        history,
        from.equals(into) ? times : times.moved(from, into, occurredAtMs));
  }
}
