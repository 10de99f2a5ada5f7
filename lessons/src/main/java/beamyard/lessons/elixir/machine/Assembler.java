package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Code.VariableRange;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the instructions of one function: labels, constants, lines, regions. */
final class Assembler {
  private int[] instructions = new int[64];
  private int size;
  private int[] labels = new int[16];
  private int labelCount;
  private final List<Integer> labelUses = new ArrayList<>();
  private final List<Object> constants = new ArrayList<>();
  private final Map<Term, Integer> constantIndexes = new HashMap<>(); // lookups only
  private final List<Object> pool = new ArrayList<>();
  private final List<int[]> handlers = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final List<VariableRange> variables = new ArrayList<>();
  private final List<Integer> closures = new ArrayList<>();
  private int lastLine = -1;

  /** The last instruction, if it is a move that the next one may join; -1 if there is none. */
  private int lastMove = -1;

  /** The index of the next instruction. */
  int here() {
    return size;
  }

  int label() {
    if (labelCount == labels.length) {
      labels = Arrays.copyOf(labels, labelCount * 2);
    }
    labels[labelCount] = -1;
    return labelCount++;
  }

  void place(int label) {
    labels[label] = size;
    lastMove = -1; // somebody may come from elsewhere
  }

  /** The operand of a constant. */
  int constant(Term value) {
    if (value instanceof Float64) {
      constants.add(value); // equal floats may differ in the sign of zero
      return ~(constants.size() - 1);
    }
    return ~constantIndexes.computeIfAbsent(
        value,
        _ -> {
          constants.add(value);
          return constants.size() - 1;
        });
  }

  /** The constant of an operand. */
  Term constantAt(int operand) {
    return (Term) constants.get(~operand);
  }

  int pool(Object object) {
    pool.add(object);
    return pool.size() - 1;
  }

  void emit(int op, int... operands) {
    lastMove = -1;
    add(op);
    for (int operand : operands) {
      add(operand);
    }
  }

  /** Moves a value; moves that follow each other become one instruction. */
  void move(int to, int operand) {
    int last = lastMove;
    if (last >= 0 && instructions[last] != Op.MOVE_3) {
      instructions[last] = instructions[last] == Op.MOVE ? Op.MOVE_2 : Op.MOVE_3;
      add(to);
      add(operand);
    } else {
      last = size;
      emit(Op.MOVE, to, operand);
    }
    lastMove = last;
  }

  /** Adds operands to the last instruction. */
  void add(List<Integer> operands) {
    operands.forEach(this::add);
  }

  void addLabel(int label) {
    labelUses.add(size);
    add(label);
  }

  private void add(int number) {
    if (size == instructions.length) {
      instructions = Arrays.copyOf(instructions, size * 2);
    }
    instructions[size++] = number;
  }

  /** The instructions from here on come from this line; 0 leaves it as it is. */
  void line(int line) {
    if (line > 0 && line != lastLine) {
      lines.add(size);
      lines.add(line);
      lastLine = line;
    }
  }

  /** A closure of the unit is made here. */
  void makes(int closure) {
    closures.add(closure);
  }

  /** Exceptions between start and here go to a label. Inner regions have to be added before outer ones. */
  void region(int start, int label, int register) {
    if (start < size) {
      handlers.add(new int[] {start, size, label, register});
    }
  }

  void visible(Variable variable, int operand, int start) {
    variables.add(new VariableRange(variable, operand, start, size));
  }

  Code finish(Code.Origin origin, int arity, int freeCount, int frameSize) {
    for (int use : labelUses) {
      int target = labels[instructions[use]];
      if (target < 0) {
        throw new AssertionError("a label without a place in " + origin);
      }
      instructions[use] = target;
    }
    int[] regions = new int[handlers.size() * 4];
    for (int i = 0; i < handlers.size(); i++) {
      int[] handler = handlers.get(i);
      handler[2] = labels[handler[2]];
      System.arraycopy(handler, 0, regions, i * 4, 4);
    }
    return new Code(
        origin,
        arity,
        freeCount,
        Arrays.copyOf(instructions, size),
        constants.toArray(),
        pool.toArray(),
        frameSize,
        regions,
        lines.stream().mapToInt(Integer::intValue).toArray(),
        List.copyOf(variables),
        closures.stream().mapToInt(Integer::intValue).toArray());
  }
}
