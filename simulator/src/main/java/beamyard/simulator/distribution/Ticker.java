package beamyard.simulator.distribution;

import beamyard.simulator.term.Atom;

/**
 * The ticks of a node: every {@code net_ticktime / net_tickintensity} it looks at its connections.
 *
 * <p>A connection on which nothing was sent since the last look gets a tick; one on which nothing came during as many looks as
 * there are in a tick time is given up. So silence is noticed after 0.75 to 1.25 tick times, with 4 looks in one.
 */
final class Ticker {
  private static final Atom NET_TICK_TIMEOUT = Atom.of("net_tick_timeout");
  private static final long NOT_SCHEDULED = -1;

  private final Site site;
  private int tickTimeSeconds;

  /** Looks in a tick time. */
  private int intensity;

  /** The tick time that will be in force when the time of transition is over; 0 if there is no change under way. */
  private int changingToSeconds;

  private boolean slowerAtOnce;

  /** Looks are at whole intervals after this instant. */
  private long startNanos;

  private long intervalNanos;
  private long ticket = NOT_SCHEDULED;

  Ticker(Site site) {
    this.site = site;
    this.tickTimeSeconds = site.settings.tickTimeSeconds();
    this.intensity = site.settings.tickIntensity();
    this.intervalNanos = interval(tickTimeSeconds);
  }

  Ticker copy(Site itsSite) {
    var copy = new Ticker(itsSite);
    copy.tickTimeSeconds = tickTimeSeconds;
    copy.intensity = intensity;
    copy.changingToSeconds = changingToSeconds;
    copy.slowerAtOnce = slowerAtOnce;
    copy.startNanos = startNanos;
    copy.intervalNanos = intervalNanos;
    copy.ticket = ticket;
    return copy;
  }

  private long interval(int seconds) {
    return seconds * Site.SECOND / intensity;
  }

  /** Distribution was turned on. */
  void start(int seconds, int itsIntensity) {
    intensity = itsIntensity;
    startNanos = site.now();
    tickTimeSeconds = seconds;
    intervalNanos = interval(seconds);
  }

  int tickTimeSeconds() {
    return tickTimeSeconds;
  }

  /** The tick time that is being changed to; 0 if there is no change under way. */
  int changingToSeconds() {
    return changingToSeconds;
  }

  /** There is a connection to look at. */
  void wake() {
    if (ticket == NOT_SCHEDULED) {
      long passed = (site.now() - startNanos) / intervalNanos;
      long next = startNanos + (passed + 1) * intervalNanos;
      ticket = site.schedule(next, new DistributionEvent.TickDue(site.vm));
    }
  }

  /** Looks at all connections. */
  void tick(Connections connections) {
    ticket = NOT_SCHEDULED;
    for (Connection connection : connections.all()) {
      if (connection.isUp()) {
        look(connection, connections);
      }
    }
    if (connections.anyUp()) {
      wake();
    }
  }

  private void look(Connection connection, Connections connections) {
    boolean heard = connection.received != connection.receivedAtTick;
    connection.silentTicks = heard ? 0 : connection.silentTicks + 1;
    connection.receivedAtTick = connection.received;
    if (connection.silentTicks >= intensity) {
      site.logError(
          "** Node ~p not responding **~n** Removing (timedout) connection **~n", connection.peer);
      connections.close(connection, NET_TICK_TIMEOUT);
      return;
    }
    boolean silentMyself = connection.sent == connection.sentAtTick;
    if (silentMyself || !connection.visible && !heard) {
      connections.sendTick(connection);
    }
    connection.sentAtTick = connection.sent;
  }

  /** Begins to change the tick time: extra ticks are sent until all nodes may be expected to have changed it. */
  void change(int seconds, int transitionSeconds, Connections connections) {
    long before = intervalNanos;
    long after = interval(seconds);
    changingToSeconds = seconds;
    slowerAtOnce = after > before;
    if (slowerAtOnce) {
      restart(after);
    }
    long extraInterval = Math.min(before, after);
    long transition = transitionSeconds * Site.SECOND;
    int extraTicks = transition > 0 ? Math.toIntExact(2 + (transition - 1) / extraInterval) : 1;
    extraTick(extraTicks, extraInterval, connections);
  }

  void extraTick(int remaining, long extraInterval, Connections connections) {
    if (remaining == 1) {
      tickTimeSeconds = changingToSeconds;
      changingToSeconds = 0;
      if (!slowerAtOnce) {
        restart(interval(tickTimeSeconds));
      }
      site.record(new DistributionFact.TickTimeChanged(site.name, tickTimeSeconds));
    }
    connections.all().stream().filter(Connection::isUp).forEach(connections::sendTick);
    if (remaining > 1) {
      site.schedule(
          site.now() + extraInterval,
          new DistributionEvent.ExtraTickDue(site.vm, remaining - 1, extraInterval));
    }
  }

  private void restart(long interval) {
    startNanos = site.now();
    intervalNanos = interval;
    if (ticket != NOT_SCHEDULED) {
      site.cancel(ticket);
      ticket = NOT_SCHEDULED;
      wake();
    }
  }
}
