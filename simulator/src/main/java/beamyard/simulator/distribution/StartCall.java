package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.Distribution.Start;
import beamyard.simulator.distribution.Distribution.Starting;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code net_kernel:start/1}: turns distribution on and waits for the host's port mapper. */
final class StartCall implements Routine {
  private static final Pattern VALID_NAME = Pattern.compile("[0-9A-Za-z_\\-]+");

  private static final long LONGEST_TICK_MILLIS = 86_400_000;

  private final Term arguments;
  private @Nullable Reference tag;

  StartCall(Term arguments) {
    this.arguments = arguments;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (tag == null) {
      Outcome immediate = begin(self);
      if (immediate != null) {
        return immediate;
      }
    }
    return Replies.await(
            self,
            message ->
                message.size() == 2 && message.get(0).equals(tag)
                    ? Optional.of(message.get(1))
                    : Optional.empty())
        .<Outcome>map(Outcome.Returned::new)
        .orElse(Outcome.WAITING);
  }

  private @Nullable Outcome begin(ProcessContext self) {
    List<Term> given =
        arguments instanceof ListTerm list && list.isProper() ? list.toList() : List.of();
    Optional<NodeName.Kind> kind =
        given.size() == 1 ? Optional.of(NodeName.Kind.LONG) : kind(given);
    if (given.isEmpty()
        || given.size() > 3
        || !(given.getFirst() instanceof Atom name)
        || kind.isEmpty()) {
      return new Outcome.Raised(ExceptionClass.ERROR, Atom.of("function_clause"), ListTerm.empty());
    }
    Distribution distribution = self.owned(Distribution.class);
    Optional<Pid> kernel = distribution.kernel();
    if (kernel.isPresent()) {
      return new Outcome.Returned(
          Tuple.of(Atom.ERROR, Tuple.of(Atom.of("already_started"), kernel.get())));
    }
    int tickTime = distribution.initialTickTimeSeconds();
    if (given.size() == 3) {
      if (!(given.get(2) instanceof SmallInt tick)
          || tick.value() <= 0
          || tick.value() > LONGEST_TICK_MILLIS) {
        return new Outcome.Raised(
            ExceptionClass.ERROR, Atom.of("function_clause"), ListTerm.empty());
      }
      tickTime =
          Math.toIntExact(
              (tick.value() * 4 - 1) / 1000 + 1); // four ticks of the given milliseconds
    }
    Optional<NodeName> full = complete(name.name(), kind.get(), distribution.host());
    if (full.isEmpty()) {
      return new Outcome.Returned(
          Tuple.of(Atom.ERROR, NetKernel.startFailure(name, kind.get(), tickTime)));
    }
    tag = self.makeReference();
    distribution.begin(
        new Starting(
            full.get().atom(),
            kind.get(),
            tickTime,
            Start.BY_CALL,
            Optional.of(new Caller(self.self(), tag))));
    return null;
  }

  private static Optional<NodeName.Kind> kind(List<Term> given) {
    Term domain = given.size() > 1 ? given.get(1) : Atom.UNDEFINED;
    return domain == Atom.of("shortnames")
        ? Optional.of(NodeName.Kind.SHORT)
        : domain == Atom.of("longnames") ? Optional.of(NodeName.Kind.LONG) : Optional.empty();
  }

  /** Adds the host to a name that has none; empty if the name is no good for its kind. */
  private static Optional<NodeName> complete(String text, NodeName.Kind kind, String host) {
    Optional<NodeName> name =
        text.indexOf('@') < 0 ? Optional.of(new NodeName(text, host)) : NodeName.parse(text);
    return name.filter(
        full ->
            VALID_NAME.matcher(full.name()).matches()
                && (text.indexOf('@') > 0 && kind == NodeName.Kind.LONG || full.suits(kind)));
  }

  @Override
  public Routine copy() {
    var copy = new StartCall(arguments);
    copy.tag = tag;
    return copy;
  }
}
