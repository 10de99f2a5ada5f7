package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.NetworkFact;
import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How often each kind of fault happened, and how often it bit: a cut lost a packet, a node that ended or stood still cost a
 * connection, a delay or a reset met a stream. A fault that never bites tests nothing.
 */
public final class Bites {
  /** Things other than faults that are counted. */
  enum Remark {
    IMPOSSIBLE("faults impossible when their time came"),
    IN_VAIN("rounds of connecting that did not give a mesh"),
    GAP("runs with a gap in a clique, by a race that OTP loses as well"),
    FORGOTTEN("connections forgotten by global at one end, by a race that OTP loses as well"),
    STORM("exchanges of names begun anew for ever, as on real nodes, until disconnected"),
    NAME(
        "names changed or passed on between nodes one of which had lost the other, as OTP loses them");

    private final String text;

    Remark(String text) {
      this.text = text;
    }
  }

  private record Happened(Fault fault, long atNanos) {}

  private final List<Happened> faults = new ArrayList<>();
  private final LinkedHashMap<String, long[]> byKind = new LinkedHashMap<>();
  private final EnumMap<Remark, Long> remarks = new EnumMap<>(Remark.class);

  void happened(Fault fault, long atNanos) {
    faults.add(new Happened(fault, atNanos));
  }

  void remark(Remark what) {
    remarks.merge(what, 1L, Long::sum);
  }

  private long[] of(String kind) {
    return byKind.computeIfAbsent(kind, _ -> new long[2]);
  }

  /** Counts what happened in a run that has ended. */
  void count(List<FactList.Dated> facts) {
    for (Happened each : faults) {
      long[] counts = of(each.fault.getClass().getSimpleName());
      counts[0]++;
      boolean bit =
          facts.stream()
              .filter(dated -> dated.atNanos() >= each.atNanos)
              .anyMatch(dated -> isBite(each.fault, dated));
      if (bit) {
        counts[1]++;
      }
    }
    faults.clear();
  }

  private static boolean isBite(Fault fault, FactList.Dated dated) {
    return switch (dated.fact()) {
      case NetworkFact.SegmentLost(_, Endpoint from, Endpoint to, _) ->
          switch (fault) {
            case Fault.Partition(_, var groups) -> separates(groups, from, to);
            case Fault.Blip(var groups, long nanos) -> separates(groups, from, to);
            case Fault.Block(String one, String other) ->
                from.name().equals(one) && to.name().equals(other);
            default -> false;
          };
      case DistributionFact.NodeDown(_, var peer, _, _) -> {
        String name = peer.name().replaceFirst("@.*", "");
        yield switch (fault) {
          case Fault.Crash(String node) -> node.equals(name);
          case Fault.Stop(String node) -> node.equals(name);
          case Fault.Restart(String node) -> node.equals(name);
          case Fault.Pause(String node) -> node.equals(name);
          default -> false;
        };
      }
      case NetworkFact.StreamClosed(_, Endpoint owner, Endpoint other, Cause cause) ->
          fault instanceof Fault.Reset(String one, String two)
              && cause == Cause.RESET
              && List.of(one, two).contains(owner.name())
              && List.of(one, two).contains(other.name());
      case NetworkFact.PacketSent(_, Endpoint from, Endpoint to, _) ->
          fault instanceof Fault.Delay(String one, String other, _)
              && from.name().equals(one)
              && to.name().equals(other);
      case NetworkFact.NetworkHealed _ -> fault instanceof Fault.Heal;
      default -> fault instanceof Fault.Start || fault instanceof Fault.Resume;
    };
  }

  private static boolean separates(List<List<String>> groups, Endpoint from, Endpoint to) {
    return groups.stream()
        .anyMatch(group -> group.contains(from.name()) && !group.contains(to.name()));
  }

  /** Adds what another run counted. */
  public void add(Bites other) {
    other.byKind.forEach(
        (kind, counts) -> {
          long[] mine = of(kind);
          mine[0] += counts[0];
          mine[1] += counts[1];
        });
    other.remarks.forEach((what, count) -> remarks.merge(what, count, Long::sum));
  }

  /** How often something was remarked. */
  long count(Remark what) {
    return remarks.getOrDefault(what, 0L);
  }

  /** By kind of fault: how often it happened and how often it bit. */
  public SequencedMap<String, long[]> byKind() {
    return Collections.unmodifiableSequencedMap(byKind);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    byKind.forEach(
        (kind, counts) ->
            text.append(String.format("%-10s %,9d times, bit %,9d%n", kind, counts[0], counts[1])));
    remarks.forEach((what, count) -> text.append(String.format("%,d %s%n", count, what.text)));
    return text.toString();
  }
}
