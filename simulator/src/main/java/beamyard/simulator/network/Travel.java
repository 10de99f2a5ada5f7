package beamyard.simulator.network;

/** How long packets take. */
public enum Travel {
  /** What the latency of their paths says. */
  AS_PATHS_ARE,
  /** No time: somebody else chooses when what they carry comes to pass. */
  AT_ONCE
}
