package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Code.VariableRange;
import beamyard.lessons.elixir.machine.Execution.Frame;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call in progress looks like from outside. */
final class StackViews {
  /** How many functions {@link #frames} shows of a deep stack, counted from the innermost. */
  private static final int FRAMES_SHOWN = 1000;

  private StackViews() {}

  /** The functions on the stack, the innermost first; of a very deep stack only the innermost. */
  static List<Frame> frames(CallStack calls, @Nullable Routine inner) {
    var frames = new ArrayList<Frame>();
    if (inner instanceof Execution nested) {
      frames.addAll(nested.frames());
    }
    addFrame(frames, calls, calls.code, calls.pc, calls.base);
    for (int i = calls.depth - 1; i >= 0 && frames.size() < FRAMES_SHOWN; i--) {
      addFrame(frames, calls, calls.callers[i], calls.returns[2 * i] - 1, calls.returns[2 * i + 1]);
    }
    return List.copyOf(frames);
  }

  /** Where it is, as the stack trace of an exception raised here would be, the innermost first. */
  static ListTerm trace(CallStack calls, @Nullable Routine inner) {
    var entries = new ArrayList<Term>();
    Routine innermost = inner instanceof Nested nested ? nested.running().orElse(null) : inner;
    if (innermost instanceof Execution nested) {
      nested.stackTrace().forEach(entries::add);
    } else if (calls.code.unit().kind() == Unit.Kind.PROMPT) {
      entries.add(Stacktrace.waitingAtPrompt());
    }
    if (calls.code.unit().kind() != Unit.Kind.ENTRY) {
      entries.addAll(Stacktrace.callers(calls.code, calls.pc, Unwinding.setting(calls)));
    }
    Unwinding.callersTrace(calls).forEach(entries::add);
    return ListTerm.of(entries.subList(0, Math.min(entries.size(), Stacktrace.DEPTH)));
  }

  private static void addFrame(List<Frame> frames, CallStack calls, Code of, int at, int start) {
    if (of.unit().kind() == Unit.Kind.ENTRY) {
      return;
    }
    var variables = new LinkedHashMap<String, Term>();
    var ranges = new ArrayList<>(of.variables);
    ranges.sort((a, b) -> Integer.compare(a.start(), b.start()));
    for (VariableRange range : ranges) {
      Object value = CallStack.get(calls.stack, of.constants, start, range.operand());
      if (range.start() <= at && at <= range.end() && value instanceof Term term) {
        Variable variable = range.variable();
        variables.remove(variable.name());
        variables.put(variable.name(), term);
      }
    }
    Code.Origin origin = of.origin;
    frames.add(
        new Frame(
            of.unit().name(),
            origin.function(),
            origin.arity(),
            of.lineAt(at),
            Collections.unmodifiableSequencedMap(variables)));
  }
}
