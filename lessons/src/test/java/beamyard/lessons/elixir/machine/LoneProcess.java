package beamyard.lessons.elixir.machine;

import beamyard.simulator.Cluster;
import beamyard.simulator.Node;
import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Waiting;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A process of a node that has no others: enough to run code that bothers nobody else. */
final class LoneProcess extends LoneContext {
  final Inbox mailbox = new Inbox();
  private final Map<Class<?>, Object> owned = new LinkedHashMap<>();
  long now;
  long used;

  /** The reductions of each slice. */
  final List<Long> slices = new ArrayList<>();

  LoneProcess(Object... owned) {
    own(Node.class, Cluster.of("lone").simulation().node("lone"));
    for (Object each : owned) {
      this.owned.put(each.getClass(), each);
    }
  }

  <T> void own(Class<T> type, T value) {
    owned.put(type, value);
  }

  @Override
  public Outcome slice(Routine routine) {
    long before = used;
    Outcome outcome = super.slice(routine);
    slices.add(used - before);
    return outcome;
  }

  /** Runs slice after slice to the end; lets time pass when it waits. */
  Outcome finish(Routine routine) {
    while (true) {
      Outcome outcome = untilItWaits(routine);
      if (!(outcome instanceof Waiting(long deadline)) || deadline == Long.MAX_VALUE) {
        return outcome;
      }
      now = Math.max(now, deadline);
      used = 0;
    }
  }

  /** The messages of a lone process. */
  static final class Inbox implements Mailbox {
    final List<Term> messages = new ArrayList<>();
    int cursor;

    @Override
    public Term next() {
      return cursor < messages.size() ? messages.get(cursor++) : null;
    }

    @Override
    public void take() {
      messages.remove(cursor - 1);
      cursor = 0;
    }

    @Override
    public void restart() {
      cursor = 0;
    }

    @Override
    public int size() {
      return messages.size();
    }

    @Override
    public int fetched() {
      return messages.size();
    }

    @Override
    public void fetch() {}

    @Override
    public Iterable<Term> messages() {
      return messages;
    }
  }

  @Override
  public long now() {
    return now + used * 10;
  }

  @Override
  public void consume(int reductions) {
    super.consume(reductions);
    used += reductions;
  }

  @Override
  public Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public <T> T owned(Class<T> type) {
    return type.cast(owned.get(type));
  }

  @Override
  public String toString() {
    return "a lone process";
  }
}
