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

/** A watched process a node counts its share; what a lost node had is given out anew. */
public final class DistributedCounter {
  private static final Atom COUNTERS = Atom.of("counters");
  private static final Atom COUNTED = Atom.of("counted");

  /** Somebody who counts, and what. */
  private record Share(Self.Monitored counter, Atom node, List<Term> files) {}

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
    MapTerm total = MapTerm.of();
    List<Share> open = start(self, files.toList(), living);
    while (!open.isEmpty()) {
      Term message = self.receive(each -> open.stream().anyMatch(share -> isAbout(each, share)));
      Share share = open.stream().filter(each -> isAbout(message, each)).findFirst().orElseThrow();
      open.remove(share);
      if (!share.counter().isDown(message)) {
        self.demonitor(share.counter());
        total = sum(total, (MapTerm) ((Tuple) message).get(2));
      } else if (isLost(((Tuple) message).get(4))) {
        living.remove(share.node());
        open.addAll(start(self, share.files(), living));
      } else {
        open.forEach(each -> self.demonitor(each.counter()));
        throw self.error(((Tuple) message).get(4));
      }
    }
    return total;
  }

  private static boolean isAbout(Term message, Share share) {
    return share.counter().isDown(message)
        || message instanceof Tuple result
            && result.isTagged(COUNTED, 3)
            && result.get(1).equals(share.counter().pid());
  }

  private static boolean isLost(Term reason) {
    return reason.equals(Atom.of("noconnection"));
  }

  private static List<Share> start(Self self, List<Term> files, List<Atom> nodes) {
    List<Atom> able = nodes.isEmpty() ? List.of(self.node()) : nodes;
    List<Share> shares = new ArrayList<>();
    dealt(files, able)
        .forEach(
            (node, hand) ->
                shares.add(
                    new Share(
                        self.spawnMonitor(node, "countHere", self.pid(), ListTerm.of(hand)), node, hand)));
    return shares;
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
