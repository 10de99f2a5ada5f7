package beamyard.simulator.distribution;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.process.SpawnOptions.Flag;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How what crosses a connection looks to somebody who listens: the control message, what it carries, and the bytes. The bytes are
 * those of two nodes that agreed on neither an atom cache nor fragments.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#protocol-between-connected-nodes">Protocol
 *     between connected nodes</a>
 */
public final class WireForm {
  private static final int LENGTH_BYTES = 4;
  private static final int PASS_THROUGH = 112;
  private static final Atom UNUSED = Atom.of("");

  private WireForm() {}

  /**
   * A control message.
   *
   * @param payload what it carries behind it, the message of a send, say
   */
  public record Control(Tuple message, Optional<Term> payload) {}

  /** The numbers of control messages. */
  private enum Operation {
    LINK(1),
    REG_SEND(6),
    GROUP_LEADER(7),
    MONITOR_P(19),
    DEMONITOR_P(20),
    SEND_SENDER(22),
    PAYLOAD_EXIT(24),
    PAYLOAD_EXIT2(26),
    PAYLOAD_MONITOR_P_EXIT(28),
    SPAWN_REQUEST(29),
    SPAWN_REPLY(31),
    ALIAS_SEND(33),
    UNLINK_ID(35),
    UNLINK_ID_ACK(36);

    private final int number;

    Operation(int number) {
      this.number = number;
    }

    Tuple of(Term... rest) {
      var elements = new ArrayList<Term>(rest.length + 1);
      elements.add(SmallInt.of(number));
      elements.addAll(List.of(rest));
      return Tuple.of(elements.toArray(Term[]::new));
    }
  }

  /** The bytes of a packet, its length included. */
  public static byte[] bytes(ConnectionPacket packet) {
    return switch (packet) {
      case ConnectionPacket.Tick _ -> new byte[LENGTH_BYTES];
      case ConnectionPacket.Control its -> {
        Control control = control(its.to(), its.signal());
        var body = new ByteArrayOutputStream();
        body.write(PASS_THROUGH);
        body.writeBytes(TermCodec.encode(control.message()));
        control.payload().map(TermCodec::encode).ifPresent(body::writeBytes);
        yield ByteBuffer.allocate(LENGTH_BYTES + body.size())
            .putInt(body.size())
            .put(body.toByteArray())
            .array();
      }
    };
  }

  /** The control message that is a signal. */
  public static Control control(Address to, Signal signal) {
    Term whom = term(to);
    return switch (signal) {
      case Signal.Message(var from, var payload) ->
          with(
              payload,
              switch (to) {
                case Address.OfProcess _ -> Operation.SEND_SENDER.of(from, whom);
                case Address.OfName _ -> Operation.REG_SEND.of(from, UNUSED, whom);
                case Address.OfAlias _ -> Operation.ALIAS_SEND.of(from, whom);
              });
      case Signal.Link(var from) -> alone(Operation.LINK.of(from, whom));
      case Signal.Unlink(var from, var id) ->
          alone(Operation.UNLINK_ID.of(SmallInt.of(id), from, whom));
      case Signal.UnlinkAck(var from, var id) ->
          alone(Operation.UNLINK_ID_ACK.of(SmallInt.of(id), from, whom));
      case Signal.Exit(var from, var reason, var cause) ->
          with(
              reason,
              (cause == ExitCause.LINK ? Operation.PAYLOAD_EXIT : Operation.PAYLOAD_EXIT2)
                  .of(from, whom));
      case Signal.Monitor(var from, var reference, _) ->
          alone(Operation.MONITOR_P.of(from, whom, reference));
      case Signal.Demonitor(var from, var reference) ->
          alone(Operation.DEMONITOR_P.of(from, whom, reference));
      case Signal.Down(_, var reference, var watched, var reason) ->
          with(
              reason,
              Operation.PAYLOAD_MONITOR_P_EXIT.of(
                  watched instanceof Tuple named ? named.get(0) : watched, whom, reference));
      case Signal.GroupLeader(var from, var leader) ->
          alone(Operation.GROUP_LEADER.of(leader, whom));
      case Signal.SpawnRequest request ->
          with(
              request.arguments(),
              Operation.SPAWN_REQUEST.of(
                  request.reference(),
                  request.from(),
                  request.groupLeader(),
                  Tuple.of(
                      request.module(),
                      request.function(),
                      SmallInt.of(
                          request.arguments() instanceof ListTerm list ? list.toList().size() : 0)),
                  options(request.options())));
      case Signal.SpawnReply reply ->
          alone(
              Operation.SPAWN_REPLY.of(
                  reply.reference(),
                  whom,
                  SmallInt.of(
                      (reply.options().has(Flag.LINK) ? 1 : 0)
                          + (reply.options().has(Flag.MONITOR) ? 2 : 0)),
                  reply.spawned().<Term>map(pid -> pid).orElse(reply.error())));
    };
  }

  private static Control alone(Tuple message) {
    return new Control(message, Optional.empty());
  }

  private static Control with(Term payload, Tuple message) {
    return new Control(message, Optional.of(payload));
  }

  private static Term term(Address to) {
    return switch (to) {
      case Address.OfProcess(var pid) -> pid;
      case Address.OfName(var name, _) -> name;
      case Address.OfAlias(var alias) -> alias;
    };
  }

  private static Term options(SpawnOptions options) {
    var list = new ArrayList<Term>();
    if (options.has(Flag.LINK)) {
      list.add(Atom.of("link"));
    }
    if (options.has(Flag.MONITOR)) {
      list.add(Atom.of("monitor"));
    }
    return ListTerm.of(list);
  }
}
