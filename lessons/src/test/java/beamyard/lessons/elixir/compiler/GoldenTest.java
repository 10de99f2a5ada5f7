package beamyard.lessons.elixir.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.Library;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.stdlib.Stdlib;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Expressions, compiled and run here, against what real Elixir 1.14 made of them: {@code golden.txt}. */
class GoldenTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/beamyard/lessons/elixir/compiler/golden.txt");
  private static final Path LIBRARY = Path.of("src/main/resources/beamyard/lessons/elixir/stdlib");

  private final BuiltinTable builtins = Stdlib.builtins();
  private final Compiler compiler = new Compiler();
  private CompilingProcess process;

  @Test
  void everyExpressionGivesWhatRealElixirGives() throws IOException {
    assertThat(differences(GOLDEN, LIBRARY)).isEmpty();
  }

  List<String> differences(Path golden, Path libraryFolder) throws IOException {
    if (!builtins.hasModule(Atom.of("elixir_def"))) {
      Compiler.defineBuiltins(builtins);
    }
    var library = new ElixirLibrary(sources(libraryFolder), builtins);
    process = new CompilingProcess(new CodeServer(new Library(library), builtins), compiler);
    List<String> lines = Files.readAllLines(golden);
    var differences = new ArrayList<String>();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String actual = result(lines.get(i));
      if (!actual.equals(lines.get(i + 1).strip())) {
        differences.add(
            lines.get(i) + "\n  expected " + lines.get(i + 1).strip() + "\n  actual   " + actual);
      }
    }
    return differences;
  }

  private static SequencedMap<String, String> sources(Path folder) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    try (var files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".ex"))
          .sorted()
          .forEach(
              file -> {
                try {
                  sources.put(file.getFileName().toString(), Files.readString(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return sources;
  }

  private String result(String line) {
    String code =
        line.contains("~S(a") ? line : line.replace("\\n", "\n").replace("\\\\\\\\", "\\\\");
    try {
      Term quoted = Parser.quoted(Source.of("iex", code), ParseOptions.LINES);
      var values = new LinkedHashMap<Variable, Term>();
      var expression = compiler.compileExpression(process, quoted, Environment.of("iex"));
      return switch (process.finish(compiler.evaluate(expression, values))) {
        case Outcome.Returned(Term value) -> shown(((Tuple) value).get(0));
        case Outcome.Raised(var exceptionClass, Term reason, var trace) ->
            error(exceptionClass, reason, trace);
        default -> throw new AssertionError();
      };
    } catch (Raise raise) {
      return error(raise.exceptionClass(), raise.reason(), Nil.NIL);
    } catch (AssertionError | RuntimeException problem) {
      return problem + " at " + List.of(problem.getStackTrace()).subList(0, 4);
    }
  }

  private static String shown(Term value) {
    Term plain =
        value instanceof Tuple tuple && tuple.size() == 4 && tuple.get(0) == Atom.of("module")
            ? Tuple.of(tuple.get(0), tuple.get(1))
            : value;
    var options =
        InspectOptions.ONE_LINE
            .withLimit(InspectOptions.UNLIMITED)
            .withPrintableLimit(InspectOptions.UNLIMITED);
    return Inspector.inspect(
        plain,
        new InspectOptions(
            options.limit(),
            options.printableLimit(),
            options.width(),
            options.charlists(),
            options.binaries(),
            options.base(),
            InspectOptions.Structs.AS_MAPS));
  }

  private String error(Outcome.ExceptionClass exceptionClass, Term reason, Term trace) {
    if (exceptionClass != Outcome.ExceptionClass.ERROR) {
      return "** ("
          + exceptionClass.name().toLowerCase(java.util.Locale.ROOT)
          + ") "
          + shown(reason);
    }
    Atom module = Atom.of("Elixir.Exception");
    MapTerm exception = (MapTerm) call(module, "normalize", Atom.ERROR, reason, trace);
    if (exception.get(Atom.of("description")) instanceof Bits description) {
      return "** (CompileError) iex:"
          + exception.get(Atom.of("line"))
          + ": "
          + description.text().replace("\n", "\\n").strip();
    }
    Atom name = (Atom) exception.get(Atom.of("__struct__"));
    Bits message = (Bits) call(module, "message", exception);
    return "** (" + name.name().substring(7) + ") " + message.text().replace("\n", "\\n");
  }

  private Term call(Atom module, String function, Term... arguments) {
    return new Machine()
        .callNow(process, module, Atom.of(function), List.of(arguments), 10_000_000);
  }

  public static void main(String[] arguments) throws IOException {
    List<String> differences =
        new GoldenTest().differences(Path.of(arguments[0]), Path.of(arguments[1]));
    differences.forEach(System.out::println);
    System.out.println(differences.size() + " differences");
  }
}
