package beamyard.simulator.network;

/** What a stream carries as one piece: immutable, opaque to the network. */
public interface Packet {
  /** In bytes, as far as known. */
  int size();
}
