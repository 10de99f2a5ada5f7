package beamyard.lessons.shell;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.compiler.WarningSink;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Library;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.lessons.elixir.stdlib.EtsTables;
import beamyard.lessons.elixir.stdlib.Stdlib;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSoftware;
import beamyard.simulator.StandardKernel;
import beamyard.simulator.cluster.Multicast;
import beamyard.simulator.kernel.KernelFunctions;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that run Elixir and have an IEx shell: the kernel's services, the standard library, a console and the shell's
 * processes.
 */
public final class ElixirNodes implements NodeSoftware {
  private static final Atom USER = Atom.of("user");
  private static final Atom SHELL = Atom.of("Elixir.IEx.Server");
  private static final Atom LOGGER_WORDING = Atom.of("Elixir.Logger.Wording");
  private static final Atom LOGGER_PRINTING = Atom.of("Elixir.Logger.Backends.Console");
  private static final Atom INTERRUPT = Atom.of("beamyard_interrupt");
  private static final Atom RUN = Atom.of("run");

  /** A real node has spent that many pids when its shell starts. */
  private static final long PIDS_OF_A_REAL_BOOT = 104;

  private final Machine machine;
  private final BuiltinTable builtins;
  private final Library library;
  private final ProjectCode project;

  private ElixirNodes() {
    machine = new Machine();
    project = ProjectCode.NONE;
    builtins = builtins();
    library =
        LibraryArchive.ofThisProgram()
            .map(archive -> new Library(archive::read))
            .orElseGet(() -> new StandardLibrary(builtins).library());
  }

  /** The functions of a node that are written in Java. */
  static BuiltinTable builtins() {
    BuiltinTable table = Stdlib.builtins();
    addKernelFunctions(table);
    Compiler.defineBuiltins(table);
    ShellFunctions.define(table);
    DiscoveryFunctions.define(table);
    SandboxFunctions.define(table);
    ForeignModules.define(table);
    return table;
  }

  private static final WarningSink WARNINGS = ElixirNodes::warn;

  /**
   * Warnings go to the terminal, which keeps them apart from what programs print; or to what is registered as the standard error,
   * which catches them. Nobody waits for its answer, so it is told to answer itself.
   */
  private static void warn(ProcessContext self, String text) {
    self.whereis(Atom.of("standard_error"))
        .ifPresentOrElse(
            device ->
                self.send(
                    new Address.OfProcess(device),
                    Tuple.of(
                        Atom.of("io_request"),
                        device,
                        self.makeReference(),
                        Tuple.of(Atom.of("put_chars"), Atom.of("unicode"), Bits.of(text)))),
            () -> self.owned(Console.class).warn(text));
  }

  /** The same for all simulations: it has no state but code that was compiled before, which nobody can observe. */
  public static ElixirNodes shared() {
    return Shared.NODES;
  }

  /** The code that every node finds there, outside of any node. */
  CodeServer code() {
    return new CodeServer(library, builtins);
  }

  private ElixirNodes(ElixirNodes base, ProjectCode project) {
    machine = base.machine;
    builtins = base.builtins;
    library = base.library;
    this.project = project;
  }

  /** The same with modules of a project on every node. */
  public ElixirNodes withProject(ProjectCode code) {
    return new ElixirNodes(this, code);
  }

  boolean isOfLibrary(CompiledModule module) {
    return library.find(module.name()).filter(module::equals).isPresent();
  }

  boolean hasInLibrary(Atom module) {
    return library.find(module).isPresent();
  }

  private static final class Shared {
    static final ElixirNodes NODES = new ElixirNodes();
  }

  private static void addKernelFunctions(BuiltinTable table) {
    KernelFunctions.all()
        .byName()
        .forEach(
            (name, function) ->
                table.defineBlocking(
                    name.module().name(),
                    name.function().name(),
                    name.arity(),
                    (self, arguments) -> function.call(self, List.of(arguments))));
  }

  @Override
  public Language language() {
    return machine;
  }

  @Override
  public void aborted(Node node, String slogan) {
    if (node.owns(Console.class)) {
      node.owned(Console.class)
          .print("\n" + slogan + "\n\nCrash dump is being written to: erl_crash.dump...done\n");
    }
  }

  @Override
  public void boot(Node node) {
    var code = new CodeServer(library, builtins);
    node.settings().software().forEach(code::install);
    node.own(Multicast.class, new Multicast(), Multicast::copy);
    project.loadOn(node, code);
    node.own(CodeServer.class, code, CodeServer::copy);
    node.own(ModuleDefiner.class, new Compiler(WARNINGS), definer -> ((Compiler) definer).copy());
    node.own(Console.class, new Console(), Console::copy);
    node.own(ShellSessions.class, new ShellSessions(), ShellSessions::copy);
    node.own(ProgramClaims.class, new ProgramClaims(), ProgramClaims::copy);
    node.own(
        ApplicationEnvironment.class,
        ApplicationEnvironment.of(node.settings().kernel()),
        ApplicationEnvironment::copy);
    node.own(EtsTables.class, new EtsTables(), EtsTables::copy);
    node.own(
        LogSink.class,
        new NodeLogger(node.settings().kernel().loggerLevel()),
        sink -> ((NodeLogger) sink).copy());
    StandardKernel.boot(node);
    Pid user =
        node.processes()
            .spawn(
                new ConsoleDevice(), new InitialCall(USER, Atom.of("server"), 2), Optional.empty());
    node.processes().register(USER, user);
    startLogger(node, NodeLogger.WORDING, LOGGER_WORDING, user);
    startLogger(node, NodeLogger.PRINTING, LOGGER_PRINTING, user);
    node.processes().skipPidsTo(PIDS_OF_A_REAL_BOOT);
    Pid shell =
        node.processes()
            .spawn(
                machine.call(SHELL, RUN, List.of()),
                new InitialCall(SHELL, RUN, 0),
                Optional.of(user));
    node.owned(ShellSessions.class).servedBy(shell);
  }

  private void startLogger(Node node, Atom name, Atom module, Pid user) {
    Pid pid =
        node.processes()
            .spawn(
                machine.call(module, RUN, List.of()),
                new InitialCall(module, RUN, 0),
                Optional.of(user));
    node.processes().register(name, pid);
  }

  /** Types a line, or several, at a node's shell. */
  public static void type(Node node, String text) {
    node.owned(Console.class).type(text);
    Pid user =
        node.processes()
            .whereis(USER)
            .orElseThrow(() -> new AssertionError("no user on " + node.label()));
    node.processes()
        .deliver(
            new Address.OfProcess(user),
            new Signal.Message(user, ConsoleDevice.TYPED),
            node.processes().now());
  }

  /**
   * Breaks off what a node's shell is doing: an expression that runs ends as if its process was killed, so that its variables
   * are lost; one that is not complete is forgotten.
   */
  public static void interrupt(Node node) {
    node.owned(ShellSessions.class)
        .server()
        .ifPresent(
            server ->
                node.processes()
                    .deliver(
                        new Address.OfProcess(server),
                        new Signal.Message(server, INTERRUPT),
                        node.processes().now()));
  }
}
