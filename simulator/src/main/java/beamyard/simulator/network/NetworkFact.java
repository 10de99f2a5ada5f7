package beamyard.simulator.network;

import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.trace.Fact;
import java.util.List;
import java.util.Optional;

/** What happened in the network. */
public sealed interface NetworkFact extends Fact {
  record StreamRequested(long stream, Endpoint from, Endpoint to, int port)
      implements NetworkFact {}

  record StreamOpened(long stream, Endpoint from, Endpoint to, int port) implements NetworkFact {}

  record PacketSent(long stream, Endpoint from, Endpoint to, Packet packet)
      implements NetworkFact {}

  record PacketArrived(long stream, Endpoint from, Endpoint to, Packet packet)
      implements NetworkFact {}

  /** A segment was lost on a cut path; its sender will send it again. */
  record SegmentLost(long stream, Endpoint from, Endpoint to, long number) implements NetworkFact {}

  record SegmentRepeated(long stream, Endpoint from, Endpoint to, long number, int attempt)
      implements NetworkFact {}

  record StreamClosed(long stream, Endpoint owner, Endpoint other, Cause cause)
      implements NetworkFact {}

  record NetworkPartitioned(List<List<Endpoint>> groups) implements NetworkFact {}

  /** Packets of one direction are dropped from now on. */
  record PathBlocked(Endpoint from, Endpoint to) implements NetworkFact {}

  record PathUnblocked(Endpoint from, Endpoint to) implements NetworkFact {}

  record NetworkHealed() implements NetworkFact {}

  /** Hosts are cut off from each other, with everything on them. */
  record HostsPartitioned(List<List<String>> groups) implements NetworkFact {}

  /** One cut is over; others may still lie on its paths. */
  record CutMended(String name) implements NetworkFact {}

  record LatencyChanged(Endpoint from, Endpoint to, Latency latency) implements NetworkFact {}

  /** Empty for no limit. */
  record BandwidthChanged(Endpoint from, Endpoint to, Optional<Long> bytesPerSecond)
      implements NetworkFact {}

  record LossChanged(Endpoint from, Endpoint to, int perMille) implements NetworkFact {}

  /** What is sent one way is held from now on. */
  record PathHeld(Endpoint from, Endpoint to) implements NetworkFact {}

  record PathLetGo(Endpoint from, Endpoint to) implements NetworkFact {}

  record PacketHeld(HeldPacket packet) implements NetworkFact {}

  record PacketReleased(long id) implements NetworkFact {}
}
