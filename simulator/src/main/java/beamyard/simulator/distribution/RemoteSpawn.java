package beamyard.simulator.distribution;

import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.Spawned;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation that spawns on another node and waits for the pid. */
final class RemoteSpawn implements Routine {
  private static final Atom SPAWN_REPLY = Atom.of("spawn_reply");

  private final Atom node;
  private final Atom module;
  private final Atom function;
  private final List<Term> arguments;
  private final SpawnOptions options;
  private @Nullable Reference reference;

  RemoteSpawn(Atom node, Atom module, Atom function, List<Term> arguments, SpawnOptions options) {
    this.node = node;
    this.module = module;
    this.function = function;
    this.arguments = arguments;
    this.options = options;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (node == self.node()) {
      var call = new InitialCall(module, function, arguments.size());
      return answer(self.spawn(self.call(module, function, arguments), options, call));
    }
    if (reference == null) {
      var asked =
          new SpawnOptions(
              options.flags(),
              Optional.of(SPAWN_REPLY),
              SpawnOptions.Reply.YES,
              options.monitorTag());
      reference = self.distribution().spawnRequest(self, node, module, function, arguments, asked);
    }
    Optional<Term> reply =
        Replies.await(
            self,
            message ->
                message.isTagged(SPAWN_REPLY, 4) && message.get(1).equals(reference)
                    ? Optional.of(message)
                    : Optional.empty());
    if (reply.isEmpty()) {
      return Outcome.WAITING;
    }
    Term outcome = ((Tuple) reply.get()).get(2);
    Term value = ((Tuple) reply.get()).get(3);
    if (outcome == Atom.OK) {
      Term result = options.has(SpawnOptions.Flag.MONITOR) ? Tuple.of(value, reference) : value;
      return new Outcome.Returned(result);
    }
    if (value != Connections.NOCONNECTION) {
      return new Outcome.Raised(ExceptionClass.ERROR, value, ListTerm.empty());
    }
    var crasher =
        new Crasher(Tuple.of(module, function, ListTerm.of(arguments), shown(options), node));
    return answer(
        self.spawn(
            crasher, options, new InitialCall(Atom.of("erts_internal"), Atom.of("crasher"), 6)));
  }

  /** The options in the words of {@code spawn_opt}. */
  private static ListTerm shown(SpawnOptions options) {
    return ListTerm.of(
        options.flags().stream()
            .map(flag -> Atom.of(flag.name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  private static Outcome answer(Spawned spawned) {
    Term result =
        spawned
            .monitor()
            .<Term>map(monitor -> Tuple.of(spawned.pid(), monitor))
            .orElse(spawned.pid());
    return new Outcome.Returned(result);
  }

  @Override
  public Routine copy() {
    var copy = new RemoteSpawn(node, module, function, arguments, options);
    copy.reference = reference;
    return copy;
  }

  /** What runs instead, on the caller's node, when the other node cannot be reached: it says so and exits. */
  private record Crasher(Term call) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      self.log(new LogReport(Atom.of("warning"), self.self(), Atom.of("can_not_start"), call));
      return new Outcome.Raised(ExceptionClass.EXIT, Connections.NOCONNECTION, ListTerm.empty());
    }

    @Override
    public Routine copy() {
      return this;
    }
  }
}
