package beamyard.simulator.distribution;

import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;

/**
 * How a node behaves towards others; the kernel parameters of OTP, with its defaults in {@link #DEFAULT}.
 *
 * @param cookie the node's own
 * @param visibility hidden for {@code -hidden}
 * @param tickTimeSeconds {@code net_ticktime}
 * @param tickIntensity {@code net_tickintensity}: ticks in a tick time, 4 to 1000
 * @param setupTimeSeconds {@code net_setuptime}: how long each stage of setting up may take
 * @param autoConnect {@code dist_auto_connect}
 * @param transport what its connections are carried by
 * @param busyLimitBytes {@code +zdbbl}: so much may wait to be sent by a connection before those who send more are suspended
 * @param handshakeStepNanos what a node needs to work on one message of a handshake
 */
public record DistributionSettings(
    Atom cookie,
    Visibility visibility,
    int tickTimeSeconds,
    int tickIntensity,
    int setupTimeSeconds,
    AutoConnect autoConnect,
    Transport transport,
    long busyLimitBytes,
    long handshakeStepNanos) {
  /** Whether the first signal to a node connects to it. */
  public enum AutoConnect {
    ALWAYS,
    /** Not again after the connection was lost. */
    ONCE,
    NEVER
  }

  public static final DistributionSettings DEFAULT =
      new DistributionSettings(
          Atom.of("nocookie"),
          Visibility.VISIBLE,
          60,
          4,
          7,
          AutoConnect.ALWAYS,
          Transport.PLAIN,
          1_048_576,
          700_000);

  public DistributionSettings withCookie(Atom changed) {
    return new DistributionSettings(
        changed,
        visibility,
        tickTimeSeconds,
        tickIntensity,
        setupTimeSeconds,
        autoConnect,
        transport,
        busyLimitBytes,
        handshakeStepNanos);
  }
}
