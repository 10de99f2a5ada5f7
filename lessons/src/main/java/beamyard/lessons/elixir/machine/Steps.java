package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.ModuleSource;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instructions that are not worth a place in the interpreter's loop. */
final class Steps {
  private static final Atom MAPS = Atom.of("maps");
  private static final Atom UPDATE = Atom.of("update");

  private static final long LONGEST_TIMEOUT = 0xFFFFFFFFL;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The functions of {@code erl_eval} that closures of a prompt appear to be, for OTP 25. */
  private static final int PROMPT_UNIQ = 3316493;

  private static final int PROMPT_INDEX = 43;

  private Steps() {}

  private static Object get(Code code, Object[] stack, int base, int operand) {
    return operand >= 0 ? stack[base + operand] : code.constants[~operand];
  }

  private static Term term(Code code, Object[] stack, int base, int operand) {
    return (Term) get(code, stack, base, operand);
  }

  /** Performs an instruction; gives the index of the next. */
  static int perform(Code code, Object[] stack, int base, int pc) {
    int[] ins = code.instructions;
    switch (ins[pc]) {
      case Op.LIST -> {
        int size = ins[pc + 2];
        Term list = term(code, stack, base, ins[pc + 3 + size]);
        for (int i = size - 1; i >= 0; i--) {
          list = new Cons(term(code, stack, base, ins[pc + 3 + i]), list);
        }
        stack[base + ins[pc + 1]] = list;
        return pc + 4 + size;
      }
      case Op.MAP -> {
        MapTerm map = MapTerm.EMPTY;
        int size = ins[pc + 2];
        for (int i = 0; i < size; i++) {
          Term key = term(code, stack, base, ins[pc + 3 + 2 * i]);
          map = map.put(key, term(code, stack, base, ins[pc + 4 + 2 * i]));
        }
        stack[base + ins[pc + 1]] = map;
        return pc + 3 + 2 * size;
      }
      case Op.UPDATE_MAP -> {
        stack[base + ins[pc + 1]] = updateMap(code, stack, base, pc);
        return pc + 4 + 2 * ins[pc + 3];
      }
      case Op.CLOSURE -> {
        stack[base + ins[pc + 1]] = closure(code, stack, base, pc);
        return pc + 4 + ins[pc + 3];
      }
      case Op.EXTERNAL_FUN -> {
        Object module = get(code, stack, base, ins[pc + 2]);
        Object function = get(code, stack, base, ins[pc + 3]);
        Object arity = get(code, stack, base, ins[pc + 4]);
        if (!(module instanceof Atom m)
            || !(function instanceof Atom f)
            || !(arity instanceof SmallInt a)
            || a.value() < 0
            || a.value() > 255) {
          throw Raise.badarg()
              .in(
                  Stacktrace.builtin(
                      Operators.ERLANG,
                      Atom.of("make_fun"),
                      new Term[] {(Term) module, (Term) function, (Term) arity}));
        }
        stack[base + ins[pc + 1]] = new ExternalFun(m, f, (int) a.value());
        return pc + 5;
      }
      case Op.BITS -> {
        int size = ins[pc + 3];
        @Nullable Term[] parts = new Term[2 * size];
        for (int i = 0; i < parts.length; i++) {
          int operand = ins[pc + 4 + i];
          parts[i] = operand == Op.NONE ? null : term(code, stack, base, operand);
        }
        stack[base + ins[pc + 1]] = build(code, (BitSyntax.Format[]) code.pool[ins[pc + 2]], parts);
        return pc + 4 + 2 * size;
      }
      case Op.MATCH_BITS -> {
        boolean matches = get(code, stack, base, ins[pc + 1]) instanceof Bits;
        stack[base + ins[pc + 2]] = SmallInt.of(0);
        return matches ? pc + 4 : ins[pc + 3];
      }
      case Op.MATCH_SEGMENT -> {
        Bits data = (Bits) get(code, stack, base, ins[pc + 2]);
        int position = base + ins[pc + 3];
        Term size = ins[pc + 5] == Op.NONE ? null : term(code, stack, base, ins[pc + 5]);
        int at = (int) ((SmallInt) stack[position]).value();
        BitSyntax.Match match =
            BitSyntax.match(data, at, (BitSyntax.Format) code.pool[ins[pc + 1]], size);
        if (match == null) {
          return ins[pc + 6];
        }
        stack[position] = SmallInt.of(match.end());
        if (ins[pc + 4] != Op.NONE) {
          stack[base + ins[pc + 4]] = match.value();
        }
        return pc + 7;
      }
      case Op.MATCH_BITS_END -> {
        Bits data = (Bits) get(code, stack, base, ins[pc + 1]);
        return ((SmallInt) stack[base + ins[pc + 2]]).value() == data.bitSize()
            ? pc + 4
            : ins[pc + 3];
      }
      case Op.FAIL ->
          throw Failure.values()[ins[pc + 1]].raise(term(code, stack, base, ins[pc + 2]));
      case Op.RERAISE, Op.END_AFTER -> {
        int register = base + ins[pc + 1];
        if (ins[pc] == Op.END_AFTER && stack[register] == Atom.NIL) {
          return pc + 2;
        }
        throw new Raise(Intrinsics.exceptionClass(stack[register]), (Term) stack[register + 1])
            .withTrace((Term) stack[register + 2]);
      }
      default -> throw new AssertionError("no such instruction: " + ins[pc]);
    }
  }

