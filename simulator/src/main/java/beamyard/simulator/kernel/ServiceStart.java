package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.Spawned;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/**
 * Starts a service from a process that waits until it has begun: {@code gen_server:start/4} and {@code start_link/4}.
 */
final class ServiceStart {
  private static final Atom ACK = Atom.of("ack");
  private static final Atom ALREADY_STARTED = Atom.of("already_started");
  private static final InitialCall INIT =
      new InitialCall(Atom.of("proc_lib"), Atom.of("init_p"), 5);

  private ServiceStart() {}

  /** How the service is tied to who starts it. */
  enum Tie {
    NONE,
    LINK
  }

  /** Returns {@code {ok, Pid}} or {@code {error, Reason}}. */
  static Turn start(ProcessContext self, Service<?> service, Atom module, Atom name, Tie tie) {
    Optional<Pid> holder = self.whereis(name);
    if (holder.isPresent()) {
      return Turn.value(Tuple.of(Atom.ERROR, Tuple.of(ALREADY_STARTED, holder.get())));
    }
    var body =
        new ServiceRoutine<>(
            service, new ServiceRoutine.Introduction(module, name, Optional.of(self.self())));
    SpawnOptions options =
        tie == Tie.LINK
            ? SpawnOptions.of(SpawnOptions.Flag.LINK, SpawnOptions.Flag.MONITOR)
            : SpawnOptions.of(SpawnOptions.Flag.MONITOR);
    Spawned spawned = self.spawn(body, options, INIT);
    return Turn.await(
        message -> {
          if (message instanceof Tuple ack
              && ack.isTagged(ACK, 3)
              && ack.get(1).equals(spawned.pid())) {
            return again -> {
              spawned
                  .monitor()
                  .ifPresent(monitor -> again.demonitor(monitor, DemonitorOptions.FLUSH));
              return Turn.value(ack.get(2));
            };
          }
          boolean died =
              message instanceof Tuple down
                  && down.isTagged(Words.DOWN, 5)
                  && spawned
                      .monitor()
                      .<Term>map(monitor -> monitor)
                      .filter(down.get(1)::equals)
                      .isPresent();
          return died ? _ -> Turn.value(Tuple.of(Atom.ERROR, ((Tuple) message).get(4))) : null;
        });
  }
}
