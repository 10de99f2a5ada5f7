package beamyard.simulator;

/**
 * A release of OTP, as far as releases differ in how nodes of the yard behave: in OTP 25 and later {@code global} prevents
 * overlapping partitions unless it is told not to, before that it does not unless it is told to. Unlike OTP, everything
 * else, such as the wire and what functions there are, is that of OTP 25 whatever the release.
 *
 * @see <a href="https://www.erlang.org/doc/man/kernel_app.html#prevent_overlapping_partitions">kernel,
 *     prevent_overlapping_partitions</a>
 */
public enum OtpRelease {
  /** 24 and earlier. */
  OTP_24,
  /** 25 and later. */
  OTP_25;

  private static final int FIRST_THAT_PREVENTS_OVERLAP = 25;

  /**
   * The release of a number.
   *
   * @throws BadSetup if there never was one
   */
  public static OtpRelease of(int number) {
    if (number < 17) {
      throw new BadSetup("is " + number, "an OTP release", "17 or later");
    }
    return number < FIRST_THAT_PREVENTS_OVERLAP ? OTP_24 : OTP_25;
  }

  /** The defaults of the kernel parameters in this release. */
  public KernelParameters kernel() {
    return switch (this) {
      case OTP_24 -> KernelParameters.DEFAULT.withPreventOverlappingPartitions(false);
      case OTP_25 -> KernelParameters.DEFAULT;
    };
  }
}
