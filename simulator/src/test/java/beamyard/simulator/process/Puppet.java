package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Does what {@code {do, Instruction, Arguments...}} says; keeps every other message, newest first. */
final class Puppet implements JavaHandler<ListTerm> {
  private static final Atom DO = Atom.of("do");

  static Term instruction(String name, Term... arguments) {
    Term[] all = new Term[arguments.length + 2];
    all[0] = DO;
    all[1] = Atom.of(name);
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Tuple.of(all);
  }

  @Override
  public Step<ListTerm> handle(ListTerm received, Term message, ProcessContext self) {
    if (!(message instanceof Tuple tuple && tuple.size() >= 2 && tuple.get(0) == DO)) {
      return Step.next(new Cons(message, received));
    }
    Term[] arguments = Arrays.copyOfRange(tuple.toArray(), 2, tuple.size());
    Term first = arguments.length > 0 ? arguments[0] : Atom.OK;
    Term second = arguments.length > 1 ? arguments[1] : Atom.OK;
    Optional<Term> result = Optional.empty();
    switch (tuple.get(1).toString()) {
      case "stop" -> {
        return Step.stop(first);
      }
      case "crash" -> throw new IllegalStateException("crash");
      case "send" -> {
        return Step.next(received).send(address(first), second);
      }
      case "link" -> self.link((Pid) first);
      case "unlink" -> self.unlink((Pid) first);
      case "relink" -> {
        self.unlink((Pid) first);
        self.link((Pid) first);
      }
      case "unlink_link_unlink" -> {
        self.unlink((Pid) first);
        self.link((Pid) first);
        self.unlink((Pid) first);
      }
      case "trap" -> self.setTrapExit(first == Atom.TRUE);
      case "exit" -> self.exit((Pid) first, second, ExitCause.EXIT_CALL);
      case "exit_and_ask" -> {
        self.exit((Pid) first, second, ExitCause.EXIT_CALL);
        result = Optional.of(Atom.of(self.isAlive((Pid) first)));
      }
      case "monitor" -> {
        Optional<Term> tag = arguments.length > 2 ? Optional.of(arguments[2]) : Optional.empty();
        AliasMode mode = arguments.length > 1 ? mode(second) : AliasMode.NONE;
        result = Optional.of(self.monitor(address(first), new MonitorOptions(mode, tag)));
      }
      case "demonitor" ->
          result = Optional.of(Atom.of(self.demonitor((Reference) first, DemonitorOptions.KEEP)));
      case "flush" ->
          result = Optional.of(Atom.of(self.demonitor((Reference) first, DemonitorOptions.FLUSH)));
      case "monitor_and_demonitor" -> {
        Reference reference = self.monitor(address(first), MonitorOptions.PLAIN);
        result = Optional.of(Atom.of(self.demonitor(reference, DemonitorOptions.KEEP)));
      }
      case "alias" -> result = Optional.of(self.alias(mode(first)));
      case "unalias" -> result = Optional.of(Atom.of(self.unalias((Reference) first)));
      case "register" -> result = Optional.of(Atom.of(self.register((Atom) first, self.self())));
      case "whereis" -> result = self.whereis((Atom) first).map(pid -> pid);
      case "timer" ->
          result =
              Optional.of(
                  self.startTimer(
                      ((SmallInt) first).value(),
                      new Address.OfProcess(self.self()),
                      new ProcessContext.TimerMessage(
                          second, ProcessContext.TimerMessage.Form.TIMEOUT_TUPLE)));
      case "cancel" ->
          result =
              Optional.of(
                  self.cancelTimer((Reference) first).<Term>map(SmallInt::of).orElse(Atom.FALSE));
      case "leader" -> result = Optional.of(self.groupLeader());
      case "spawn_request" -> {
        Reference reference = self.makeReference();
        SpawnOptions asked = SpawnOptions.of(SpawnOptions.Flag.LINK, SpawnOptions.Flag.MONITOR);
        var options = new SpawnOptions(asked.flags(), Optional.of(Atom.of("spawn_reply")));
        self.signal(
            new Address.OfName(Atom.of("net_kernel"), (Atom) first),
            new Signal.SpawnRequest(
                self.self(),
                reference,
                self.groupLeader(),
                Atom.of("m"),
                Atom.of("f"),
                ListTerm.empty(),
                options));
      }
      case "spawn_link" ->
          result =
              Optional.of(
                  self.spawn(
                          new Puppet().body(ListTerm.empty()),
                          SpawnOptions.of(SpawnOptions.Flag.LINK),
                          new ProcessContext.InitialCall(Atom.of("puppet"), Atom.of("init"), 0))
                      .pid());
      default -> throw new AssertionError(message);
    }
    ListTerm kept = result.isPresent() ? new Cons(result.get(), received) : received;
    return Step.next(kept);
  }

  private static AliasMode mode(Term mode) {
    return AliasMode.valueOf(mode.toString().toUpperCase(Locale.ROOT));
  }

  private static Address address(Term term) {
    return switch (term) {
      case Pid pid -> new Address.OfProcess(pid);
      case Reference alias -> new Address.OfAlias(alias);
      case Tuple tuple -> new Address.OfName((Atom) tuple.get(0), (Atom) tuple.get(1));
      default -> throw new AssertionError(term);
    };
  }
}
