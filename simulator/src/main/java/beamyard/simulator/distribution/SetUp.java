package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Attempt.Stage;
import beamyard.simulator.distribution.HandshakePacket.Digest;
import beamyard.simulator.distribution.HandshakePacket.Status;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The set-up processes of a node: they ask EPMD, call or answer, and shake hands. A finished attempt hands its stream to
 * {@link Connections}; a failed one closes it.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#distribution-handshake">Handshake</a>
 */
final class SetUp {
  /*
   * The capabilities of an OTP 25 node. Two nodes can talk if each has what the other requires, which all nodes of the yard
   * have; only PUBLISHED makes a difference.
   */
  /** An address needs no name server to be known. */
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

  private static final long CAPABILITIES = 55_966_662_588L;
  private static final long PUBLISHED = 1;

  private final Site site;
  private final Cookies cookies;
  private final Connections connections;
  private final Optional<TlsHandshake> tls;
  private final LinkedHashMap<Long, Attempt> attempts = new LinkedHashMap<>();
  private final LinkedHashMap<Socket, Attempt> bySocket = new LinkedHashMap<>();
  private long nextId;

  SetUp(Site site, Cookies cookies, Connections connections) {
    this.site = site;
    this.cookies = cookies;
    this.connections = connections;
    this.tls =
        site.settings.transport() instanceof Transport.Tls transport
            ? Optional.of(new TlsHandshake(site, transport))
            : Optional.empty();
  }

  SetUp copy(Site itsSite, Cookies itsCookies, Connections itsConnections) {
    var copy = new SetUp(itsSite, itsCookies, itsConnections);
    attempts.forEach((id, attempt) -> copy.attempts.put(id, attempt.copy()));
    bySocket.forEach((socket, attempt) -> copy.bySocket.put(socket, copy.attempts.get(attempt.id)));
    copy.nextId = nextId;
    return copy;
  }

  /** Begins to call another node; answers the number of the attempt. */
  long call(Atom peer, Visibility visibility, long atNanos) {
    var attempt = new Attempt(nextId++, Stage.STARTING, visibility);
    attempt.peer = peer;
    attempts.put(attempt.id, attempt);
    resetTimer(attempt, atNanos);
    work(attempt, atNanos);
    return attempt.id;
  }

  /** A stream was opened to this node's port. */
  void answer(Socket socket) {
    Stage first = tls.isPresent() ? Stage.TLS_CLIENT_HELLO : Stage.NAME;
    var attempt = new Attempt(nextId++, first, site.visibility);
    attempts.put(attempt.id, attempt);
    use(attempt, socket);
    resetTimer(attempt, site.now());
  }

  /** Takes what the network has for an attempt; {@code false} if it is for none. */
  boolean accept(NetworkOutcome outcome) {
    Attempt attempt = bySocket.get(outcome.socket());
    if (attempt == null) {
      return false;
    }
    accept(attempt, outcome);
    return true;
  }

  private void accept(Attempt attempt, NetworkOutcome outcome) {
    switch (outcome) {
      case NetworkOutcome.Connected _ -> connected(attempt);
      case NetworkOutcome.Received(_, _, Packet packet) -> {
        attempt.inbox.add(packet);
        if (!attempt.working) {
          work(attempt, site.now());
        }
      }
      case NetworkOutcome.Closed(_, Socket socket, var cause) -> {
        bySocket.remove(socket);
        attempt.socket = null;
        attempt.streamEnd = cause;
        if (!attempt.working) {
          endOfStream(attempt);
        }
      }
      case NetworkOutcome.Accepted _, NetworkOutcome.Writable _ ->
          throw new AssertionError("not for a set-up process: " + outcome);
    }
  }

