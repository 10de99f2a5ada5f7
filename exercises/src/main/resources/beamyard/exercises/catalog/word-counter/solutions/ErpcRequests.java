import beamyard.exercises.straight.Raised;
import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request by erpc a file, all at once; one whose node is lost is made again at another. */
public final class DistributedCounter {
  private static final Atom COUNTERS = Atom.of("counters");
  private static final Atom COUNTED = Atom.of("counted");

  private record Request(Term id, Term file, Atom node) {}

  /** Starts a member of the group :counters on this node. */
  public static void startWorker(Self self) {
    self.spawn(self.node(), "work");
  }

  public static void work(Self self) {
    self.call("pg", "join", COUNTERS, self.pid());
    while (true) {
      self.receive();
    }
  }

  /** Tells every member of the group :counters. */
  public static void broadcastResult(Self self, Term result) {
    for (Term member : (ListTerm) self.call("pg", "get_members", COUNTERS)) {
      self.send((Pid) member, Tuple.of(Atom.of("result"), result));
    }
  }

  public static Term countWords(Self self, ListTerm files, ListTerm nodes) {
    List<Atom> living = new ArrayList<>();
    nodes.forEach(node -> living.add((Atom) node));
    Deque<Request> open = new ArrayDeque<>();
    int turn = 0;
    for (Term file : files) {
      open.add(request(self, file, living, turn++));
    }
    MapTerm total = MapTerm.of();
    while (!open.isEmpty()) {
      Request request = open.remove();
      try {
        total = sum(total, (MapTerm) self.call("erpc", "receive_response", request.id()));
      } catch (Raised raised) {
        if (!raised.reason().equals(Tuple.of(Atom.of("erpc"), Atom.of("noconnection")))) {
          throw raised;
        }
        living.remove(request.node());
        open.add(request(self, request.file(), living, turn++));
      }
    }
    return total;
  }

  private static Request request(Self self, Term file, List<Atom> living, int turn) {
    Atom node = living.isEmpty() ? self.node() : living.get(turn % living.size());
    Term id =
        self.call(
            "erpc",
            "send_request",
            node,
            Atom.of("Elixir.DistributedCounter"),
            Atom.of("count_file"),
            ListTerm.of(file));
    return new Request(id, file, node);
  }

  /** Runs on the node that the file was given to. */
  public static Term countFile(Self self, Term file) {
    return wordsOf(self, List.of(file));
  }

  private static MapTerm wordsOf(Self self, Iterable<Term> files) {
    Map<String, Integer> words = new TreeMap<>();
    for (Term file : files) {
      String path = ((Bits) file).text();
      String text =
          self.readFile(path)
              .orElseThrow(() -> new IllegalArgumentException("cannot read " + path));
      for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
        if (!word.isEmpty()) {
          words.merge(word, 1, Integer::sum);
        }
      }
    }
    MapTerm.Builder result = MapTerm.builder();
    words.forEach((word, count) -> result.put(Bits.of(word), SmallInt.of(count)));
    return result.build();
  }

  private static MapTerm sum(MapTerm one, MapTerm other) {
    MapTerm all = one;
    for (MapTerm.Entry entry : other) {
      long before = all.get(entry.key()) instanceof SmallInt number ? number.value() : 0;
      all = all.put(entry.key(), SmallInt.of(before + ((SmallInt) entry.value()).value()));
    }
    return all;
  }
}
