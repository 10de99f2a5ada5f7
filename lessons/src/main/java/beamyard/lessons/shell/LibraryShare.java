package beamyard.lessons.shell;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.stdlib.RealExports;
import beamyard.lessons.elixir.stdlib.RealExports.Export;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How much of the real standard library the yard has: what is exported there, by name and arity, and here. */
public final class LibraryShare {
  private final List<Module> modules;

  /** One module: what it exports on a real node, and what of it is not in the yard. */
  public record Module(String name, int real, List<String> missing) {
    public int here() {
      return real - missing.size();
    }

    /** In whole per cent, rounded down. */
    public int percent() {
      return real == 0 ? 100 : here() * 100 / real;
    }
  }

  private LibraryShare(List<Module> modules) {
    this.modules = List.copyOf(modules);
  }

  /** Compares; the whole library is compiled for it, which takes some seconds. */
  public static LibraryShare measure() {
    CodeServer code = ElixirNodes.shared().code();
    return new LibraryShare(
        RealExports.load().modules().stream().map(module -> compare(module, code)).toList());
  }

  private static Module compare(RealExports.Module real, CodeServer code) {
    var missing = new ArrayList<String>();
    for (Export function : sorted(real.functions())) {
      if (!code.exports(real.atom(), function.name(), function.arity())) {
        missing.add(function.name().name() + "/" + function.arity());
      }
    }
    List<Export> macros =
        code.find(real.atom()).map(CompiledModule::macros).orElse(List.of()).stream()
            .map(name -> new Export(name.function(), name.arity()))
            .toList();
    for (Export macro : real.macros()) {
      boolean known =
          real.name().equals("Kernel")
              ? Compiler.isKernelMacro(macro.name(), macro.arity())
              : macros.contains(macro);
      if (!known) {
        missing.add(macro.name().name() + "/" + macro.arity());
      }
    }
    return new Module(real.name(), real.functions().size() + real.macros().size(), missing);
  }

  private static List<Export> sorted(List<Export> exports) {
    return exports.stream()
        .sorted(
            Comparator.comparing((Export export) -> export.name().name())
                .thenComparingInt(Export::arity))
        .toList();
  }

  /** In the order of the list of exports. */
  public List<Module> modules() {
    return modules;
  }

  /** As a page in Markdown: the module, how many of how many, and what is missing. */
  public String page() {
    int real = modules.stream().mapToInt(Module::real).sum();
    int here = modules.stream().mapToInt(Module::here).sum();
    String rows = modules.stream().map(LibraryShare::row).collect(Collectors.joining("\n"));
    return """
        # The standard library in the yard

        What modules of Elixir 1.14 and OTP 25 export on a real node, and how much of it the yard has: **%d of %d** functions and
        macros by name and arity (undocumented ones of Elixir and callbacks of OTP's own processes are not counted). A function
        that is not here yet fails with a message that says so. The list of the real exports is generated
        (`src/tools/exports.exs`); a test holds this page equal to what is there.

        | module | here | of | share | not yet |
        |---|---|---|---|---|
        %s
        """
        .formatted(here, real, rows);
  }

  private static String row(Module module) {
    String missing =
        module.missing().isEmpty()
            ? ""
            : "`" + String.join("` `", module.missing()).replace("|", "\\|") + "`";
    return "| `%s` | %d | %d | %d %% | %s |"
        .formatted(module.name(), module.here(), module.real(), module.percent(), missing);
  }
}