  void stepDue(long id) {
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      return; // it ended while it had something to do
    }
    attempt.working = false;
    if (attempt.stage == Stage.STARTING) {
      lookUp(attempt);
    } else {
      step(attempt, attempt.inbox.remove());
    }
    if (attempt.over || attempt.working) {
      return;
    }
    if (!attempt.inbox.isEmpty()) {
      work(attempt, site.now());
    } else if (attempt.streamEnd != null) {
      endOfStream(attempt);
    }
  }

  /** All that came before the end of the stream has been worked on. */
  private void endOfStream(Attempt attempt) {
    if (attempt.stage != Stage.REFUSED_BY_OTHER
        && attempt.streamEnd != null) { // that one looks at its stream no more
      fail(attempt, "stream " + attempt.streamEnd.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  void timeout(long id) {
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      return; // it ended in this instant
    }
    attempt.timer = Attempt.NO_TIMER;
    if (site.now() < attempt.deadlineNanos) {
      attempt.timer =
          site.schedule(attempt.deadlineNanos, new DistributionEvent.SetupTimeout(site.vm, id));
    } else {
      fail(attempt, "setup timer timeout");
    }
  }

  /** Ends an attempt whose node goes on with another one. */
  void abandon(long id) {
    Attempt attempt = attempts.get(id);
    if (attempt != null) {
      end(attempt);
    }
  }

  /** Ends all attempts: distribution is turned off. */
  void abandonAll() {
    List.copyOf(attempts.values()).forEach(this::end);
  }

  private void work(Attempt attempt, long atNanos) {
    attempt.working = true;
    site.schedule(
        atNanos + site.settings.handshakeStepNanos(),
        new DistributionEvent.StepDue(site.vm, attempt.id));
  }

  /** Gives the next stage its time. The event stays where it is and looks at the deadline when it happens. */
  private void resetTimer(Attempt attempt, long atNanos) {
    attempt.deadlineNanos = atNanos + site.settings.setupTimeSeconds() * Site.SECOND;
    if (attempt.timer == Attempt.NO_TIMER) {
      attempt.timer =
          site.schedule(
              attempt.deadlineNanos, new DistributionEvent.SetupTimeout(site.vm, attempt.id));
    }
  }

  private void cancelTimer(Attempt attempt) {
    if (attempt.timer != Attempt.NO_TIMER) {
      site.cancel(attempt.timer);
      attempt.timer = Attempt.NO_TIMER;
    }
  }

  private void use(Attempt attempt, Socket socket) {
    attempt.socket = socket;
    attempt.streamEnd = null;
    bySocket.put(socket, attempt);
  }

  private void lookUp(Attempt attempt) {
    String peer = attempt.knownPeer().name();
    int at = peer.indexOf('@');
    if (!NodeName.isPossible(peer)) {
      fail(attempt, "no name of a node");
      return;
    }
    String host = peer.substring(at + 1);
    boolean dotted = host.indexOf('.') >= 0;
    if (!site.network.hasHost(host) && !ADDRESS.matcher(host).matches()) {
      fail(attempt, "unknown host " + host);
    } else if (site.nameKind == NodeName.Kind.SHORT && dotted) {
      site.logError(
          "** System NOT running to use fully qualified hostnames **~n** Hostname ~ts is illegal **~n",
          Bits.of(host));
      fail(attempt, "a long name, called from a node with a short one");
    } else if (site.nameKind == NodeName.Kind.LONG && !dotted) {
      site.logError(
          "** System running to use fully qualified hostnames **~n** Hostname ~ts is illegal **~n",
          Bits.of(host));
      fail(attempt, "a short name, called from a node with a long one");
    } else if (!site.network.hasHost(host)) {
      fail(attempt, "unknown host " + host);
    } else {
      attempt.stage = Stage.EPMD_STREAM;
      use(attempt, site.open(host, Epmd.PORT));
    }
  }

  private void connected(Attempt attempt) {
    if (attempt.stage == Stage.EPMD_STREAM) {
      String peer = attempt.knownPeer().name();
      attempt.stage = Stage.EPMD_ANSWER;
      send(attempt, new EpmdPacket.PortPlease(peer.substring(0, peer.indexOf('@'))));
    } else if (tls.isPresent()) {
      tls.get().call(attempt);
    } else {
      introduce(attempt);
    }
  }

  private void introduce(Attempt attempt) {
    attempt.stage = Stage.STATUS;
    long flags = CAPABILITIES | publishedFlag(attempt);
    send(attempt, new HandshakePacket.Name(flags, site.creation, site.name.name()));
  }

  private void secure(Attempt attempt, TlsPacket packet) {
    if (tls.isEmpty()) {
      // A plain node takes the head of a record for the length of a message, and waits for the rest
      // of that.
      if (packet instanceof TlsPacket.Alert) {
        fail(attempt, "the other node wants TLS");
      }
      return;
    }
    boolean calling = attempt.stage == Stage.TLS_SERVER_FINISHED;
    switch (tls.get().step(attempt, packet)) {
      case GOES_ON -> {}
      case FAILED -> fail(attempt, "TLS handshake failed");
      case SECURE -> {
        if (calling) {
          introduce(attempt);
        } else {
          attempt.stage = Stage.NAME;
        }
      }
    }
  }

  private long publishedFlag(Attempt attempt) {
    return attempt.visibility == Visibility.VISIBLE && site.visibility == Visibility.VISIBLE
        ? PUBLISHED
        : 0;
  }

  private void step(Attempt attempt, Packet packet) {
    switch (packet) {
      case EpmdPacket.PortAnswer(_, Optional<Integer> port)
          when attempt.stage == Stage.EPMD_ANSWER -> {
        closeStream(attempt);
        if (port.isEmpty()) {
          fail(attempt, "no node of that name");
          return;
        }
        attempt.stage = Stage.STREAM;
        resetTimer(attempt, site.now());
        NodeName peer = NodeName.parse(attempt.knownPeer().name()).orElseThrow();
        use(attempt, site.open(peer.host(), port.get()));
      }
      case TlsPacket secured -> secure(attempt, secured);
      case HandshakePacket _ when attempt.stage == Stage.TLS_CLIENT_HELLO -> {
        tls.orElseThrow().refusePlain(attempt);
        fail(attempt, "the other node does without TLS");
      }
      case HandshakePacket handshake -> shake(attempt, handshake);
      default ->
          throw new AssertionError(packet + " came while the attempt was at " + attempt.stage);
    }
  }

  private void shake(Attempt attempt, HandshakePacket packet) {
    switch (packet) {
      case HandshakePacket.Name name when attempt.stage == Stage.NAME -> takeName(attempt, name);
      case HandshakePacket.Status(var kind) when attempt.stage == Stage.STATUS ->
          takeStatus(attempt, kind);
      case HandshakePacket.Status(var kind) when attempt.stage == Stage.ALIVE_ANSWER -> {
        if (kind == Status.Kind.TRUE) {
          challenge(attempt);
        } else {
          fail(attempt, "the connection is up");
        }
      }
      case HandshakePacket.Challenge challenge when attempt.stage == Stage.CHALLENGE ->
          reply(attempt, challenge);
      case HandshakePacket.ChallengeReply reply when attempt.stage == Stage.REPLY ->
          acknowledge(attempt, reply);
      case HandshakePacket.ChallengeAck(Digest digest) when attempt.stage == Stage.ACK -> {
        if (digest.equals(Digest.of(attempt.challenge, cookies.of(attempt.knownPeer()).name()))) {
          up(attempt);
        } else {
          site.record(new DistributionFact.CookieRefused(site.name, attempt.knownPeer()));
          site.logError(
              "** Connection attempt to node ~w cancelled. Invalid challenge ack. **~n",
              attempt.knownPeer());
          fail(attempt, "invalid challenge ack");
        }
      }
      default -> {
        if (attempt.stage != Stage.REFUSED_BY_OTHER) {
          throw new AssertionError(packet + " came while the attempt was at " + attempt.stage);
        }
      }
    }
  }

  private void takeName(Attempt attempt, HandshakePacket.Name name) {
    Atom peer = Atom.of(name.name());
    attempt.peerCreation = name.creation();
    attempt.peerVisible = (name.flags() & PUBLISHED) != 0;
    if (!connections.allows(peer)) {
      status(attempt, peer, Status.Kind.NOT_ALLOWED);
      site.logError("** Connection attempt from disallowed node ~w ** ~n", peer);
      fail(attempt, "not allowed");
      return;
    }
    switch (connections.accepts(peer, attempt.id)) {
      case NEW -> {
        attempt.peer = peer;
        status(attempt, peer, Status.Kind.OK);
        resetTimer(attempt, site.now());
        challenge(attempt);
      }
      case INSTEAD_OF_OWN -> {
        attempt.peer = peer;
        status(attempt, peer, Status.Kind.OK_SIMULTANEOUS);
        resetTimer(attempt, site.now());
        challenge(attempt);
      }
      case OWN_GOES_ON -> {
        status(attempt, peer, Status.Kind.NOK);
        end(attempt);
      }
      case IS_UP -> {
        attempt.peer = peer;
        attempt.replacesFormer = true;
        attempt.stage = Stage.ALIVE_ANSWER;
        status(attempt, peer, Status.Kind.ALIVE);
      }
      case ANOTHER_WAITS -> end(attempt);
    }
  }

  private void status(Attempt attempt, Atom peer, Status.Kind kind) {
    site.record(new DistributionFact.HandshakeAnswered(site.name, peer, kind));
    send(attempt, new Status(kind));
  }

  private void takeStatus(Attempt attempt, Status.Kind kind) {
    switch (kind) {
      case OK, OK_SIMULTANEOUS -> attempt.stage = Stage.CHALLENGE;
      case NOK -> attempt.stage = Stage.REFUSED_BY_OTHER;
      case ALIVE -> {
        if (connections.isPending(attempt.knownPeer(), attempt.id)) {
          attempt.stage = Stage.CHALLENGE;
          send(attempt, new Status(Status.Kind.TRUE));
        } else {
          send(attempt, new Status(Status.Kind.FALSE));
          fail(attempt, "another attempt was faster");
        }
      }
      case NOT_ALLOWED -> fail(attempt, "not allowed by the other node");
      case TRUE, FALSE -> throw new AssertionError("an answer to a status that was not sent");
    }
  }

  private void challenge(Attempt attempt) {
    attempt.stage = Stage.REPLY;
    attempt.challenge = site.drawChallenge();
    long flags = CAPABILITIES | publishedFlag(attempt);
    send(
        attempt,
        new HandshakePacket.Challenge(flags, attempt.challenge, site.creation, site.name.name()));
    resetTimer(attempt, site.now());
  }

  private void reply(Attempt attempt, HandshakePacket.Challenge challenge) {
    if (Atom.of(challenge.name()) != attempt.knownPeer()) {
      fail(attempt, "another node answered");
      return;
    }
    attempt.peerCreation = challenge.creation();
    attempt.peerVisible = (challenge.flags() & PUBLISHED) != 0;
    attempt.challenge = site.drawChallenge();
    attempt.stage = Stage.ACK;
    Digest digest = Digest.of(challenge.challenge(), cookies.of(attempt.knownPeer()).name());
    send(attempt, new HandshakePacket.ChallengeReply(attempt.challenge, digest));
    resetTimer(attempt, site.now());
  }

  private void acknowledge(Attempt attempt, HandshakePacket.ChallengeReply reply) {
    String cookie = cookies.of(attempt.knownPeer()).name();
    if (!reply.digest().equals(Digest.of(attempt.challenge, cookie))) {
      site.record(new DistributionFact.CookieRefused(site.name, attempt.knownPeer()));
      site.logError(
          "** Connection attempt from node ~w rejected. Invalid challenge reply. **~n",
          attempt.knownPeer());
      fail(attempt, "invalid challenge reply");
      return;
    }
    if (attempt.replacesFormer) {
      connections.replaceFormer(attempt.knownPeer(), attempt.id);
    }
    send(attempt, new HandshakePacket.ChallengeAck(Digest.of(reply.challenge(), cookie)));
    up(attempt);
  }

  private void up(Attempt attempt) {
    if (!connections.isPending(attempt.knownPeer(), attempt.id)) {
      fail(attempt, "another attempt was faster");
      return;
    }
    Socket socket = attempt.socket;
    if (socket == null) {
      fail(attempt, "the other end closed the stream");
      return;
    }
    cancelTimer(attempt);
    remove(attempt);
    bySocket.remove(socket);
    boolean visible = attempt.peerVisible && publishedFlag(attempt) != 0;
    connections.up(attempt.knownPeer(), socket, attempt.peerCreation, visible);
    for (Packet packet : attempt.inbox) {
      connections.received(socket, packet);
    }
  }

  private void send(Attempt attempt, Packet packet) {
    if (attempt.socket != null) { // else the other end closed it, which will be noticed next
      site.send(attempt.socket, packet);
    }
  }

  private void closeStream(Attempt attempt) {
    if (attempt.socket != null) {
      bySocket.remove(attempt.socket);
      site.close(attempt.socket);
      attempt.socket = null;
    }
  }

  private void end(Attempt attempt) {
    cancelTimer(attempt);
    closeStream(attempt);
    remove(attempt);
  }

  private void remove(Attempt attempt) {
    attempts.remove(attempt.id);
    attempt.over = true;
  }

  private void fail(Attempt attempt, String why) {
    end(attempt);
    if (attempt.peer != null) {
      site.record(new DistributionFact.ConnectionFailed(site.name, attempt.peer, why));
      connections.attemptFailed(attempt.peer, attempt.id);
    }
  }
}
