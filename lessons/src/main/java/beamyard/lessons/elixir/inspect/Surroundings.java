package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import java.util.List;

/** What {@link Inspector} must know of the node where a term is printed. */
public interface Surroundings {
  /** The first number in a printed pid, port or reference of a node: 0 for the node itself. */
  long nodeNumber(Atom node);

  /** How structs of a module are printed. */
  StructShape struct(Atom module);

  /** Where a function was made, as in {@code #Function<0.1 in WHERE>}: {@code "Shape.area/1"}. */
  String origin(Closure function);

  /** How structs of a module are printed. */
  sealed interface StructShape {
    /** No such struct here: printed as the map it is. */
    record Unknown() implements StructShape {}

    /** {@code %Name{...}} with these fields, in the order of {@code defstruct}. */
    record Fields(List<Atom> names) implements StructShape {}

    /** The module has its own implementation of the protocol {@code Inspect}, in Elixir. */
    record OwnImplementation() implements StructShape {}
  }

  /** No modules, and every pid local. */
  Surroundings NONE =
      new Surroundings() {
        @Override
        public long nodeNumber(Atom node) {
          return 0;
        }

        @Override
        public StructShape struct(Atom module) {
          return new StructShape.Unknown();
        }

        @Override
        public String origin(Closure function) {
          return function.carried().isPresent()
              ? ":erl_eval.expr/" + (function.arity() < 2 ? 5 : 6)
              : AtomText.inspect(function.module());
        }
      };
}
