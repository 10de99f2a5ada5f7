package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.Optional;

/**
 * All that one process does to another. Signals from one process to another arrive in the order they were sent.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/processes.html#signals">Erlang reference manual, signals</a>
 */
public sealed interface Signal {
  Pid from();

  record Message(Pid from, Term payload) implements Signal {}

  record Link(Pid from) implements Signal {}

  record Unlink(Pid from, long id) implements Signal {}

  record UnlinkAck(Pid from, long id) implements Signal {}

  record Exit(Pid from, Term reason, ExitCause cause) implements Signal {}

  /** Asks for one {@link Down}; {@code alias} asks that a message to the monitor's reference reaches the watcher. */
  record Monitor(Pid from, Reference reference, Address watched) implements Signal {}

  record Demonitor(Pid from, Reference reference) implements Signal {}

  /** The end of a monitor. {@code watched} is what the {@code DOWN} message names: a pid or {@code {name, node}}. */
  record Down(Pid from, Reference reference, Term watched, Term reason) implements Signal {}

  record GroupLeader(Pid from, Pid leader) implements Signal {}

  /** Asks a node to spawn {@code module:function(arguments)}. */
  record SpawnRequest(
      Pid from,
      Reference reference,
      Pid groupLeader,
      Atom module,
      Atom function,
      Term arguments,
      SpawnOptions options)
      implements Signal {}

  /** What became of a spawn request: the new process, or why there is none. */
  record SpawnReply(
      Pid from, Reference reference, Optional<Pid> spawned, Term error, SpawnOptions options)
      implements Signal {}

  /** Why an exit signal was sent; the two causes differ for {@code normal} and {@code kill}. */
  enum ExitCause {
    /** A linked process ended. */
    LINK,
    /** Somebody called {@code exit/2}. */
    EXIT_CALL
  }
}
