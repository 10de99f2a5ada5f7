package beamyard.ui.desktop.run;

import beamyard.simulator.FaultFact;
import beamyard.simulator.NodeFact;
import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.kernel.KernelFact;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.NetworkFact;
import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Kind;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Happening.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Turns the trace of a run into happenings: what views show of it. Keeps the latest of them. */
public final class Chronicle implements Trace {
  /** So many are kept; the oldest are dropped in one go. */
  static final int MOST = 120_000;

  private final ArrayList<Happening> happenings = new ArrayList<>();
  private final Map<Way, Deque<Long>> underWay = new LinkedHashMap<>();
  private final Map<Pid, String> names = new LinkedHashMap<>();

  /** What has come to its node, and comes to its process when somebody says so, in order. */
  private final List<Waiting> waiting = new ArrayList<>();

  private Arrivals arrivals = Arrivals.AT_THE_NODE;

  /** Whether anything is cut now. */
  private BooleanSupplier isCut = () -> false;

  private final LockTalk locks = new LockTalk();

  private long next;
  private long nextTransfer;
  private long dropped;
  private long fingerprint = 1;
  private Position place = Position.START;

  /** When a signal counts as arrived. */
  private enum Arrivals {
    AT_THE_NODE,
    /** In a run whose steps are chosen, signals are under way until they are chosen. */
    WHEN_TOLD
  }

  /** A signal that has come to its node, and the number of its transfer. */
  private record Waiting(Signal signal, long transfer) {}

  /** One direction of a stream. */
  private record Way(long stream, String from, String to) {
    static Way of(Sent sent) {
      return new Way(sent.stream(), sent.from(), sent.to());
    }
  }

  /** Says how it is known whether anything is cut at the moment of a fact. */
  void askForCuts(BooleanSupplier asked) {
    isCut = asked;
  }

  /** The facts recorded from now on belong to a place of the run. */
  void begin(Position now) {
    place = now;
  }

  /** From now on a signal arrives when that is told. */
  void holdArrivals() {
    arrivals = Arrivals.WHEN_TOLD;
  }

