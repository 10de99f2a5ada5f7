package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compiled together: a module, or an expression at a prompt. Its functions and closures refer to each other by
 * number. Filled while compiling, then left alone.
 */
final class Unit {
  /** The module as which functions made at a prompt appear. */
  static final Atom EVALUATOR = Atom.of("erl_eval");

  /** The module as which the code of a file appears that stands outside of modules. */
  static final Atom COMPILER = Atom.of("elixir_compiler_0");

  /** How its closures find their code. */
  enum Kind {
    /** By module, version and index. */
    MODULE,
    /** They carry it. */
    PROMPT,
    /** They carry it too: unlike OTP, whose nodes do not have the code of each other's scripts. */
    SCRIPT,
    /** What calls the first function of an execution; not to be seen in stack traces. */
    ENTRY
  }

  private final Kind kind;
  private final Atom name;
  private final String file;
  private final List<Code> closures = new ArrayList<>();
  private Code[] functions = new Code[0];
  private int uniq;

  Unit(Kind kind, Atom name, String file) {
    this.kind = kind;
    this.name = name;
    this.file = file;
  }

  Kind kind() {
    return kind;
  }

  Atom name() {
    return name;
  }

  String file() {
    return file;
  }

  int uniq() {
    return uniq;
  }

  Code function(int index) {
    return functions[index];
  }

  /** Whether code is of a closure, not of a function or an expression. */
  boolean isClosure(Code code) {
    return closures.contains(code);
  }

  Code closure(int index) {
    return closures.get(index);
  }

  int closureCount() {
    return closures.size();
  }

  /** Keeps a place for a closure, so that outer ones come before inner ones. */
  int reserveClosure() {
    closures.add(null);
    return closures.size() - 1;
  }

  void setClosure(int index, Code code) {
    closures.set(index, code);
  }

  /** Ends compiling. */
  void seal(Code[] ofFunctions, int version) {
    functions = ofFunctions;
    uniq = version;
  }
}
