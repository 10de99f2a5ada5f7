package beamyard.simulator.distribution;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SignalRoute.Sender;
import beamyard.simulator.term.Pid;
import java.util.ArrayList;

/**
 * Suspends processes that send more than a connection carries. What the operating system does not take waits with the node;
 * when that reaches the limit of {@code +zdbbl}, the connection is busy: who sends something by it is suspended until all
 * that waits is sent, or the connection is gone. Messages, exit signals of {@code exit/2} and spawn requests for which there
 * is no room are withheld until then; other signals always find room.
 *
 * @see <a href="https://www.erlang.org/doc/man/erl.html#+zdbbl">erl, {@code +zdbbl}</a>
 */
final class FlowControl {
  /** What ERTS needs for each signal that waits, besides its bytes on the wire; measured. */
  private static final int BYTES_BESIDE = 246;

  private final Site site;

  FlowControl(Site site) {
    this.site = site;
  }

  /** Whether a signal has to wait, with its sender, for room. */
  boolean withholds(Connection connection, Signal signal, Sender sender) {
    return connection.busy
        && sender == Sender.PROCESS
        && (canWait(signal) && isFull(connection) || isBehind(connection, signal.from()));
  }

  /** Signals of the kernel's servers, which stop only between two requests. */
  private static boolean isBehind(Connection connection, Pid sender) {
    return connection.withheld().stream()
        .anyMatch(waiting -> waiting.signal().from().equals(sender));
  }

  private static boolean canWait(Signal signal) {
    return switch (signal) {
      case Signal.Message _, Signal.SpawnRequest _ -> true;
      case Signal.Exit exit -> exit.cause() == ExitCause.EXIT_CALL;
      case Signal.Link _,
          Signal.Unlink _,
          Signal.UnlinkAck _,
          Signal.Monitor _,
          Signal.Demonitor _,
          Signal.Down _,
          Signal.GroupLeader _,
          Signal.SpawnReply _ ->
          false;
    };
  }

  void withhold(Connection connection, Address to, Signal signal) {
    connection.addWithheld(new Connection.Waiting(to, signal));
  }

  private boolean isFull(Connection connection) {
    return waitingBytes(connection) >= site.settings.busyLimitBytes();
  }

  /** How much waits with the node. */
  long waitingBytes(Connection connection) {
    return connection.socket == null
        ? connection.bufferedBytes
        : site.network.kept(connection.socket, BYTES_BESIDE);
  }

  /** A signal waits for the connection to be made. */
  void buffered(Connection connection, Address to, Signal signal) {
    connection.bufferedBytes += SignalSize.of(to, signal) + BYTES_BESIDE;
    lookAt(connection);
  }

  /** There is more that waits. */
  void lookAt(Connection connection) {
    if (!connection.busy && isFull(connection)) {
      connection.busy = true;
      site.record(
          new DistributionFact.ConnectionBusy(
              site.name, connection.peer, waitingBytes(connection)));
      if (connection.socket != null) {
        site.network.tellWhenWritable(connection.socket);
      }
    }
  }

  /** What waited was sent: what was withheld follows, for as long as there is room, and its senders go on. */
  void release(Connection connection, Connections connections) {
    connection.busy = false;
    site.record(new DistributionFact.ConnectionFree(site.name, connection.peer));
    for (Connection.Waiting waiting : connection.takeWithheld()) {
      if (connection.busy) {
        connection.addWithheld(waiting);
      } else if (site.processes().isAlive(waiting.signal().from())) {
        connections.transmit(connection, waiting.to(), waiting.signal(), site.now());
      }
    }
    var staying = new ArrayList<Pid>();
    connection.withheld().forEach(waiting -> staying.add(waiting.signal().from()));
    site.processes().resume(connection.peer, staying);
  }
}