  /** Signals arrive that are no more under way. */
  void arrive(long atNanos, Predicate<Signal> underWay) {
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (!underWay.test(next.signal())) {
        all.remove();
        add(atNanos, new Arrived(next.transfer()));
      }
    }
  }

  /** All signals arrive, and from now on as soon as they come to their node. */
  void arriveAll(long atNanos) {
    if (arrivals == Arrivals.WHEN_TOLD) {
      arrivals = Arrivals.AT_THE_NODE;
      arrive(atNanos, _ -> false);
    }
  }

  /** All that is kept, in order. */
  public List<Happening> all() {
    return List.copyOf(happenings);
  }

  /** Those with a number of at least {@code from}. */
  public List<Happening> since(long from) {
    int index = Math.clamp(from - dropped, 0, happenings.size());
    return List.copyOf(happenings.subList(index, happenings.size()));
  }

  /** The number that the next happening will have. */
  public long nextNumber() {
    return next;
  }

  private static long fingerprint(long before, long atNanos) {
    return before == 0 ? 0 : (before * 0x9E3779B97F4A7C15L + atNanos) | 1;
  }

  /** The same for the same happenings at the same times, and hardly for others; 0 if it is not known. */
  public long fingerprint() {
    return fingerprint;
  }

  /** A chronicle that begins with what happened up to a place of this one. */
  Chronicle until(Position end) {
    var copy = new Chronicle();
    for (Happening happening : happenings) {
      if (!happening.place().isAfter(end)) {
        copy.happenings.add(happening);
      }
    }
    copy.dropped = dropped;
    copy.next = copy.dropped + copy.happenings.size();
    copy.nextTransfer = nextTransfer;
    copy.place = end;
    copy.fingerprint = 0;
    if (dropped == 0) {
      copy.fingerprint = 1;
      for (Happening happening : copy.happenings) {
        copy.fingerprint = fingerprint(copy.fingerprint, happening.atNanos());
      }
    }
    copy.names.putAll(names);
    copy.arrivals = arrivals;
    copy.restoreUnderWay();
    return copy;
  }

  /** Which packets were under way, told by what happened. */
  private void restoreUnderWay() {
    Map<Long, Way> ways = new LinkedHashMap<>();
    for (Happening happening : happenings) {
      switch (happening.what()) {
        case Sent sent -> ways.put(sent.transfer(), Way.of(sent));
        case Arrived(long transfer) -> ways.remove(transfer);
        case Lost(long transfer) -> ways.remove(transfer);
        case Moment _, LockTurn _ -> {}
      }
    }
    for (Happening happening : happenings) {
      if (arrivals == Arrivals.WHEN_TOLD
          && happening.what() instanceof Sent sent
          && sent.packet() instanceof ConnectionPacket.Control(_, Signal signal, _)
          && ways.remove(sent.transfer()) != null) {
        waiting.add(new Waiting(signal, sent.transfer()));
      }
    }
    ways.forEach(
        (transfer, way) -> underWay.computeIfAbsent(way, _ -> new ArrayDeque<>()).add(transfer));
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void record(long atNanos, Fact fact) {
    switch (fact) {
      case NetworkFact network -> record(atNanos, network);
      case NodeFact node -> {
        add(atNanos, FactText.of(node));
        if (node instanceof NodeFact.NodeKilled || node instanceof NodeFact.NodeExited) {
          List.copyOf(underWay.keySet()).stream()
              .filter(way -> way.to().equals(node.node()))
              .forEach(way -> lose(atNanos, way));
        }
      }
      case FaultFact.FaultRefused refused -> add(atNanos, FactText.of(refused));
      case KernelFact.LockAwaited awaited -> add(atNanos, LockTalk.refused(awaited));
      case DistributionFact distribution ->
          FactText.of(distribution).ifPresent(moment -> add(atNanos, moment));
      case ProcessFact process -> record(atNanos, process);
      default -> {} // a family of facts that no view shows
    }
  }

  /** Notes what a person did. */
  void input(long atNanos, String node, String text) {
    add(atNanos, new Moment(Kind.INPUT, node, text, () -> text));
  }

  /** Notes what was done to the yard as a whole. */
  void note(long atNanos, String what) {
    add(atNanos, new Moment(Kind.FAULT, "", what, () -> what));
  }

  private void add(long atNanos, What what) {
    happenings.add(new Happening(next++, place, atNanos, what));
    fingerprint = fingerprint(fingerprint, atNanos);
    if (happenings.size() > MOST) {
      int surplus = MOST / 4;
      happenings.subList(0, surplus).clear();
      dropped += surplus;
    }
  }

  // The network.

  private void record(long atNanos, NetworkFact fact) {
    switch (fact) {
      case NetworkFact.PacketSent(long stream, Endpoint from, Endpoint to, Packet packet) ->
          sent(atNanos, new Way(stream, from.name(), to.name()), packet);
      case NetworkFact.PacketArrived(long stream, Endpoint from, Endpoint to, Packet packet) -> {
        if (PacketText.isShown(packet)) {
          Deque<Long> queue = underWay.get(new Way(stream, from.name(), to.name()));
          Long transfer = queue == null ? null : queue.poll();
          if (transfer != null) {
            arrived(atNanos, packet, transfer);
          }
        }
      }
      case NetworkFact.StreamClosed(long stream, Endpoint owner, Endpoint other, _) ->
          lose(atNanos, new Way(stream, other.name(), owner.name()));
      case NetworkFact.CutMended _, NetworkFact.PathUnblocked _, NetworkFact.NetworkHealed _ ->
          FactText.of(fact)
              .ifPresent(
                  moment -> add(atNanos, isCut.getAsBoolean() ? moment : moment.as(Kind.HEALED)));
      default -> FactText.of(fact).ifPresent(moment -> add(atNanos, moment));
    }
  }

  private void arrived(long atNanos, Packet packet, long transfer) {
    if (arrivals == Arrivals.WHEN_TOLD
        && packet instanceof ConnectionPacket.Control(_, Signal signal, _)) {
      waiting.add(new Waiting(signal, transfer));
    } else {
      add(atNanos, new Arrived(transfer));
    }
  }

  private void lose(long atNanos, Way way) {
    Deque<Long> queue = underWay.remove(way);
    if (queue != null) {
      for (long transfer : queue) {
        add(atNanos, new Lost(transfer));
      }
    }
  }

  private void sent(long atNanos, Way way, Packet packet) {
    if (!PacketText.isShown(packet)) {
      return;
    }
    long transfer = nextTransfer++;
    underWay.computeIfAbsent(way, _ -> new ArrayDeque<>()).add(transfer);
    String sender = "";
    String receiver = "";
    if (packet instanceof ConnectionPacket.Control(Address address, Signal signal, _)) {
      sender = process(signal.from());
      receiver = process(address);
    }
    add(
        atNanos,
        new Sent(
            transfer,
            way.stream(),
            PacketText.cargo(packet),
            way.from(),
            way.to(),
            sender,
            receiver,
            packet));
  }

  // Processes.

  private String process(Pid pid) {
    String name = names.get(pid);
    return name != null ? name : TermText.process(pid);
  }

  private String process(Address address) {
    return address instanceof Address.OfProcess(Pid pid) ? process(pid) : TermText.process(address);
  }

  private void record(long atNanos, ProcessFact fact) {
    switch (fact) {
      case ProcessFact.NameRegistered(Atom name, var pid) -> names.put(pid, name.name());
      case ProcessFact.MessageSent(var from, var to, var message) ->
          locks.hear(from, to, message).ifPresent(turn -> add(atNanos, turn));
      default -> {}
    }
    FactText.of(fact, this::process).ifPresent(moment -> add(atNanos, moment));
  }
}
