package beamyard.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ProcessTableProperties {
  private static final int PUPPETS = 4;

  /** Does to random puppets what random numbers say, leaving little time between. */
  private static final class Play {
    final Bench bench;
    final List<Pid> puppets = new ArrayList<>();
    private long counter;

    Play(Trace trace) {
      bench = new Bench(trace);
      for (int i = 0; i < PUPPETS; i++) {
        puppets.add(bench.puppet(i % 2 == 0 ? bench.alice() : bench.bob()));
      }
      for (Pid pid : puppets) {
        bench.let(pid, "trap", Atom.TRUE);
      }
    }

    private Play(Play original, Trace trace) {
      bench = original.bench.copy(trace);
      puppets.addAll(original.puppets);
      counter = original.counter;
    }

    Play copy(Trace trace) {
      return new Play(this, trace);
    }

    void step(int draw) {
      Pid one = puppets.get(draw % PUPPETS);
      Pid other = puppets.get(draw / 10 % PUPPETS);
      Term numbered = Tuple.of(Atom.of("n"), one, other, SmallInt.of(counter++));
      switch (draw / 100 % 14) {
        case 0 -> bench.tell(one, "link", other);
        case 1 -> bench.tell(one, "unlink", other);
        case 2 -> bench.tell(one, "relink", other);
        case 3 -> bench.tell(one, "monitor", other);
        case 4 -> bench.tell(one, "exit", other, Atom.of("reason"));
        case 5 -> bench.tell(one, "monitor_and_demonitor", other);
        case 6 -> bench.tell(one, "timer", SmallInt.of(draw % 90_000), numbered);
        case 7 -> bench.tell(one, "spawn_link");
        case 8 -> bench.tell(one, "spawn_request", other.node());
        case 9 -> bench.tell(one, "unlink_link_unlink", other);
        case 10 -> {
          if (draw % 5 == 0) {
            bench.tell(one, "exit", other, Atom.of("kill"));
          }
        }
        default -> bench.tell(one, "send", other, numbered);
      }
      bench.runUntil(bench.engine.now() + draw % 7 * 9_000L);
    }
  }

  @Property(tries = 150)
  void aCopyGivenTheSameInputsGivesTheSameTrace(
      @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> before,
      @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> after) {
    var whole = new FactList();
    var original = new Play(whole);
    before.forEach(original::step);
    int atCopy = whole.facts().size();
    var rest = new FactList();
    Play copy = original.copy(rest);
    after.forEach(copy::step);
    copy.bench.run();
    assertThat(whole.facts()).hasSize(atCopy); // the copy is independent
    after.forEach(original::step);
    original.bench.run();
    assertThat(rest.facts()).isEqualTo(whole.facts().subList(atCopy, whole.facts().size()));
    for (Pid pid : original.puppets) {
      assertThat(copy.bench.isAlive(pid)).isEqualTo(original.bench.isAlive(pid));
      if (original.bench.isAlive(pid)) {
        assertThat(copy.bench.received(pid)).isEqualTo(original.bench.received(pid));
      }
    }
  }

  @Property(tries = 150)
  void messagesOfAPairArriveInTheOrderOfSending(
      @ForAll @Size(max = 100) List<@IntRange(max = 1_000_000) Integer> draws) {
    var facts = new FactList();
    var play = new Play(facts);
    draws.forEach(play::step);
    play.bench.run();
    Map<String, List<Term>> sent = new LinkedHashMap<>();
    Map<String, List<Term>> delivered = new LinkedHashMap<>();
    for (FactList.Dated dated : facts.facts()) {
      switch (dated.fact()) {
        case ProcessFact.MessageSent(var from, Address.OfProcess(var to), var message) ->
            sent.computeIfAbsent(from + " " + to, _ -> new ArrayList<>()).add(message);
        case ProcessFact.MessageDelivered(var to, var from, var message) when isNumbered(message) ->
            delivered.computeIfAbsent(from + " " + to, _ -> new ArrayList<>()).add(message);
        default -> {}
      }
    }
    delivered.forEach(
        (pair, messages) -> {
          if (sent.containsKey(pair)) { // else timers
            List<Term> notFromTimers = new ArrayList<>(messages);
            notFromTimers.retainAll(sent.get(pair));
            assertThat(sent.get(pair)).containsSubsequence(notFromTimers);
          }
        });
  }

  private static boolean isNumbered(Term message) {
    return message instanceof Tuple tuple && tuple.isTagged(Atom.of("n"), 4);
  }

  @Property(tries = 300)
  void whenAllIsQuietLinksAndMonitorsAreKnownToBothEnds(
      @ForAll @Size(max = 100) List<@IntRange(max = 1_000_000) Integer> draws) {
    var play = new Play(Trace.OFF);
    draws.forEach(play::step);
    play.bench.run();
    var links = new ArrayList<List<Pid>>();
    var monitors = new ArrayList<List<Object>>();
    var monitored = new ArrayList<List<Object>>();
    for (ProcessTable table : play.bench.tables) {
      for (ProcessView view : table.views()) {
        view.links().forEach(other -> links.add(List.of(view.pid(), other)));
        view.monitors().forEach(other -> monitors.add(List.of(view.pid(), other)));
        view.monitoredBy().forEach(other -> monitored.add(List.of(other, view.pid())));
      }
    }
    var backwards = new ArrayList<List<Pid>>();
    links.forEach(pair -> backwards.add(pair.reversed()));
    assertThat(backwards).containsExactlyInAnyOrderElementsOf(links);
    assertThat(monitored).containsExactlyInAnyOrderElementsOf(monitors);
  }
}
