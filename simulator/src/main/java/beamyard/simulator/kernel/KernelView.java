package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel's services of one node believe at one instant; nodes may differ. Immutable.
 *
 * @param names global names, in term order
 * @param locks global locks that are set on this node, in term order of what they lock
 * @param groups groups of all scopes of {@code pg}, by scope and in term order
 */
public record KernelView(List<GlobalName> names, List<GlobalLock> locks, List<Group> groups) {
  /** What a node without kernel services believes. */
  public static final KernelView EMPTY = new KernelView(List.of(), List.of(), List.of());

  /** A global name and the process that this node takes for its holder. */
  public record GlobalName(Term name, Pid pid) {}

  /**
   * A lock that is set.
   *
   * @param requester who may set it again
   * @param holders the processes that set it
   */
  public record GlobalLock(Term resource, Term requester, List<Pid> holders) {}

  /** A process group with all members this node knows of, a process as often as it joined. */
  public record Group(Atom scope, Term name, List<Pid> members) {}

  /** What is published on a node now; tables whose owner has died count as empty. */
  public static KernelView of(KernelTables tables, ProcessTable processes) {
    var names = new ArrayList<GlobalName>();
    var locks = new ArrayList<GlobalLock>();
    var groups = new ArrayList<Group>();
    tables.forEachOfTheLiving(
        processes,
        (name, table) -> {
          switch (table) {
            case GlobalView global -> {
              global
                  .names()
                  .names()
                  .forEach(entry -> names.add(new GlobalName(entry.key(), entry.value().pid())));
              global
                  .locks()
                  .locks()
                  .forEach(
                      entry ->
                          locks.add(
                              new GlobalLock(
                                  entry.key(),
                                  entry.value().requester(),
                                  entry.value().holders().stream()
                                      .map(GlobalLocks.Holder::pid)
                                      .toList())));
            }
            case ProcessGroups.View scope ->
                scope
                    .groups()
                    .forEach(
                        entry ->
                            groups.add(new Group(name, entry.key(), pids(entry.value().all()))));
            default -> {} // a table of a service that has no view
          }
        });
    return new KernelView(List.copyOf(names), List.copyOf(locks), List.copyOf(groups));
  }

  /** The nodes that share their names with a node, as far as its {@code :global} knows. */
  public static List<Atom> knownByGlobal(KernelTables tables, ProcessTable processes) {
    var known = new ArrayList<Atom>();
    tables.forEachOfTheLiving(
        processes,
        (_, table) -> {
          if (table instanceof GlobalView global) {
            for (MapTerm.Entry entry : global.known()) {
              if (entry.key() instanceof Atom node) {
                known.add(node);
              }
            }
          }
        });
    return List.copyOf(known);
  }

  private static List<Pid> pids(ListTerm list) {
    return list.toList().stream().map(Pid.class::cast).toList();
  }
}
