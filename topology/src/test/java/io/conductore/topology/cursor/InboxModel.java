package io.conductore.topology.cursor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What inboxes should be, told in lists: slow, unbounded where it may be, and plain to see. */
final class InboxModel {
  /** A mistake that the comparison has to notice. */
  enum Bug {
    NONE,
    TAKES_DUPLICATES,
    GOES_BACK,
    FORGETS_HOLDERS,
    TELLS_EVERYBODY
  }

  private final Bug bug;
  private final Map<String, Agent> agents = new TreeMap<>();

  /** One agent: what it subscribed to and every entry it ever got. */
  private static final class Agent {
    private final List<String> ids = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private Set<String> types = Set.of();
    private boolean all;
    private int acknowledged;
  }

  InboxModel(Bug bug) {
    this.bug = bug;
  }

  void subscribe(String agentId, boolean all, List<String> types) {
    Agent agent = agents.computeIfAbsent(agentId, any -> new Agent());
    agent.types = new HashSet<>(types);
    agent.all = all;
  }

  void event(String id, String type, List<String> holders) {
    agents.forEach((agentId, agent) -> {
      boolean holds = holders.contains(agentId) && bug != Bug.FORGETS_HOLDERS;
      boolean wants = agent.types.contains(type) && (agent.all || holds);
      if (wants || bug == Bug.TELLS_EVERYBODY) {
        queue(agent, id);
      }
    });
  }

  void notice(String agentId, String id) {
    queue(agents.computeIfAbsent(agentId, any -> new Agent()), id);
  }

  void deliver(String agentId, long ordinal) {
    Agent agent = agents.get(agentId);
    if (agent != null && ordinal <= agent.ids.size()) {
      for (int i = 0; i < ordinal; i++) {
        if (agent.states.get(i).equals("queued")) {
          agent.states.set(i, "delivered");
        }
      }
    }
  }

  void acknowledge(String agentId, long ordinal) {
    Agent agent = agents.get(agentId);
    if (agent == null || ordinal < 0 || ordinal > agent.ids.size()) {
      return;
    }
    if (ordinal > agent.acknowledged || bug == Bug.GOES_BACK) {
      agent.acknowledged = (int) ordinal;
    }
    for (int i = 0; i < agent.acknowledged; i++) {
      agent.states.set(i, "acknowledged");
    }
  }

  /** An agent as words, such as "acknowledged 1: 1 e1 acknowledged, 2 e2 queued". */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    agents.forEach((agentId, agent) -> {
      List<String> words = new ArrayList<>();
      int first = Math.max(1, agent.acknowledged - Cursor.ACKNOWLEDGED_KEPT + 1);
      for (int ordinal = first; ordinal <= agent.ids.size(); ordinal++) {
        int at = ordinal - 1;
        words.add(ordinal + " " + agent.ids.get(at) + " " + agent.states.get(at));
      }
      facts.put(agentId, agent.acknowledged + ": " + String.join(", ", words));
    });
    return facts;
  }

  private void queue(Agent agent, String id) {
    if (!agent.ids.contains(id) || bug == Bug.TAKES_DUPLICATES) {
      agent.ids.add(id);
      agent.states.add("queued");
    }
  }
}
