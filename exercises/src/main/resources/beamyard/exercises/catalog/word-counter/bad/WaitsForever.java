import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

public final class DistributedCounter {
  private static final Atom COUNTERS = Atom.of("counters");
  private static final Atom COUNTED = Atom.of("counted");

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
    List<Atom> all = new ArrayList<>();
    nodes.forEach(node -> all.add((Atom) node));
    Map<Atom, List<Term>> hands = dealt(files.toList(), all.isEmpty() ? List.of(self.node()) : all);
    hands.forEach((node, hand) -> self.spawn(node, "countHere", self.pid(), ListTerm.of(hand)));
    MapTerm total = MapTerm.of();
    for (int i = 0; i < hands.size(); i++) {
      Term message =
          self.receive(each -> each instanceof Tuple tuple && tuple.isTagged(COUNTED, 3));
      total = sum(total, (MapTerm) ((Tuple) message).get(2));
    }
    return total;
  }

  /** Gives out files like cards: the first node gets the first, and so on round. */
  private static Map<Atom, List<Term>> dealt(List<Term> files, List<Atom> nodes) {
    Map<Atom, List<Term>> hands = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      hands.computeIfAbsent(nodes.get(i % nodes.size()), _ -> new ArrayList<>()).add(files.get(i));
    }
    return hands;
  }

  /** Runs on the node that the files were given to. */
  public static void countHere(Self self, Pid caller, ListTerm files) {
    self.send(caller, Tuple.of(COUNTED, self.pid(), wordsOf(self, files)));
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
