package beamyard.simulator.distribution;

import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One set-up process: an attempt to make a connection, outgoing or incoming, and how far it has come. */
final class Attempt {
  /** What the attempt waits for, or is about to do. */
  enum Stage {
    /** About to ask EPMD. */
    STARTING,
    EPMD_STREAM,
    EPMD_ANSWER,
    STREAM,
    /** These four are of TLS, before the handshake of the nodes. */
    TLS_CLIENT_HELLO,
    TLS_SERVER_CERTIFICATE,
    TLS_CLIENT_CERTIFICATE,
    TLS_SERVER_FINISHED,
    STATUS,
    /** The other side goes on with its own attempt; ended by that, or by the timer. */
    REFUSED_BY_OTHER,
    CHALLENGE,
    ACK,
    NAME,
    ALIVE_ANSWER,
    REPLY
  }

  final long id;
  final Visibility visibility;
  Stage stage;
  @Nullable Atom peer;
  @Nullable Socket socket;

  /** Why the stream is over, if it is. */
  NetworkOutcome.@Nullable Cause streamEnd;

  int peerCreation;
  int challenge;
  boolean peerVisible;
  boolean replacesFormer;

  /** What came and is not worked on yet. */
  final ArrayDeque<Packet> inbox = new ArrayDeque<>(1);

  boolean working;

  /** Whether it has succeeded or failed, and is no longer among the attempts. */
  boolean over;

  long timer = NO_TIMER;

  /** When the present stage has taken too long. */
  long deadlineNanos;

  static final long NO_TIMER = -1;

  Attempt(long id, Stage stage, Visibility visibility) {
    this.id = id;
    this.stage = stage;
    this.visibility = visibility;
  }

  Atom knownPeer() {
    if (peer == null) {
      throw new AssertionError("the other node has not said its name yet");
    }
    return peer;
  }

  Attempt copy() {
    var copy = new Attempt(id, stage, visibility);
    copy.peer = peer;
    copy.socket = socket;
    copy.streamEnd = streamEnd;
    copy.peerCreation = peerCreation;
    copy.challenge = challenge;
    copy.peerVisible = peerVisible;
    copy.replacesFormer = replacesFormer;
    copy.inbox.addAll(inbox);
    copy.working = working;
    copy.timer = timer;
    copy.deadlineNanos = deadlineNanos;
    return copy;
  }
}
