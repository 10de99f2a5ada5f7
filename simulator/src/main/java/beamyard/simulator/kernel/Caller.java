package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/** Who waits for the reply to a call: {@code {Pid, Tag}}, where the tag may hold an alias to reply to. */
record Caller(Pid pid, Term tag) {
  static Optional<Caller> of(Term from) {
    return from instanceof Tuple pair && pair.size() == 2 && pair.get(0) instanceof Pid pid
        ? Optional.of(new Caller(pid, pair.get(1)))
        : Optional.empty();
  }

  Term from() {
    return Tuple.of(pid, tag);
  }

  Address address() {
    Term tagged =
        tag instanceof Cons wrapped && wrapped.head() instanceof Cons ? wrapped.head() : tag;
    return tagged instanceof Cons cell
            && cell.head() == Words.ALIAS
            && cell.tail() instanceof Reference alias
        ? new Address.OfAlias(alias)
        : new Address.OfProcess(pid);
  }

  Term message(Term reply) {
    return Tuple.of(tag, reply);
  }

  Effect reply(Term reply) {
    return new Effect.Send(address(), message(reply));
  }

  void reply(ProcessContext self, Term reply) {
    self.send(address(), message(reply));
  }
}
