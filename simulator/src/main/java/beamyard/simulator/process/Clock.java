package beamyard.simulator.process;

/**
 * How the clocks of a machine differ from true time. When the operating system's clock is set, Erlang's own time follows it
 * at one hundredth of the speed of time, as OTP does without time warps; it never jumps.
 *
 * @param skewNanos by how much the operating system's clock is ahead; negative if it is behind
 * @param followedNanos how far Erlang's time had followed when the clock was last set
 * @param setAtNanos when that was
 * @see <a href="https://www.erlang.org/doc/apps/erts/time_correction.html">Time and time correction in Erlang</a>
 */
public record Clock(long skewNanos, long followedNanos, long setAtNanos) {
  /** All clocks show true time. */
  public static final Clock EXACT = new Clock(0, 0, 0);

  private static final int SLOWNESS_OF_FOLLOWING = 100;

  /** By how much Erlang's time, monotonic and system time alike, is ahead at an instant. */
  public long erlangAheadNanos(long atNanos) {
    long most = (atNanos - setAtNanos) / SLOWNESS_OF_FOLLOWING;
    return followedNanos + Math.clamp(skewNanos - followedNanos, -most, most);
  }

  Clock skewed(long nanos, long atNanos) {
    return new Clock(nanos, erlangAheadNanos(atNanos), atNanos);
  }
}
