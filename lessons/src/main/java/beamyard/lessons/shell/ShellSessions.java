package beamyard.lessons.shell;

import beamyard.lessons.elixir.compiler.Environment;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** What the evaluators of a node's shells remember from input to input: environment and values of variables. */
final class ShellSessions {
  private final List<Session> sessions;
  private Optional<Pid> server = Optional.empty();

  /** What one evaluator knows; immutable. */
  record Session(Environment environment, SequencedMap<Variable, Term> values) {
    Session {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** The values as they are since the node got or lost its name. */
    SequencedMap<Variable, Term> values(UnaryOperator<Term> upToDate) {
      var present = new LinkedHashMap<Variable, Term>();
      values.forEach((variable, value) -> present.put(variable, upToDate.apply(value)));
      return present;
    }
  }

  ShellSessions() {
    this(new ArrayList<>());
  }

  private ShellSessions(List<Session> sessions) {
    this.sessions = sessions;
  }

  ShellSessions copy() {
    var copy = new ShellSessions(new ArrayList<>(sessions));
    copy.server = server;
    return copy;
  }

  /** The process that reads what is typed. */
  Optional<Pid> server() {
    return server;
  }

  void servedBy(Pid pid) {
    server = Optional.of(pid);
  }

  /** Begins a session; its number. */
  int open() {
    sessions.add(new Session(Environment.of("iex"), new LinkedHashMap<>()));
    return sessions.size() - 1;
  }

  Session get(int number) {
    return sessions.get(number);
  }

  void set(int number, Session session) {
    sessions.set(number, session);
  }
}
