package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.term.Atom;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Modules that are loaded on every node of a simulation, those that restart too, as a release has its code on all machines.
 * Immutable.
 */
public final class ProjectCode {
  /** No modules. */
  public static final ProjectCode NONE = new ProjectCode(List.of(), List.of());

  private static final String NODE = "compiler";
  private static final long LIMIT_NANOS = 60_000_000_000L;

  /** A module body that takes more events than this does not come to an end. */
  private static final int EVENTS_MAX = 50_000;

  private final List<CompiledModule> modules;
  private final List<ForeignModule> foreign;

  private ProjectCode(List<CompiledModule> modules, List<ForeignModule> foreign) {
    this.modules = List.copyOf(modules);
    this.foreign = List.copyOf(foreign);
  }

  /**
   * A file of Elixir.
   *
   * @param name as errors and stack traces show it
   */
  public record SourceFile(String name, String text) {}

  /** What became of some source files. */
  public sealed interface Compilation {}

  /** All were compiled. */
  public record Compiled(ProjectCode code) implements Compilation {}

  /**
   * One was not.
   *
   * @param message what Elixir says, without a stack trace
   */
  public record Rejected(SourceFile file, String message) implements Compilation {}

  /** Compiles files in order, each on a node that has this code and the files before; this code and theirs. */
  public Compilation with(List<SourceFile> files) {
    var simulation =
        new Simulation(
            SimulationSettings.seed(1), ElixirNodes.shared().withProject(this), Trace.OFF);
    Node node = simulation.bootAndWait(NodeSettings.unnamed(NODE));
    Console console = node.owned(Console.class);
    simulation.runUntil(console::isIdle, simulation.now() + LIMIT_NANOS);
    CodeServer server = node.owned(CodeServer.class);
    List<CompiledModule> present = server.loaded();
    for (SourceFile file : files) {
      console.takePrinted();
      ElixirNodes.type(
          node,
          "Code.compile_string(" + literal(file.text()) + ", " + literal(file.name()) + "); :ok");
      int[] events = {0};
      simulation.runUntil(
          () -> console.isIdle() || events[0]++ > EVENTS_MAX, simulation.now() + LIMIT_NANOS);
      String printed = console.takePrinted().strip();
      if (!console.isIdle()) {
        return new Rejected(file, "compiling it does not come to an end");
      }
      int error = printed.startsWith("** (") ? 0 : printed.indexOf("\n** (") + 1;
      if (error > 0 || printed.startsWith("** (")) {
        return new Rejected(file, withoutStackTrace(printed.substring(error)));
      }
    }
    List<CompiledModule> added =
        server.loaded().stream()
            .filter(module -> !present.contains(module))
            .filter(module -> !ElixirNodes.shared().isOfLibrary(module))
            .toList();
    var all = new ArrayList<>(modules);
    all.removeIf(old -> added.stream().anyMatch(module -> module.name() == old.name()));
    all.addAll(added);
    return new Compiled(new ProjectCode(all, foreign));
  }

  /** This code and a module that is no Elixir. */
  public ProjectCode with(ForeignModule module) {
    return switch (with(List.of(ForeignModules.elixirOf(module)))) {
      case Rejected rejected -> throw new AssertionError(rejected.message());
      case Compiled(ProjectCode code) -> {
        var all = new ArrayList<>(foreign);
        all.removeIf(old -> old.name().equals(module.name()));
        all.add(module);
        yield new ProjectCode(code.modules, all);
      }
    };
  }

  private static String withoutStackTrace(String error) {
    return String.join(
        "\n",
        error
            .lines()
            .takeWhile(line -> !line.matches(" {4}(\\(.*\\) )?\\S+:(\\d+:)? .*"))
            .toList());
  }

  private static String literal(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("#", "\\#").replace("\n", "\\n")
        + '"';
  }

  /** The names of the modules, as Elixir writes them. */
  public List<String> moduleNames() {
    return modules.stream()
        .map(module -> module.name().name().replaceFirst("^Elixir\\.", ""))
        .toList();
  }

  /** Whether all modules of another code are among these, as they are there. */
  public boolean has(ProjectCode other) {
    return modules.containsAll(other.modules);
  }

  /** Those of the modules that have the name of one of the standard library. */
  public List<String> namesOfTheLibrary() {
    return moduleNames().stream()
        .filter(name -> ElixirNodes.shared().hasInLibrary(Atom.of("Elixir." + name)))
        .toList();
  }

  /** Whether a node still has exactly this code, and nobody has put another module in the place of one of these. */
  public boolean isIntactOn(Node node) {
    CodeServer server = node.owned(CodeServer.class);
    return modules.stream()
        .allMatch(module -> server.find(module.name()).filter(module::equals).isPresent());
  }

  /** Whether a module has a public function. */
  public boolean exports(String module, String function, int arity) {
    Atom name = Atom.of("Elixir." + module);
    return modules.stream()
        .anyMatch(each -> each.name() == name && each.exports(Atom.of(function), arity));
  }

  /** Loads the modules on a node that is starting. */
  void loadOn(Node node, CodeServer server) {
    modules.forEach(server::loadFile);
    node.own(ForeignModules.class, new ForeignModules(foreign), modules -> modules);
  }
}
