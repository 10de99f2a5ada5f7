package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The functions of {@code pg}. Members are read without asking the scope; a scope that does not run has none.
 *
 * @see <a href="https://www.erlang.org/doc/man/pg.html">OTP kernel, pg</a>
 */
final class ProcessGroupFunctions {
  private static final Atom NOLOCAL = Atom.of("nolocal");

  private ProcessGroupFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(Words.PG, "start", (self, a) -> start(self, "start", a, ServiceStart.Tie.NONE), 1);
    all.add(
        Words.PG,
        "start_link",
        (self, a) -> start(self, "start_link", a, ServiceStart.Tie.LINK),
        0,
        1);
    all.add(
        Words.PG,
        "join",
        (self, a) -> change(self, "join", ProcessGroups.JOIN_LOCAL, withScope(a, 2)),
        2,
        3);
    all.add(
        Words.PG,
        "leave",
        (self, a) -> change(self, "leave", ProcessGroups.LEAVE_LOCAL, withScope(a, 2)),
        2,
        3);
    all.add(
        Words.PG,
        "monitor_scope",
        (self, a) -> ask(self, withScope(a, 0).get(0), ProcessGroups.MONITOR),
        0,
        1);
    all.add(Words.PG, "monitor", (self, a) -> monitor(self, withScope(a, 1)), 1, 2);
    all.add(Words.PG, "demonitor", (self, a) -> demonitor(self, withScope(a, 1)), 1, 2);
    all.add(
        Words.PG,
        "get_members",
        (self, a) -> Turn.value(members(self, withScope(a, 1)).all()),
        1,
        2);
    all.add(
        Words.PG,
        "get_local_members",
        (self, a) -> Turn.value(members(self, withScope(a, 1)).local()),
        1,
        2);
    all.add(
        Words.PG,
        "which_groups",
        (self, a) -> groups(self, "which_groups", withScope(a, 0), Which.ALL),
        0,
        1);
    all.add(
        Words.PG,
        "which_local_groups",
        (self, a) -> groups(self, "which_local_groups", withScope(a, 0), Which.LOCAL),
        0,
        1);
  }

  private enum Which {
    ALL,
    LOCAL
  }

  /** The arguments with the scope in front, {@code pg} if it is left out. */
  private static List<Term> withScope(List<Term> arguments, int others) {
    return arguments.size() > others ? arguments : ServerCall.before(Words.PG, arguments);
  }

  private static Turn start(
      ProcessContext self, String function, List<Term> arguments, ServiceStart.Tie tie) {
    return withScope(arguments, 0).get(0) instanceof Atom scope
        ? ServiceStart.start(self, new ProcessGroups(scope), Words.PG, scope, tie)
        : Turn.functionClause(Words.PG, Atom.of(function), arguments);
  }

  private static Turn ask(ProcessContext self, Term scope, Term request) {
    return ServerCall.gen(self, scope, request, Words.INFINITY);
  }

  private static Turn change(
      ProcessContext self, String function, Atom request, List<Term> arguments) {
    Term pidOrPids = arguments.get(2);
    if (!(pidOrPids instanceof Pid) && !(pidOrPids instanceof ListTerm)) {
      return Turn.functionClause(Words.PG, Atom.of(function), arguments);
    }
    List<Term> pids = pidOrPids instanceof ListTerm list ? list.toList() : List.of(pidOrPids);
    for (Term each : pids) {
      if (!(each instanceof Pid pid && pid.node() == self.node())) {
        return Turn.error(Tuple.of(NOLOCAL, each));
      }
    }
    return pidOrPids instanceof ListTerm list && !list.isProper()
        ? Lists.notTheRestOfAList(Words.PG, Lists.end(list))
        : ask(self, arguments.get(0), Tuple.of(request, arguments.get(1), pidOrPids));
  }

  private static Turn monitor(ProcessContext self, List<Term> arguments) {
    return ask(self, arguments.get(0), Tuple.of(ProcessGroups.MONITOR, arguments.get(1)));
  }

  /** Ends a monitor and removes its messages that have arrived. */
  private static Turn demonitor(ProcessContext self, List<Term> arguments) {
    Term reference = arguments.get(1);
    return Turn.value(
        ask(self, arguments.get(0), Tuple.of(ProcessGroups.DEMONITOR, reference)),
        (_, answer) -> answer == Atom.OK ? flush(reference) : Turn.value(Atom.FALSE));
  }

  private static Turn flush(Term reference) {
    return Turn.await(
        message ->
            message instanceof Tuple event
                    && event.size() == 4
                    && event.get(0).equals(reference)
                    && (event.get(1) == ProcessGroups.JOIN || event.get(1) == ProcessGroups.LEAVE)
                    && reference instanceof Reference
                ? _ -> flush(reference)
                : null,
        0,
        _ -> Turn.value(Atom.OK));
  }

  private static Optional<ProcessGroups.View> view(ProcessContext self, Term scope) {
    return scope instanceof Atom name
        ? self.owned(KernelTables.class).read(self, name, ProcessGroups.View.class)
        : Optional.empty();
  }

  private static ProcessGroups.Members members(ProcessContext self, List<Term> arguments) {
    return view(self, arguments.get(0))
        .flatMap(view -> view.groups().get(arguments.get(1)))
        .orElse(ProcessGroups.Members.NONE);
  }

  private static Turn groups(
      ProcessContext self, String function, List<Term> arguments, Which which) {
    Term scope = arguments.get(0);
    if (!(scope instanceof Atom)) {
      return Turn.functionClause(Words.PG, Atom.of(function), arguments);
    }
    ProcessGroups.View view = view(self, scope).orElse(null);
    if (view == null) {
      Term pattern = Tuple.of(Atom.of("$1"), Atom.of("_"), Atom.of("_"));
      return Turn.noTable(Atom.of("match"), List.of(scope, pattern));
    }
    var names = new ArrayList<Term>();
    for (Table.Entry<ProcessGroups.Members> group : view.groups()) {
      if (which == Which.ALL || !group.value().local().isEmpty()) {
        names.add(group.key());
      }
    }
    return Turn.value(ListTerm.of(names));
  }
}
