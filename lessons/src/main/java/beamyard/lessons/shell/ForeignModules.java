package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.shell.ForeignModule.Function;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The modules of a node that are no Elixir. A module of Elixir stands for each, whose functions call those of the other. */
record ForeignModules(List<ForeignModule> modules) {
  private static final String CALLER = "beamyard_foreign";

  static void define(BuiltinTable table) {
    table.defineBlocking(
        CALLER,
        "call",
        3,
        (self, a) ->
            self.owned(ForeignModules.class)
                .call((Atom) a[0], (Atom) a[1], ((ListTerm) a[2]).toList()));
  }

  private Routine call(Atom module, Atom function, List<Term> arguments) {
    return modules.stream()
        .filter(each -> module.name().equals("Elixir." + each.name()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no foreign module " + module))
        .call(function, arguments);
  }

  /** The source of the module that stands for another: each function in its own line, for stack traces. */
  static SourceFile elixirOf(ForeignModule module) {
    var text = new StringBuilder("defmodule " + module.name() + " do");
    int line = 1;
    List<Function> functions =
        module.functions().stream().sorted(Comparator.comparingInt(Function::line)).toList();
    for (Function function : functions) {
      text.append(line < function.line() ? "\n".repeat(function.line() - line) : ";");
      line = Math.max(line, function.line());
      text.append(elixirOf(function));
    }
    return new SourceFile(module.file(), text.append("\nend\n").toString());
  }

  private static String elixirOf(Function function) {
    String parameters =
        IntStream.rangeClosed(1, function.arity())
            .mapToObj(number -> "a" + number)
            .collect(Collectors.joining(", "));
    return " def %s(%s), do: :%s.call(__MODULE__, :%s, [%s])"
        .formatted(function.name(), parameters, CALLER, function.name(), parameters);
  }
}
