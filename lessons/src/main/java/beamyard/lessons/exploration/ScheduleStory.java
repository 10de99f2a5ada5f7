package beamyard.lessons.exploration;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.Candidate;
import beamyard.simulator.exploration.Schedule;
import beamyard.simulator.exploration.SteppedRun;
import beamyard.simulator.network.NetworkEvent;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a scheduled run: what the program's own processes do in it, and where the plain order is left. What shells, loggers and
 * the kernel do among themselves is left out.
 */
final class ScheduleStory implements Schedule.Listener {
  private static final int LONGEST_TERM = 70;
  private static final Atom CALL = Atom.of("$gen_call");
  private static final Atom CAST = Atom.of("$gen_cast");
  private static final Atom ERLANG = Atom.of("erlang");
  private static final Atom PROC_LIB = Atom.of("proc_lib");
  private static final Atom INIT = Atom.of("init");
  private static final List<String> OF_THE_NODE =
      List.of(
          "user",
          "logger",
          "Elixir.Logger",
          "init",
          "kernel_sup",
          "application_controller",
          "net_sup",
          "erl_epmd",
          "auth",
          "net_kernel",
          "rex",
          "global_name_server",
          "pg");
  private static final List<String> OF_THE_SHELL =
      List.of("io_request", "io_reply", "eval", "evaled", "input", "beamyard_typed");

  private final List<String> nodes;
  private final ArrayList<String> lines = new ArrayList<>();
  private final ArrayList<Integer> steps = new ArrayList<>();
  private int step;

  ScheduleStory(List<String> nodes) {
    this.nodes = nodes;
  }

  /** What was told so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** How many steps were taken. */
  int taken() {
    return step;
  }

  /** By line: how many steps were taken when it had happened. */
  List<Integer> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void happens(SteppedRun before, Candidate chosen, Optional<Candidate> eldest) {
    step++;
    Simulation simulation = before.simulation();
    boolean plain = eldest.filter(candidate -> candidate.ticket() == chosen.ticket()).isPresent();
    if (plain && !isOfTheProgram(simulation, chosen)) {
      return;
    }
    String line = told(simulation, chosen);
    if (!plain && !chosen.isFault() && eldest.isPresent()) {
      line += ", before this: " + told(simulation, eldest.get());
    }
    lines.add(line);
    steps.add(step);
  }

  private static boolean isOfTheProgram(Simulation simulation, Candidate candidate) {
    if (candidate.isFault()) {
      return true;
    }
    return switch (candidate.event()) {
      case ProcessEvent.Arrival(_, _, Signal.Message(_, var payload)) ->
          isProgram(simulation, candidate.vm(), candidate.target()) && !isOfTheShell(payload);
      case ProcessEvent.Arrival(_, _, Signal.Exit _) ->
          isProgram(simulation, candidate.vm(), candidate.target());
      case ProcessEvent.Arrival(_, _, Signal.Down _) ->
          isProgram(simulation, candidate.vm(), candidate.target());
      case ProcessEvent.NodeLost _ -> true;
      case ProcessEvent.Started(_, long index) -> isProgram(simulation, candidate.vm(), index);
      case ProcessEvent.WentOn(_, long index) -> isProgram(simulation, candidate.vm(), index);
      case ProcessEvent.WaitEnded(_, long index) -> isProgram(simulation, candidate.vm(), index);
      case null, default -> false;
    };
  }

  private static boolean isOfTheShell(Term payload) {
    return payload instanceof Tuple tuple
        && tuple.size() > 0
        && tuple.get(0) instanceof Atom tag
        && OF_THE_SHELL.contains(tag.name());
  }

  private static boolean isProgram(Simulation simulation, int vm, long index) {
    return view(simulation, vm, index)
        .filter(
            view ->
                !OF_THE_NODE.contains(view.registeredName().map(Atom::name).orElse(""))
                    && !view.initialCall().module().name().equals("Elixir.IEx.Server")
                    && node(simulation, vm)
                        .flatMap(node -> node.processes().whereis(INIT))
                        .filter(view.groupLeader()::equals)
                        .isEmpty())
        .isPresent();
  }

  private static Optional<Node> node(Simulation simulation, int vm) {
    return simulation.nodes().stream().filter(node -> node.incarnation() == vm).findFirst();
  }

  private static Optional<ProcessView> view(Simulation simulation, int vm, long index) {
    return node(simulation, vm).filter(Node::isUp).flatMap(node -> node.processes().view(index));
  }

