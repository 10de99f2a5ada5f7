package beamyard.exercises.straight;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The process that runs a function of a solution in Java, for that function: the first parameter of each of its public static
 * functions. {@link #call} reaches everything that Elixir and Erlang have; the other methods are short ways to what is used
 * most. What a called function raises comes out as {@link Raised}, and what is not caught ends the process, as in Elixir.
 */
public final class Self {
  private static final Atom OK = Atom.of("ok");
  private static final Atom FLUSH = Atom.of("flush");

  private final StraightLine.Self process;
  private final Meter meter;
  private final Atom module;

  /** A process that is watched: {@code {:DOWN, monitor, :process, pid, reason}} comes when it has ended. */
  public record Monitored(Pid pid, Reference monitor) {
    /** Whether a message says that it has ended, or that its node is lost. */
    public boolean isDown(Term message) {
      return message instanceof Tuple down
          && down.isTagged(Atom.of("DOWN"), 5)
          && down.get(1).equals(monitor);
    }
  }

  Self(StraightLine.Self process, Meter meter, Atom module) {
    this.process = process;
    this.meter = meter;
    this.module = module;
  }

  /**
   * Calls a function in this process.
   *
   * @param moduleName {@code "Enum"} or {@code "Elixir.Enum"} for a module of Elixir, {@code "pg"} for one of Erlang
   */
  public Term call(String moduleName, String function, Term... arguments) {
    Atom name =
        Character.isUpperCase(moduleName.codePointAt(0)) && !moduleName.startsWith("Elixir.")
            ? Atom.of("Elixir." + moduleName)
            : Atom.of(moduleName);
    meter.flush();
    Outcome outcome =
        process.run(process.context().call(name, Atom.of(function), List.of(arguments)));
    meter.waited();
    return switch (outcome) {
      case Outcome.Returned(Term value) -> value;
      case Outcome.Raised(var exceptionClass, Term reason, _) ->
          throw new Raised(exceptionClass, reason);
      case Outcome.Yielded _, Outcome.Waiting _ -> throw new AssertionError(outcome);
    };
  }

  public Pid pid() {
    return process.context().self();
  }

  /** The node this process lives on. */
  public Atom node() {
    return process.context().node();
  }

  /** The other nodes that this one is connected to now: {@code Node.list()}. */
  public List<Atom> nodes() {
    return ((ListTerm) call("Node", "list")).toList().stream().map(Atom.class::cast).toList();
  }

  public void send(Pid to, Term message) {
    call("erlang", "send", to, message);
  }

  /** Sends to whoever has a name on a node. */
  public void send(Atom name, Atom node, Term message) {
    call("erlang", "send", Tuple.of(name, node), message);
  }

  /** Waits for the first message. */
  public Term receive() {
    return receive(_ -> true);
  }

  /** Waits for the first message that matches; the others stay in the mailbox. */
  public Term receive(Predicate<Term> matches) {
    meter.flush();
    Term message = process.receive(matches);
    meter.waited();
    return message;
  }

  /** Waits for the first message that matches; empty if none came in time. */
  public Optional<Term> receive(Predicate<Term> matches, Duration atMost) {
    meter.flush();
    Optional<Term> message = process.receive(matches, atMost);
    meter.waited();
    return message;
  }

  /** Lets virtual time pass. */
  public void sleep(Duration time) {
    meter.flush();
    process.sleep(time);
    meter.waited();
  }

  /** Starts a function of this module, {@code function(Self, arguments...)}, in a process of its own on a node. */
  public Pid spawn(Atom node, String function, Term... arguments) {
    return (Pid) call("Node", "spawn", start(node, function, arguments));
  }

  /** The same, and watches that process from its beginning. */
  public Monitored spawnMonitor(Atom node, String function, Term... arguments) {
    Tuple started = (Tuple) call("Node", "spawn_monitor", start(node, function, arguments));
    return new Monitored((Pid) started.get(0), (Reference) started.get(1));
  }

  private Term[] start(Atom node, String function, Term... arguments) {
    return new Term[] {node, module, Atom.of(Names.inElixir(function)), ListTerm.of(arguments)};
  }

  /** Watches a process. */
  public Monitored monitor(Pid pid) {
    return new Monitored(pid, (Reference) call("Process", "monitor", pid));
  }

  /** Watches no longer, and takes away a {@code DOWN} message that has come already. */
  public void demonitor(Monitored watched) {
    call("Process", "demonitor", watched.monitor(), ListTerm.of(FLUSH));
  }

  /** The text of a file of this node's machine; empty if there is none. */
  public Optional<String> readFile(String path) {
    Tuple read = (Tuple) call("File", "read", Bits.of(path));
    return read.isTagged(OK, 2) ? Optional.of(((Bits) read.get(1)).text()) : Optional.empty();
  }

  /** Raises an exit: unless somebody catches it, the process ends with this reason. */
  public Raised exit(Term reason) {
    throw new Raised(ExceptionClass.EXIT, reason);
  }

  /** Raises an error. */
  public Raised error(Term reason) {
    throw new Raised(ExceptionClass.ERROR, reason);
  }
}
