package beamyard.simulator.kernel;

/**
 * What a node's kernel is started with.
 *
 * @param hostName the host's own name, without domain: nodes of it count as near
 * @param mesh how nodes that meet connect
 * @param startGroups whether the default scope of {@code pg} is started at boot
 */
public record KernelSettings(String hostName, Mesh mesh, StartGroups startGroups) {
  /** Kernel parameters {@code connect_all} and {@code prevent_overlapping_partitions}. */
  public record Mesh(Connect connect, Overlap overlap) {
    boolean preventsOverlap() {
      return connect == Connect.ALL && overlap == Overlap.PREVENTED;
    }
  }

  /** Whether nodes that meet make all their nodes connect to each other, and share names. */
  public enum Connect {
    ALL,
    SINGLY
  }

  /** Whether a node that lost one of another's connections gives up its own, so that no partitions overlap. */
  public enum Overlap {
    PREVENTED,
    ALLOWED
  }

  /** Kernel parameter {@code start_pg}. */
  public enum StartGroups {
    NO,
    YES
  }

  /** What OTP 25 does unless told otherwise. */
  public static KernelSettings defaults(String hostName) {
    return new KernelSettings(hostName, new Mesh(Connect.ALL, Overlap.PREVENTED), StartGroups.NO);
  }
}