  private String told(Simulation simulation, Candidate candidate) {
    if (candidate.fault().isPresent()) {
      return FaultStory.told(candidate.fault().get());
    }
    int vm = candidate.vm();
    String whom = name(simulation, vm, candidate.target());
    return switch (candidate.event()) {
      case ProcessEvent.Arrival(_, var to, Signal signal) ->
          arrival(simulation, candidate.target() < 0 ? "nobody" : whom, to, signal);
      case ProcessEvent.NodeLost(_, Atom lost) ->
          label(simulation, vm) + " loses its connection to " + RunStory.label(lost);
      case ProcessEvent.Started(_, long index) -> name(simulation, vm, index) + " starts";
      case ProcessEvent.WentOn(_, long index) ->
          name(simulation, vm, index) + " goes on after it has used a table";
      case ProcessEvent.WaitEnded(_, long index) ->
          name(simulation, vm, index) + " has waited long enough";
      case ProcessEvent.TimerFired _ -> "a timer of " + label(simulation, vm) + " ends";
      case NetworkEvent _ -> "the network sends something again";
      case null, default -> "a timer ends";
    };
  }

  private String arrival(Simulation simulation, String whom, Address to, Signal signal) {
    String sender = " from " + name(simulation, signal.from());
    return switch (signal) {
      case Signal.Message(_, Term payload) -> whom + " gets " + payload(payload) + sender;
      case Signal.Exit exit -> whom + " gets the exit signal " + text(exit.reason()) + sender;
      case Signal.Down down ->
          whom + " learns that " + text(down.watched()) + " is down: " + text(down.reason());
      case Signal.SpawnRequest request ->
          (to instanceof Address.OfName(_, var node) ? RunStory.label(node) : "a node")
              + " spawns "
              + text(request.module())
              + "."
              + request.function().name()
              + " for "
              + name(simulation, signal.from());
      case Signal.SpawnReply _ -> whom + " learns what it has spawned";
      case Signal.Link _, Signal.Unlink _, Signal.UnlinkAck _ -> whom + " gets a link" + sender;
      case Signal.Monitor _ -> whom + " is monitored by " + name(simulation, signal.from());
      case Signal.Demonitor _ ->
          whom + " is no more monitored by " + name(simulation, signal.from());
      case Signal.GroupLeader _ -> whom + " gets a group leader" + sender;
    };
  }

  private static String payload(Term payload) {
    if (payload instanceof Tuple tuple && tuple.isTagged(CALL, 3)) {
      return "the call " + text(tuple.get(2));
    }
    if (payload instanceof Tuple tuple && tuple.isTagged(CAST, 2)) {
      return "the cast " + text(tuple.get(1));
    }
    if (payload instanceof Tuple tuple && tuple.size() == 2 && RunStory.isTag(tuple.get(0))) {
      return "the answer " + text(tuple.get(1));
    }
    return text(payload);
  }

  private static String text(Term term) {
    String text;
    try {
      text = Inspector.inspect(term, InspectOptions.ONE_LINE);
    } catch (Inspector.NeedsElixir struct) {
      text = struct.getMessage();
    }
    return text.length() <= LONGEST_TERM ? text : text.substring(0, LONGEST_TERM) + "...";
  }

  private static String label(Simulation simulation, int vm) {
    return node(simulation, vm).map(node -> RunStory.label(node.name())).orElse("a node");
  }

  private String name(Simulation simulation, Pid pid) {
    for (Node node : simulation.nodes()) {
      if (node.isUp() && node.name() == pid.node()) {
        ProcessTable table = node.processes();
        return name(simulation, node.incarnation(), table.target(new Address.OfProcess(pid)));
      }
    }
    return "a process of " + RunStory.label(pid);
  }

  private String name(Simulation simulation, int vm, long index) {
    Optional<ProcessView> view = view(simulation, vm, index);
    String where = " at " + label(simulation, vm);
    if (view.isEmpty()) {
      return "a process" + where;
    }
    Optional<Atom> registered = view.get().registeredName();
    if (registered.isPresent()) {
      return text(registered.get()) + where;
    }
    if (ProgramStory.isEvaluator(view.get())) {
      boolean first =
          node(simulation, vm).filter(it -> it.label().equals(nodes.getFirst())).isPresent();
      return first ? "the program" : "the shell" + where;
    }
    InitialCall call = view.get().initialCall();
    return call.module() == ERLANG || call.module() == PROC_LIB
        ? text(view.get().pid()) + where
        : text(call.module()) + "." + call.function().name() + where;
  }
}
