package beamyard.simulator.testing;

import beamyard.simulator.NodeFact;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What processes are told of each other's ends, as plain checks of a recording from the start of the cluster: each answers
 * what is wrong, and nothing if all is well.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/processes.html">Erlang reference manual, processes</a>
 */
public final class SignalInvariants {
  private static final Atom PROCESS = Atom.of("process");

  private SignalInvariants() {}

  /** A monitor is told of an end once at most. */
  public static List<String> monitorsFireOnce(List<FactList.Dated> facts) {
    var wrong = new ArrayList<String>();
    var fired = new LinkedHashSet<Reference>();
    for (FactList.Dated dated : facts) {
      if (dated.fact() instanceof ProcessFact.MessageDelivered(Pid to, _, Tuple down)
          && isDown(down)
          && !fired.add((Reference) down.get(1))) {
        wrong.add(to + " was told twice by the monitor " + down.get(1));
      }
    }
    return wrong;
  }

  /** A process that has exited has no name any more; a node that is gone has neither. */
  public static List<String> namesEndWithTheirProcesses(List<FactList.Dated> facts) {
    var names = new LinkedHashMap<Pid, Atom>();
    var exited = new LinkedHashSet<Pid>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.NameRegistered(Atom name, Pid pid) -> names.put(pid, name);
        case ProcessFact.NameFreed(_, Pid pid) -> names.remove(pid);
        case ProcessFact.ProcessExited(Pid pid, _) -> exited.add(pid);
        default -> {}
      }
    }
    names.keySet().retainAll(exited);
    return names.entrySet().stream()
        .map(kept -> kept.getKey() + " has exited and still has the name " + kept.getValue())
        .toList();
  }

  private static boolean isDown(Tuple message) {
    return message.size() == 5 && message.get(1) instanceof Reference && message.get(2) == PROCESS;
  }

  /** Who monitors a process that ends is told, unless it ended or took the monitor back before; once all is quiet. */
  public static List<String> monitorsAreTold(List<FactList.Dated> facts) {
    var ends = new Ends(facts);
    var open = new LinkedHashMap<Reference, Pid[]>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.SignalSent(
                Address.OfProcess(Pid watched),
                Signal.Monitor(Pid from, Reference reference, _)) ->
            open.put(reference, new Pid[] {from, watched});
        case ProcessFact.SignalSent(_, Signal.Demonitor(_, Reference reference)) ->
            open.remove(reference);
        case ProcessFact.MessageDelivered(_, _, Tuple down) when isDown(down) ->
            open.remove((Reference) down.get(1));
        default -> {}
      }
    }
    var wrong = new ArrayList<String>();
    open.forEach(
        (reference, pair) -> {
          if (ends.hasEnded(pair[1]) && !ends.hasEnded(pair[0])) {
            wrong.add(pair[0] + " was not told that " + pair[1] + " ended, which it monitors");
          }
        });
    return wrong;
  }

  /** Who is linked to a process that ends gets its exit signal, unless it ended or was unlinked before; once all is quiet. */
  public static List<String> linksAreTold(List<FactList.Dated> facts) {
    var ends = new Ends(facts);
    var open = new LinkedHashSet<List<Pid>>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.SignalSent(Address.OfProcess(Pid to), Signal.Link(Pid from)) -> {
          open.add(List.of(from, to));
          open.add(List.of(to, from));
        }
        case ProcessFact.SignalSent(Address.OfProcess(Pid to), Signal.Unlink(Pid from, _)) -> {
          open.remove(List.of(from, to));
          open.remove(List.of(to, from));
        }
        case ProcessFact.SignalDelivered(Pid to, Signal.Exit(Pid from, _, ExitCause cause))
            when cause == ExitCause.LINK ->
            open.remove(List.of(to, from));
        default -> {}
      }
    }
    var wrong = new ArrayList<String>();
    for (List<Pid> pair : open) {
      if (ends.hasEnded(pair.getLast()) && !ends.hasEnded(pair.getFirst())) {
        wrong.add(pair.getFirst() + " got no exit signal of " + pair.getLast() + ", its link");
      }
    }
    return wrong;
  }

  /** All of these. */
  public static List<String> ofARecording(List<FactList.Dated> facts) {
    var wrong = new ArrayList<>(monitorsFireOnce(facts));
    wrong.addAll(monitorsAreTold(facts));
    wrong.addAll(linksAreTold(facts));
    wrong.addAll(namesEndWithTheirProcesses(facts));
    return wrong;
  }

  /** Which processes have ended, by themselves or with their nodes. */
  private static final class Ends {
    private final LinkedHashSet<Pid> all = new LinkedHashSet<>();

    Ends(List<FactList.Dated> facts) {
      var living = new LinkedHashSet<Pid>();
      for (FactList.Dated dated : facts) {
        switch (dated.fact()) {
          case ProcessFact.ProcessSpawned(Pid pid, _, _) -> living.add(pid);
          case ProcessFact.ProcessExited(Pid pid, _) -> end(living, List.of(pid));
          case NodeFact.NodeKilled(String label) -> end(living, of(living, label));
          case NodeFact.NodeExited(String label) -> end(living, of(living, label));
          default -> {}
        }
      }
    }

    private void end(LinkedHashSet<Pid> living, List<Pid> pids) {
      pids.forEach(living::remove);
      all.addAll(pids);
    }

    private static List<Pid> of(LinkedHashSet<Pid> living, String label) {
      return living.stream()
          .filter(
              pid ->
                  pid.node().name().replaceFirst("@.*", "").equals(label.replaceFirst("@.*", "")))
          .toList();
    }

    boolean hasEnded(Pid pid) {
      return all.contains(pid);
    }
  }
}
