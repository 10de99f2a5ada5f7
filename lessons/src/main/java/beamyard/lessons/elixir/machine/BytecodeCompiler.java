package beamyard.lessons.elixir.machine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/**
 * Turns a function that has become hot into bytecode of the JVM: one method, in which each instruction that is quick becomes what
 * the interpreter would do for it, and each other one gives control back to the interpreter.
 */
final class BytecodeCompiler {
  /** The JVM does not compile methods of more than 8,000 bytes; an instruction takes about ten bytes a number. */
  private static final int LONGEST = 500;

  private static final int STACK = 1;
  private static final int CONSTANTS = 2;
  private static final int BASE = 3;
  private static final int STATE = 4;
  private static final int PC = 6;
  private static final int BUDGET = 7;
  private static final int VALUE = 8;

  private static final ClassDesc OBJECTS = CD_Object.arrayType();
  private static final ClassDesc TERM = ClassDesc.of(Term.class.getName());
  private static final ClassDesc ATOM = ClassDesc.of(Atom.class.getName());
  private static final ClassDesc CONS = ClassDesc.of(Cons.class.getName());
  private static final ClassDesc LIST = ClassDesc.of(ListTerm.class.getName());
  private static final ClassDesc TUPLE = ClassDesc.of(Tuple.class.getName());
  private static final ClassDesc MAP = ClassDesc.of(MapTerm.class.getName());
  private static final ClassDesc QUICK = ClassDesc.of(QuickSteps.class.getName());
  private static final ClassDesc OPERATORS = ClassDesc.of(Operators.class.getName());
  private static final ClassDesc HOT = ClassDesc.of(HotCode.class.getName());
  private static final ClassDesc NAME = ClassDesc.of(HotCode.class.getName() + "Of");

