package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.Distribution.Life;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a node gets its name from the port mapper of its host, and gives it back: distribution is on in between. */
final class Naming {
  private static final Atom NET_KERNEL_TERMINATED = Atom.of("net_kernel_terminated");
  private static final Atom NET_SUP = Atom.of("net_sup");

  /** In place of a connection's number, where a node tells its own processes of itself. */
  static final long NO_CONNECTION = 0;

  private final Site site;
  private final Cookies cookies;
  private final NodeWatchers watchers;
  private final Ticker ticker;
  private final Connections connections;
  private Life life = Life.OFF;
  private Start start = Start.AT_BOOT;
  private @Nullable Starting starting;
  private @Nullable Socket epmd;
  private int port;

  /** How a node got its name: only one that turned distribution on itself may turn it off. */
  enum Start {
    AT_BOOT,
    BY_CALL
  }

  /** A wish for a name that the port mapper has not answered yet. */
  record Starting(Wish wish, Start start, Optional<Caller> caller) {}

  /**
   * What a node wants to be called, and how it wants to behave.
   *
   * @param name complete, with a host
   * @param asGiven what failures show: the name as it was given and the options
   */
  record Wish(
      Atom name,
      NodeName.Kind kind,
      int tickTimeSeconds,
      int tickIntensity,
      Visibility visibility,
      MapTerm asGiven) {}

  Naming(
      Site site, Cookies cookies, NodeWatchers watchers, Ticker ticker, Connections connections) {
    this.site = site;
    this.cookies = cookies;
    this.watchers = watchers;
    this.ticker = ticker;
    this.connections = connections;
  }

  /** An independent copy in the same state, for copies of what surrounds it. */
  Naming copy(
      Site itsSite,
      Cookies itsCookies,
      NodeWatchers itsWatchers,
      Ticker itsTicker,
      Connections itsConnections) {
    var copy = new Naming(itsSite, itsCookies, itsWatchers, itsTicker, itsConnections);
    copy.life = life;
    copy.start = start;
    copy.starting = starting;
    copy.epmd = epmd;
    copy.port = port;
    return copy;
  }

  Life life() {
    return life;
  }

  boolean isOn() {
    return life == Life.ON;
  }

  /** Whether the node got its name from its command line, and not from a call. */
  boolean isStartedAtBoot() {
    return start == Start.AT_BOOT;
  }

  /** Whether a stream is that to the port mapper which keeps the name. */
  boolean owns(Socket socket) {
    return socket.equals(epmd);
  }

  /** The stream to the port mapper is up. */
  void connected(Socket socket) {
    site.send(socket, registration());
  }

  /** Begins to turn distribution on, when the node boots: it is on when the host's port mapper has taken the name. */
  void boot(NodeName bootName, NodeName.Kind kind) {
    var wish =
        new Wish(
            bootName.atom(),
            kind,
            site.settings.tickTimeSeconds(),
            site.settings.tickIntensity(),
            site.settings.visibility(),
            MapTerm.EMPTY);
    begin(new Starting(wish, Start.AT_BOOT, Optional.empty()));
  }

  /** Begins to turn distribution on; a process that asked for it gets the answer as {@code {tag, Answer}}. */
  void begin(Starting what) {
    life = Life.STARTING;
    starting = what;
    site.nameKind = what.wish().kind();
    site.visibility = what.wish().visibility();
    port = site.network.listen(site.endpoint);
    epmd = site.open(site.endpoint.host(), Epmd.PORT);
  }

  private EpmdPacket registration() {
    if (starting == null) {
      throw new AssertionError(site.label + " has a port mapper but no name to register");
    }
    String full = starting.wish().name().name();
    boolean hidden = site.visibility == Visibility.HIDDEN;
    return new EpmdPacket.Register(full.substring(0, full.indexOf('@')), port, hidden);
  }

  /** The port mapper has answered. */
  void registered(Optional<Integer> given) {
    Starting what = Optional.ofNullable(starting).orElseThrow();
    starting = null;
    if (given.isEmpty()) {
      leaveEpmd();
      life = what.start() == Start.AT_BOOT ? Life.REFUSED : Life.OFF;
      Term failure = StartFailure.nameRefused(what.wish().asGiven());
      what.caller().ifPresent(caller -> site.answer(caller, Tuple.of(Atom.ERROR, failure)));
      return;
    }
    life = Life.ON;
    start = what.start();
    changeName(what.wish().name(), given.get());
    connections.know(site.name);
    ticker.start(what.wish().tickTimeSeconds(), what.wish().tickIntensity());
    site.record(new DistributionFact.NodeNamed(site.name, site.creation));
    watchers.up(site.name, true, NO_CONNECTION).forEach(site::tell);
    Pid supervisor = startService(NET_SUP, new Attendant());
    startService(Atom.of("erl_epmd"), new Attendant());
    startService(Atom.of("auth"), new Attendant());
    startService(Site.NET_KERNEL, new NetKernel());
    what.caller().ifPresent(caller -> site.answer(caller, Tuple.of(Atom.OK, supervisor)));
  }

  private Pid startService(Atom service, Routine body) {
    var initialCall = new InitialCall(service, Atom.of("init"), 1);
    Pid pid = site.processes().spawn(body, initialCall, Optional.empty());
    site.processes().register(service, pid);
    return pid;
  }

  private void changeName(Atom name, int creation) {
    site.name = name;
    site.creation = creation;
    site.processes().identityChanged();
  }

  private void leaveEpmd() {
    site.network.stopListening(site.endpoint, port);
    site.close(Optional.ofNullable(epmd).orElseThrow());
    epmd = null;
  }

  /** Turns distribution off a moment later; what {@code net_kernel:stop/0} answers. */
  Term stop(long atNanos) {
    if (life != Life.ON) {
      return Tuple.of(Atom.ERROR, Atom.of("not_found"));
    }
    if (start == Start.AT_BOOT) {
      return Tuple.of(Atom.ERROR, Atom.of("not_allowed"));
    }
    site.schedule(atNanos, new DistributionEvent.StopDue(site.vm));
    return Atom.OK;
  }

  /** Turns distribution off, unless it is off already. */
  void turnOff() {
    if (life != Life.ON) {
      return; // stopped twice
    }
    connections.closeAll(NET_KERNEL_TERMINATED);
    watchers.down(site.name, true, NO_CONNECTION, NET_KERNEL_TERMINATED).forEach(site::tell);
    leaveEpmd();
    site.record(new DistributionFact.NodeUnnamed(site.name));
    for (Atom service : List.of(Site.NET_KERNEL, Atom.of("auth"), Atom.of("erl_epmd"), NET_SUP)) {
      site.processes()
          .whereis(service)
          .ifPresent(
              pid ->
                  site.deliver(
                      new Address.OfProcess(pid),
                      new Signal.Exit(pid, Atom.of("kill"), ExitCause.EXIT_CALL)));
    }
    life = Life.OFF;
    changeName(NodeName.NONODE, 0);
    cookies.reset();
  }

  /** The supervisor of what distribution consists of; empty while it is off. */
  Optional<Pid> supervisor() {
    return site.processes().whereis(NET_SUP);
  }
}