  private static MapTerm updateMap(Code code, Object[] stack, int base, int pc) {
    int[] ins = code.instructions;
    Term subject = term(code, stack, base, ins[pc + 2]);
    if (!(subject instanceof MapTerm map)) {
      throw Raise.error("badmap", subject);
    }
    for (int i = 0; i < ins[pc + 3]; i++) {
      Term key = term(code, stack, base, ins[pc + 4 + 2 * i]);
      if (!map.containsKey(key)) {
        Raise failure = Raise.error("badkey", key);
        Term value = term(code, stack, base, ins[pc + 5 + 2 * i]);
        // at a prompt an update is a call of maps:update/3, in a module it is an instruction
        throw code.unit().kind() == Unit.Kind.PROMPT
            ? failure.in(Stacktrace.builtin(MAPS, UPDATE, new Term[] {key, value, map}))
            : failure;
      }
      map = map.put(key, term(code, stack, base, ins[pc + 5 + 2 * i]));
    }
    return map;
  }

  private static Closure closure(Code code, Object[] stack, int base, int pc) {
    int[] ins = code.instructions;
    Unit unit = code.unit();
    int index = ins[pc + 2];
    Code body = unit.closure(index);
    Term[] free = new Term[ins[pc + 3]];
    for (int i = 0; i < free.length; i++) {
      free[i] = term(code, stack, base, ins[pc + 4 + i]);
    }
    int arity = body.arity;
    List<Term> values = List.of(free);
    return unit.kind() == Unit.Kind.MODULE
        ? new Closure(unit.name(), index, unit.uniq(), arity, values, Optional.empty())
        : new Closure(
            Unit.EVALUATOR, PROMPT_INDEX - arity, PROMPT_UNIQ, arity, values, Optional.of(body));
  }

  /** The other instructions of {@code receive}. */
  static int receive(ProcessContext self, Code code, Object[] stack, int base, int pc) {
    int[] ins = code.instructions;
    if (ins[pc] == Op.RECEIVE_TAKE) {
      self.mailbox().take();
      return pc + 1;
    }
    Object timeout = get(code, stack, base, ins[pc + 1]);
    long deadline;
    if (timeout == Atom.of("infinity")) {
      deadline = Long.MAX_VALUE;
    } else if (timeout instanceof SmallInt millis
        && millis.value() >= 0
        && millis.value() <= LONGEST_TIMEOUT) {
      deadline = self.now() + millis.value() * NANOS_PER_MILLI;
    } else {
      throw Raise.error(Atom.of("timeout_value"));
    }
    stack[base + ins[pc + 2]] = SmallInt.of(deadline);
    return pc + 3;
  }

  /** The next message; {@code timedOut} if there is none in time; {@code null} if that has to be waited for. */
  static @Nullable Object nextMessage(ProcessContext self, long deadline, Object timedOut) {
    Term message = self.mailbox().next();
    if (message != null) {
      return message;
    }
    if (deadline != Long.MAX_VALUE && self.now() >= deadline) {
      self.mailbox().restart();
      return timedOut;
    }
    return null;
  }

  /** A receive without clauses: no message ends it, nor is one looked at. */
  static @Nullable Object pause(ProcessContext self, long deadline, Object timedOut) {
    return deadline != Long.MAX_VALUE && self.now() >= deadline ? timedOut : null;
  }

  static Routine define(ProcessContext self, Code code, Object[] stack, int base, int pc) {
    int[] ins = code.instructions;
    ModuleSource source = (ModuleSource) code.pool[ins[pc + 1]];
    var captured = new LinkedHashMap<Variable, Term>();
    int at = pc + 4;
    for (Variable variable : source.captured()) {
      captured.put(variable, term(code, stack, base, ins[at++]));
    }
    Term name = term(code, stack, base, ins[pc + 2]);
    return self.owned(ModuleDefiner.class).define(self, name, source, captured);
  }

  private static Term build(Code code, BitSyntax.Format[] formats, @Nullable Term[] parts) {
    try {
      return BitSyntax.build(formats, parts);
    } catch (Raise raise) {
      throw code.unit().kind() == Unit.Kind.PROMPT ? BitSyntax.interpreted(raise) : raise;
    }
  }
}
