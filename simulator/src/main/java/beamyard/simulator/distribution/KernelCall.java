package beamyard.simulator.distribution;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation with this node's {@code net_kernel}: one request, its answer; {@code ignored} if there is none. */
final class KernelCall implements Routine {
  private static final Atom IGNORED = Atom.of("ignored");
  private static final Atom DOWN = Atom.of("DOWN");

  private final Term request;
  private @Nullable Reference reference;

  KernelCall(Term request) {
    this.request = request;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (reference == null) {
      if (self.whereis(Site.NET_KERNEL).isEmpty()) {
        return new Outcome.Returned(IGNORED);
      }
      reference = ask(self);
    }
    Term tag = new Cons(Atom.of("alias"), reference);
    return Replies.await(
            self,
            message -> {
              if (message.isTagged(DOWN, 5) && message.get(1).equals(reference)) {
                return Optional.of(IGNORED);
              }
              return message.size() == 2 && message.get(0).equals(tag)
                  ? Optional.of(message.get(1))
                  : Optional.empty();
            })
        .<Outcome>map(Outcome.Returned::new)
        .orElse(Outcome.WAITING);
  }

  private Reference ask(ProcessContext self) {
    var kernel = new Address.OfName(Site.NET_KERNEL, self.node());
    Reference made =
        self.monitor(kernel, new MonitorOptions(AliasMode.REPLY_DEMONITOR, Optional.empty()));
    Term from = Tuple.of(self.self(), new Cons(Atom.of("alias"), made));
    self.send(kernel, Tuple.of(Atom.of("$gen_call"), from, request));
    return made;
  }

  @Override
  public Routine copy() {
    var copy = new KernelCall(request);
    copy.reference = reference;
    return copy;
  }
}