  private static final MethodTypeDesc TO_TERM = MethodTypeDesc.of(TERM);
  private static final MethodTypeDesc TWO_TO_OBJECT =
      MethodTypeDesc.of(CD_Object, CD_Object, CD_Object);
  private static final MethodTypeDesc LONG_TO_OBJECT =
      MethodTypeDesc.of(CD_Object, CD_Object, CD_long);
  private static final MethodTypeDesc TWO_TO_TERM = MethodTypeDesc.of(TERM, CD_Object, CD_Object);
  private static final MethodTypeDesc TWO_TO_INT = MethodTypeDesc.of(CD_int, CD_Object, CD_Object);
  private static final MethodTypeDesc LONG_TO_INT = MethodTypeDesc.of(CD_int, CD_Object, CD_long);
  private static final MethodTypeDesc TWO_TO_BOOLEAN =
      MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object);
  private static final MethodTypeDesc LONG_TO_BOOLEAN =
      MethodTypeDesc.of(CD_boolean, CD_Object, CD_long);
  private static final MethodTypeDesc TO_BOOLEAN = MethodTypeDesc.of(CD_boolean, CD_Object);
  private static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_boolean, CD_int, CD_Object);

  private final int[] ins;
  private final Object[] constants;
  private final CodeBuilder out;

  /** Where instructions begin that somebody goes to. */
  private final SequencedMap<Integer, Label> places = new LinkedHashMap<>();

  /** Where control is given back at an instruction. */
  private final SequencedMap<Integer, Label> exits = new LinkedHashMap<>();

  private final Label leave;

  private BytecodeCompiler(Code code, CodeBuilder out) {
    this.ins = code.instructions;
    this.constants = code.constants;
    this.out = out;
    this.leave = out.newLabel();
  }

  /** The bytecode of a function; empty if it is too long. */
  static Optional<HotCode> compile(Code code) {
    if (code.instructions.length > LONGEST) {
      return Optional.empty();
    }
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(HOT)
                        .withMethodBody(
                            INIT_NAME,
                            MTD_void,
                            0,
                            it ->
                                it.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                        .withMethodBody(
                            "run",
                            MethodTypeDesc.of(CD_long, OBJECTS, OBJECTS, CD_int, CD_long),
                            ClassFile.ACC_PUBLIC,
                            it -> new BytecodeCompiler(code, it).emit(code)));
    try {
      Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
      return Optional.of((HotCode) type.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private void emit(Code code) {
    var entries = new TreeSet<Integer>();
    entries.add(0);
    for (int i = 0; i < code.handlers.length; i += 4) {
      entries.add(code.handlers[i + 2]);
    }
    for (int pc = 0; pc < ins.length; pc += Op.length(ins, pc)) {
      if (!isQuick(pc)) {
        entries.add(pc + Op.length(ins, pc));
      }
    }
    entries.remove(ins.length);
    out.lload(STATE).l2i().istore(PC);
    out.lload(STATE).loadConstant(Integer.SIZE).lushr().l2i().istore(BUDGET);
    out.iload(PC)
        .lookupswitch(leave, entries.stream().map(pc -> SwitchCase.of(pc, place(pc))).toList());
    for (int pc = 0; pc < ins.length; pc += Op.length(ins, pc)) {
      out.labelBinding(place(pc));
      if (isQuick(pc)) {
        instruction(pc);
      } else {
        out.goto_(exit(pc));
      }
    }
    exits.forEach((pc, label) -> out.labelBinding(label).loadConstant(pc).istore(PC).goto_(leave));
    out.labelBinding(leave);
    out.iload(BUDGET).i2l().loadConstant(Integer.SIZE).lshl();
    out.iload(PC).i2l().lor().lreturn();
  }

  private Label place(int pc) {
    return places.computeIfAbsent(pc, _ -> out.newLabel());
  }

  private Label exit(int pc) {
    return exits.computeIfAbsent(pc, _ -> out.newLabel());
  }

  private boolean isQuick(int pc) {
    return switch (ins[pc]) {
      case Op.MOVE, Op.MOVE_2, Op.MOVE_3, Op.JUMP, Op.TAIL_SELF, Op.ADD, Op.SUBTRACT -> true;
      case Op.IF_LESS, Op.IF_AT_MOST, Op.IF_EQUAL, Op.IF_UNEQUAL, Op.IF_SAME -> true;
      case Op.IF_DIFFERENT, Op.IF_TYPE, Op.IF_TRUE, Op.IF_FALSE, Op.IF_TRUTHY -> true;
      case Op.IF_IDENTICAL, Op.CHECK_BOOLEAN, Op.MATCH_CONS, Op.MATCH_TUPLE, Op.ELEMENT -> true;
      case Op.MATCH_MAP, Op.MAP_VALUE, Op.CONS, Op.TUPLE -> true;
      case Op.BINARY -> BINARY.containsKey(Operator.values()[ins[pc + 1]]);
      case Op.UNARY -> Operator.values()[ins[pc + 1]].shape == Operators.Shape.TEST;
      default -> false;
    };
  }

  private void instruction(int pc) {
    switch (ins[pc]) {
      case Op.MOVE, Op.MOVE_2, Op.MOVE_3 -> {
        for (int at = pc + 1; at < pc + Op.length(ins, pc); at += 2) {
          int from = ins[at + 1];
          store(ins[at], () -> load(from));
        }
      }
      case Op.JUMP -> out.goto_(place(ins[pc + 1]));
      case Op.TAIL_SELF -> {
        out.iload(BUDGET).iconst_1().if_icmple(exit(pc));
        out.iinc(BUDGET, -1).goto_(place(0));
      }
      case Op.ADD -> arithmetic(pc, "sum", ins[pc + 1], ins[pc + 2], ins[pc + 3]);
      case Op.SUBTRACT -> arithmetic(pc, "difference", ins[pc + 1], ins[pc + 2], ins[pc + 3]);
      case Op.BINARY -> binary(pc);
      case Op.UNARY -> {
        int number = ins[pc + 1];
        int x = ins[pc + 3];
        store(
            ins[pc + 2],
            () -> {
              test(number, x);
              out.invokestatic(ATOM, "of", MethodTypeDesc.of(ATOM, CD_boolean));
            });
      }
      case Op.CHECK_BOOLEAN -> {
        load(ins[pc + 1]);
        out.invokestatic(QUICK, "isBoolean", TO_BOOLEAN).ifeq(exit(pc));
      }
      case Op.ELEMENT -> {
        int tuple = ins[pc + 2];
        int index = ins[pc + 3];
        store(
            ins[pc + 1],
            () -> {
              load(tuple);
              out.checkcast(TUPLE).loadConstant(index);
              out.invokevirtual(TUPLE, "get", MethodTypeDesc.of(TERM, CD_int));
            });
      }
      case Op.MAP_VALUE -> {
        load(ins[pc + 2]);
        out.checkcast(MAP);
        loadTerm(ins[pc + 3]);
        out.invokevirtual(MAP, "get", MethodTypeDesc.of(TERM, TERM)).astore(VALUE);
        out.aload(VALUE).ifnull(place(ins[pc + 4]));
        store(ins[pc + 1], () -> out.aload(VALUE));
      }
      case Op.CONS -> {
        int head = ins[pc + 2];
        int tail = ins[pc + 3];
        store(
            ins[pc + 1],
            () -> {
              out.new_(CONS).dup();
              loadTerm(head);
              loadTerm(tail);
              out.invokespecial(CONS, INIT_NAME, MethodTypeDesc.of(CD_void, TERM, TERM));
            });
      }
      case Op.TUPLE -> store(ins[pc + 1], () -> tuple(pc));
      default -> condition(pc);
    }
  }

  /** Instructions that go on or go elsewhere. */
  private void condition(int pc) {
    Label other = place(ins[pc + Op.length(ins, pc) - 1]);
    int x = ins[pc + 1];
    int y = ins[pc + 2];
    switch (ins[pc]) {
      case Op.IF_LESS -> compare(x, y).ifge(other);
      case Op.IF_AT_MOST -> compare(x, y).ifgt(other);
      case Op.IF_EQUAL -> equality("equal", x, y).ifeq(other);
      case Op.IF_UNEQUAL -> equality("equal", x, y).ifne(other);
      case Op.IF_SAME -> equality("same", x, y).ifeq(other);
      case Op.IF_DIFFERENT -> equality("same", x, y).ifne(other);
      case Op.IF_TYPE -> test(x, y).ifeq(other);
      case Op.IF_IDENTICAL -> load(x, y).if_acmpne(other);
      case Op.IF_TRUE -> atom(x, "TRUE").if_acmpne(other);
      case Op.IF_FALSE -> atom(x, "FALSE").if_acmpne(other);
      case Op.IF_TRUTHY -> load(x).invokestatic(QUICK, "isTruthy", TO_BOOLEAN).ifeq(other);
      case Op.MATCH_MAP -> load(x).instanceOf(MAP).ifeq(other);
      case Op.MATCH_TUPLE -> {
        load(x).astore(VALUE).aload(VALUE).instanceOf(TUPLE).ifeq(other);
        out.aload(VALUE).checkcast(TUPLE).invokevirtual(TUPLE, "size", MethodTypeDesc.of(CD_int));
        out.loadConstant(y).if_icmpne(other);
      }
      case Op.MATCH_CONS -> {
        load(x).astore(VALUE).aload(VALUE).instanceOf(CONS).ifeq(other);
        part(y, "head");
        part(ins[pc + 3], "tail");
      }
      default -> throw new AssertionError("not quick: " + ins[pc]);
    }
  }

  private void part(int register, String part) {
    if (register >= 0) {
      store(register, () -> out.aload(VALUE).checkcast(CONS).invokevirtual(CONS, part, TO_TERM));
    }
  }

  private CodeBuilder atom(int x, String name) {
    return load(x).getstatic(ATOM, name, ATOM);
  }

  private CodeBuilder compare(int x, int y) {
    load(x);
    return isSmall(y)
        ? out.loadConstant(small(y)).invokestatic(QUICK, "compare", LONG_TO_INT)
        : load(y).invokestatic(OPERATORS, "compare", TWO_TO_INT);
  }

  private CodeBuilder equality(String name, int x, int y) {
    load(x);
    return isSmall(y)
        ? out.loadConstant(small(y)).invokestatic(QUICK, name, LONG_TO_BOOLEAN)
        : load(y).invokestatic(OPERATORS, name, TWO_TO_BOOLEAN);
  }

  private CodeBuilder test(int number, int x) {
    return switch (Operator.values()[number]) {
      case IS_LIST -> load(x).instanceOf(LIST);
      case IS_TUPLE -> load(x).instanceOf(TUPLE);
      case IS_MAP -> load(x).instanceOf(MAP);
      case IS_ATOM -> load(x).instanceOf(ATOM);
      default -> {
        out.loadConstant(number);
        yield load(x).invokestatic(OPERATORS, "test", TEST);
      }
    };
  }

  private void tuple(int pc) {
    int size = ins[pc + 2];
    out.loadConstant(size).anewarray(TERM);
    for (int i = 0; i < size; i++) {
      out.dup().loadConstant(i);
      loadTerm(ins[pc + 3 + i]);
      out.aastore();
    }
    out.invokestatic(TUPLE, "of", MethodTypeDesc.of(TUPLE, TERM.arrayType()));
  }

  /** What is called for an operator. Its operands may be exchanged and the result turned round. */
  private record Call(String method, Result result) {}

  private enum Result {
    /** Or nothing: then the interpreter has to do it. */
    NUMBER,
    BOOLEAN,
    BOOLEAN_OF_SWAPPED,
    NEGATED
  }

  private static final Map<Operator, Call> BINARY = new LinkedHashMap<>();

  static {
    BINARY.put(Operator.MULTIPLY, new Call("product", Result.NUMBER));
    BINARY.put(Operator.DIV, new Call("quotient", Result.NUMBER));
    BINARY.put(Operator.REM, new Call("remainder", Result.NUMBER));
    BINARY.put(Operator.LESS, new Call("less", Result.BOOLEAN));
    BINARY.put(Operator.AT_MOST, new Call("atMost", Result.BOOLEAN));
    BINARY.put(Operator.GREATER, new Call("less", Result.BOOLEAN_OF_SWAPPED));
    BINARY.put(Operator.AT_LEAST, new Call("atMost", Result.BOOLEAN_OF_SWAPPED));
    BINARY.put(Operator.EQUAL, new Call("equalTerm", Result.BOOLEAN));
    BINARY.put(Operator.UNEQUAL, new Call("equalTerm", Result.NEGATED));
    BINARY.put(Operator.SAME, new Call("sameTerm", Result.BOOLEAN));
    BINARY.put(Operator.DIFFERENT, new Call("sameTerm", Result.NEGATED));
  }

  private void binary(int pc) {
    Call call = BINARY.get(Operator.values()[ins[pc + 1]]);
    int to = ins[pc + 2];
    int x = ins[pc + 3];
    int y = ins[pc + 4];
    if (call.result() == Result.NUMBER) {
      arithmetic(pc, call.method(), to, x, y);
      return;
    }
    boolean swapped = call.result() == Result.BOOLEAN_OF_SWAPPED;
    store(
        to,
        () -> {
          load(swapped ? y : x, swapped ? x : y).invokestatic(QUICK, call.method(), TWO_TO_TERM);
          if (call.result() == Result.NEGATED) {
            out.invokestatic(QUICK, "not", MethodTypeDesc.of(TERM, TERM));
          }
        });
  }

  private void arithmetic(int pc, String method, int to, int x, int y) {
    if (isSmall(y)) {
      load(x).loadConstant(small(y)).invokestatic(QUICK, method, LONG_TO_OBJECT);
    } else {
      load(x, y).invokestatic(QUICK, method, TWO_TO_OBJECT);
    }
    out.astore(VALUE).aload(VALUE).ifnull(exit(pc));
    store(to, () -> out.aload(VALUE));
  }

  private boolean isSmall(int operand) {
    return operand < 0 && constants[~operand] instanceof SmallInt;
  }

  private long small(int operand) {
    return ((SmallInt) constants[~operand]).value();
  }

  private CodeBuilder load(int operand) {
    return operand >= 0
        ? out.aload(STACK).iload(BASE).loadConstant(operand).iadd().aaload()
        : out.aload(CONSTANTS).loadConstant(~operand).aaload();
  }

  private CodeBuilder load(int x, int y) {
    load(x);
    return load(y);
  }

  private void loadTerm(int operand) {
    load(operand).checkcast(TERM);
  }

  private void store(int register, Runnable value) {
    out.aload(STACK).iload(BASE).loadConstant(register).iadd();
    value.run();
    out.aastore();
  }
}
