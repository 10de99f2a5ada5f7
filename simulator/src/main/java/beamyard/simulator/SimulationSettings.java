package beamyard.simulator;

import beamyard.simulator.network.NetworkProfile;

/**
 * What a simulation starts from.
 *
 * @param seed of everything that could go either way
 * @param timings how long nodes take for what they do outside of Erlang
 */
public record SimulationSettings(long seed, NetworkProfile network, Timings timings) {
  /**
   * Virtual nanoseconds.
   *
   * @param boot from the start of a node to its first process
   * @param stop from {@code init:stop} to the end of the operating system process
   * @param kill from the signal to the end
   * @param handshakeStep work on one message of a handshake
   */
  public record Timings(long boot, long stop, long kill, long handshakeStep) {
    /** Fitted to real nodes on one machine. */
    public static final Timings DEFAULT =
        new Timings(250_000_000, 1_000_000_000, 3_000_000, 800_000);
  }

  public static SimulationSettings seed(long seed) {
    return new SimulationSettings(seed, NetworkProfile.LOOPBACK, Timings.DEFAULT);
  }
}
