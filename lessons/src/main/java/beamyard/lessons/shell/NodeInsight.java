package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Execution;
import beamyard.lessons.elixir.stdlib.EtsTables;
import beamyard.lessons.elixir.stdlib.HostFiles;
import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a node holds that only Elixir knows of, at one instant, for views; immutable.
 *
 * @param modules those that are not the library's, in the order in which they were loaded
 * @param files those of its host, by path; directories are left out
 * @param tables of ETS, oldest first
 * @param stacks what each process is in, the innermost call first; none for a process that runs no Elixir, and for
 *     those that are younger than two thousand others
 */
public record NodeInsight(
    List<Module> modules,
    List<File> files,
    List<Table> tables,
    SequencedMap<Pid, List<Call>> stacks) {
  /** Of a node that is not up. */
  public static final NodeInsight NONE =
      new NodeInsight(
          List.of(),
          List.of(),
          List.of(),
          Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));

  /** Of so many processes at most, the oldest, it is told where they are. */
  private static final int MOST_PROCESSES = 2_000;

  /** So many of the innermost calls are told of each process. */
  private static final int MOST_CALLS = 20;

  /**
   * A module.
   *
   * @param file as stack traces show it; {@code iex} for one that was typed
   */
  public record Module(Atom name, String file) {}

  /** A file of the host. */
  public record File(String path, int bytes) {}

  /** A table of ETS. {@code type} and {@code protection} are OTP's words. */
  public record Table(
      Atom name, Pid owner, String type, String protection, List<? extends Term> objects) {}

  /**
   * A function on the stack.
   *
   * @param module {@code erl_eval} for what was typed at a prompt
   * @param line where it is; 0 if that is not known
   * @param variables those visible there, in the order in which they were bound
   */
  public record Call(
      Atom module, Atom function, int arity, int line, SequencedMap<String, Term> variables) {}

  /** What a node holds now. */
  public static NodeInsight of(Node node) {
    return node.isUp() && node.owns(CodeServer.class)
        ? new NodeInsight(modules(node), files(node), tables(node), stacks(node))
        : NONE;
  }

  private static List<Module> modules(Node node) {
    CodeServer code = node.owned(CodeServer.class);
    return code.loaded().stream()
        .filter(module -> !code.isLibrary(module.name()))
        .map(NodeInsight::told)
        .toList();
  }

  private static Module told(CompiledModule module) {
    return new Module(module.name(), module.file());
  }

  private static List<File> files(Node node) {
    var belongings = node.host().belongings();
    return belongings.has(HostFiles.class)
        ? belongings.get(HostFiles.class).files().entrySet().stream()
            .map(each -> new File(each.getKey(), each.getValue()))
            .toList()
        : List.of();
  }

  private static List<Table> tables(Node node) {
    return node.owns(EtsTables.class)
        ? node.owned(EtsTables.class).views().stream()
            .map(
                table ->
                    new Table(
                        table.name(),
                        table.owner(),
                        table.type(),
                        table.protection(),
                        table.objects()))
            .toList()
        : List.of();
  }

  private static SequencedMap<Pid, List<Call>> stacks(Node node) {
    var stacks = new LinkedHashMap<Pid, List<Call>>();
    for (ProcessView process : node.processes().views(MOST_PROCESSES)) {
      List<Call> calls = calls(process.body());
      if (!calls.isEmpty()) {
        stacks.put(process.pid(), calls);
      }
    }
    return Collections.unmodifiableSequencedMap(stacks);
  }

  private static List<Call> calls(Routine routine) {
    var calls = new ArrayList<Call>();
    if (routine instanceof Evaluation evaluation) {
      evaluation.running().ifPresent(inner -> calls.addAll(calls(inner)));
    } else if (routine instanceof Execution execution) {
      execution
          .inner()
          .filter(Evaluation.class::isInstance)
          .ifPresent(inner -> calls.addAll(calls(inner)));
      execution.frames().stream().limit(MOST_CALLS).map(NodeInsight::told).forEach(calls::add);
    }
    return List.copyOf(calls.subList(0, Math.min(MOST_CALLS, calls.size())));
  }

  private static Call told(Execution.Frame frame) {
    return new Call(
        frame.module(), frame.function(), frame.arity(), frame.line(), frame.variables());
  }
}
