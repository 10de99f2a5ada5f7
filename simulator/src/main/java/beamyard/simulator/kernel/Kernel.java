package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/** The processes of OTP's kernel application that every node has from its start. */
public final class Kernel {
  private static final Atom NOT_SIMULATED = Atom.of("not_simulated");
  private static final Atom INIT = Atom.of("init");
  private static final Atom IO_REQUEST = Atom.of("io_request");

  private Kernel() {}

  /**
   * Starts them, in a fixed order: {@code init}, those that are only looked up ({@code application_controller},
   * {@code kernel_sup}), {@code rex}, {@code global_name_server} and, if wanted, {@code pg}. The processes {@code user}
   * and {@code logger} are the language's.
   *
   * <p>The node must own {@link KernelTables}, a {@link Power} and a {@link beamyard.simulator.engine.Choices} when
   * they run; it gets to own the settings.
   */
  public static void boot(ProcessTable processes, KernelSettings settings) {
    processes.own(KernelSettings.class, settings);
    Pid init =
        spawn(
            processes,
            INIT,
            INIT,
            new Conversation(Turn.act(Kernel::beginToWaitForStop)),
            Optional.empty());
    Optional<Pid> leader = Optional.of(init);
    for (String name : new String[] {"application_controller", "kernel_sup"}) {
      spawn(
          processes,
          Atom.of(name),
          Atom.of(name),
          new Conversation(Turn.act(Kernel::beginToRefuseCalls)),
          leader);
    }
    spawn(processes, Words.REX, Words.RPC, Rex.body(), leader);
    serve(
        processes, Words.GLOBAL_NAME_SERVER, Words.GLOBAL, new GlobalNameServer(settings), leader);
    if (settings.startGroups() == KernelSettings.StartGroups.YES) {
      spawn(
          processes,
          SafeSupervisor.NAME,
          Atom.of("supervisor"),
          new Conversation(Turn.act(SafeSupervisor::start)),
          leader);
    }
  }

  private static Pid spawn(
      ProcessTable processes, Atom name, Atom module, Routine body, Optional<Pid> leader) {
    Pid pid = processes.spawn(body, new InitialCall(module, INIT, 1), leader);
    processes.register(name, pid);
    return pid;
  }

  private static void serve(
      ProcessTable processes, Atom name, Atom module, Service<?> service, Optional<Pid> leader) {
    var introduction = new ServiceRoutine.Introduction(module, name, Optional.empty());
    processes.spawn(
        new ServiceRoutine<>(service, introduction), new InitialCall(module, INIT, 1), leader);
  }

  /**
   * {@code {stop, {stop, Status}}} ends the node. As the group leader of the kernel's processes it passes on to {@code user}
   * what they, or what they call, read and write.
   */
  private static Turn waitForStop() {
    return Turn.await(
        message ->
            self -> {
              if (message instanceof Tuple request
                  && request.isTagged(NodeFunctions.STOP, 2)
                  && request.get(1) instanceof Tuple how
                  && how.isTagged(NodeFunctions.STOP, 2)
                  && how.get(1) instanceof SmallInt status) {
                self.owned(Power.class).stop((int) status.value());
              } else if (message instanceof Tuple request && request.isTagged(IO_REQUEST, 4)) {
                self.whereis(Words.USER)
                    .ifPresent(user -> self.send(new Address.OfProcess(user), request));
              }
              return waitForStop();
            });
  }

  private static Turn beginToWaitForStop(ProcessContext self) {
    self.setTrapExit(true);
    return waitForStop();
  }

  private static Turn beginToRefuseCalls(ProcessContext self) {
    self.setTrapExit(true);
    return refuseCalls();
  }

  /** A process that is there to be found; what it is asked it says it cannot do. */
  private static Turn refuseCalls() {
    return Turn.await(
        message ->
            self -> {
              refuse(self, message);
              return refuseCalls();
            });
  }

  private static void refuse(ProcessContext self, Term message) {
    if (message instanceof Tuple call && call.isTagged(Words.CALL, 3)) {
      Caller.of(call.get(1))
          .ifPresent(
              caller ->
                  caller.reply(self, Tuple.of(Atom.ERROR, Tuple.of(NOT_SIMULATED, call.get(2)))));
    }
  }
}
