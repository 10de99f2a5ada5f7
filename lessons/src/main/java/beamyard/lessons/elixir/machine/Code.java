package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure.FunctionCode;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of one function. Its frame has registers: first the arguments, then the free variables (of a
 * closure),
 * then the variables bound inside, then temporaries.
 *
 * <p>An operand is the number of a register, or the complement of the number of a constant. Immutable once its module
 * is
 * made.
 */
final class Code implements FunctionCode {
  /** {@link #handlers} entries of a guard: jump only, forget the exception. */
  static final int NO_REGISTER = -1;

  /** So many time slices make code hot: some ten thousand calls. */
  private static final int HOT = 4;

  final Origin origin;
  private final Unit unit;
  final int arity;
  final int freeCount;
  final int[] instructions;
  final Object[] constants;
  final Object[] pool;

  /** How many registers it uses. */
  final int frameSize;

  /**
   * Four numbers each: start and end of the region, where to go, first of the registers for class, reason and
   * trace.
   */
  final int[] handlers;

  /** Pairs of instruction index and line, ascending. */
  final int[] lines;

  final List<VariableRange> variables;

  /** How often its slices ended in it, more or less: whoever runs it counts. */
  private int heat;

  /** What it is when it has become hot. The same in effect, so it does not matter who sees it when. */
  private @Nullable HotCode hot;

  /** The numbers of the closures made inside. */
  private final int[] closures;

  /**
   * Which function it is.
   *
   * @param module whose code it is; functions at a prompt have none of their own
   * @param line of the head
   * @param ownFile where it was written, if that is not the file of its unit
   */
  record Origin(Unit unit, Atom function, int arity, int line, Optional<String> ownFile) {
    Origin(Unit unit, Atom function, int arity, int line) {
      this(unit, function, arity, line, Optional.empty());
    }

    String file() {
      return ownFile.orElse(unit.file());
    }
  }

  /** Where a variable can be seen. An operand may be a constant. */
  record VariableRange(Variable variable, int operand, int start, int end) {}

  Code(
      Origin origin,
      int arity,
      int freeCount,
      int[] instructions,
      Object[] constants,
      Object[] pool,
      int frameSize,
      int[] handlers,
      int[] lines,
      List<VariableRange> variables,
      int[] closures) {
    this.origin = origin;
    this.unit = origin.unit();
    this.arity = arity;
    this.freeCount = freeCount;
    this.instructions = instructions;
    this.constants = constants;
    this.pool = pool;
    this.frameSize = frameSize;
    this.handlers = handlers;
    this.lines = lines;
    this.variables = variables;
    this.closures = closures;
  }

  /** Its bytecode; {@code null} as long as it is not hot. */
  @Nullable HotCode hot() {
    return hot;
  }

  /** Notes that a time slice ended in it; it becomes hot when that has happened often. */
  void warmUp() {
    if (heat <= HOT && ++heat > HOT) {
      hot = BytecodeCompiler.compile(this).orElse(null);
    }
  }

  Unit unit() {
    return unit;
  }

  /** The numbers of the closures made inside; to be read only. */
  int[] closures() {
    return closures;
  }

  @Override
  public Term asTerm() {
    var terms = new ArrayList<Term>();
    for (int instruction : instructions) {
      terms.add(SmallInt.of(instruction));
    }
    for (Object constant : constants) {
      terms.add((Term) constant);
    }
    for (Object object : pool) {
      terms.add(Bits.of(describe(object)));
    }
    for (int i = 0; i < closures.length; i++) {
      terms.add(unit().closure(closures[i]).asTerm());
    }
    return Tuple.of(origin.function(), SmallInt.of(origin.line()), ListTerm.of(terms));
  }

  private static String describe(Object object) {
    return switch (object) {
      case BitSyntax.Format[] formats -> Arrays.toString(formats);
      case CallSite site -> site.toString();
      case BitSyntax.Format format -> format.toString();
      default -> "";
    };
  }

  /** A number that the same code has in every run. */
  int fingerprint() {
    int hash = Arrays.hashCode(instructions);
    for (Object constant : constants) {
      hash = 31 * hash + constant.toString().hashCode();
    }
    for (Object object : pool) {
      hash = 31 * hash + describe(object).hashCode();
    }
    return hash;
  }

  /** The line of an instruction; 0 if unknown. */
  int lineAt(int index) {
    int line = origin.line();
    for (int i = 0; i < lines.length && lines[i] <= index; i += 2) {
      line = lines[i + 1];
    }
    return line;
  }

  /** The index in {@link #handlers} of the innermost region around an instruction; -1 if there is none. */
  int handlerAt(int index) {
    for (int i = 0; i < handlers.length; i += 4) {
      if (handlers[i] <= index && index < handlers[i + 1]) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return origin.unit().name() + "." + origin.function() + "/" + origin.arity();
  }
}
