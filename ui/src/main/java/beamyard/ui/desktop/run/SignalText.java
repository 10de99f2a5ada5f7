package beamyard.ui.desktop.run;

import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.Demonitor;
import beamyard.simulator.process.Signal.Down;
import beamyard.simulator.process.Signal.Exit;
import beamyard.simulator.process.Signal.GroupLeader;
import beamyard.simulator.process.Signal.Link;
import beamyard.simulator.process.Signal.Message;
import beamyard.simulator.process.Signal.Monitor;
import beamyard.simulator.process.Signal.SpawnReply;
import beamyard.simulator.process.Signal.SpawnRequest;
import beamyard.simulator.process.Signal.Unlink;
import beamyard.simulator.process.Signal.UnlinkAck;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Locale;

/** Messages and other signals as people read them: short beside an arrow, in full where one looks closer. */
final class SignalText {
  private static final Atom CALL = Atom.of("$gen_call");
  private static final Atom CAST = Atom.of("$gen_cast");

  private SignalText() {}

  /** A message without the wrapping of calls, casts and replies. */
  static String label(Term message) {
    if (message instanceof Tuple tuple) {
      if (tuple.isTagged(CALL, 3)) {
        return "call " + TermText.of(tuple.get(2));
      }
      if (tuple.isTagged(CAST, 2)) {
        return "cast " + TermText.of(tuple.get(1));
      }
      if (tuple.size() == 2 && tuple.get(0) instanceof Reference) {
        return "reply " + TermText.of(tuple.get(1));
      }
    }
    return TermText.of(message);
  }

  /** Without the numbers of references, which say little beside an arrow. */
  static String label(Signal signal) {
    return words(signal).replaceAll("#Reference<[^>]*>", "ref");
  }

  private static String words(Signal signal) {
    return switch (signal) {
      case Message message -> label(message.payload());
      case Link _ -> "link";
      case Unlink _ -> "unlink";
      case UnlinkAck _ -> "unlinked";
      case Exit exit -> "exit " + TermText.of(exit.reason());
      case Monitor _ -> "monitor";
      case Demonitor _ -> "demonitor";
      case Down down -> "down " + TermText.of(down.reason());
      case GroupLeader _ -> "group leader";
      case SpawnRequest request -> "spawn " + called(request);
      case SpawnReply reply -> reply.spawned().isPresent() ? "spawned" : "not spawned";
    };
  }

  private static String called(SpawnRequest request) {
    return TermText.of(request.module()) + "." + request.function().name();
  }

  /** All that a signal carries. */
  static String full(Signal signal) {
    return switch (signal) {
      case Message message -> TermText.of(message.payload());
      case Link _, Unlink _, UnlinkAck _ -> label(signal);
      case Exit exit -> label(signal) + "\ncause: " + exit.cause().name().toLowerCase(Locale.ROOT);
      case Monitor monitor ->
          "monitor " + TermText.process(monitor.watched()) + reference(monitor.reference());
      case Demonitor demonitor -> "demonitor" + reference(demonitor.reference());
      case Down down ->
          "DOWN of "
              + TermText.fromOutside(down.watched())
              + "\nreason: "
              + TermText.of(down.reason())
              + reference(down.reference());
      case GroupLeader leader -> "group leader " + TermText.processOfNode(leader.leader());
      case SpawnRequest request ->
          "spawn "
              + called(request)
              + "\narguments: "
              + TermText.of(request.arguments())
              + "\ngroup leader: "
              + TermText.processOfNode(request.groupLeader())
              + reference(request.reference());
      case SpawnReply reply ->
          reply.spawned().map(pid -> "spawned " + TermText.processOfNode(pid)).orElse("")
              + (reply.spawned().isPresent() ? "" : "not spawned: " + TermText.of(reply.error()))
              + reference(reply.reference());
    };
  }

  private static String reference(Reference reference) {
    return "\n" + TermText.of(reference);
  }
}
