package beamyard.simulator;

import beamyard.simulator.network.Latency;
import java.util.List;
import java.util.Optional;

/**
 * Something done to a cluster from outside, as data: {@link Simulation#apply} does it now, {@link Simulation#applyAt} later.
 * Nodes are named by their labels, durations are virtual nanoseconds.
 *
 * <p>What each does exactly, and what OTP then sees, is told in {@code lessons/FAULTS.md}.
 */
public sealed interface Fault {
  // The network.

  /** Cuts all paths between nodes of different groups, both ways; port mappers stay reachable. */
  record Partition(Optional<String> name, List<List<String>> groups) implements Fault {}

  /** Cuts all paths between hosts of different groups, port mappers included. */
  record HostCut(Optional<String> name, List<List<String>> hosts) implements Fault {}

  /** A partition that heals by itself after a while. */
  record Blip(List<List<String>> groups, long nanos) implements Fault {}

  /** Ends one named cut; without a name all cuts and blocks. */
  record Heal(Optional<String> name) implements Fault {}

  /** Drops what one node sends to another. */
  record Block(String from, String to) implements Fault {}

  record Unblock(String from, String to) implements Fault {}

  /** Sets how long packets take one way. */
  record Delay(String from, String to, Latency latency) implements Fault {}

  /** Sets how many bytes a second a path carries one way; empty for no limit. */
  record Narrow(String from, String to, Optional<Long> bytesPerSecond) implements Fault {}

  /** Loses so many of a thousand packets one way. */
  record Lose(String from, String to, int perMille) implements Fault {}

  /** Holds on its way what one node sends to another from now on. */
  record Hold(String from, String to) implements Fault {}

  /** Lets one held packet arrive. */
  record Release(long packet) implements Fault {}

  /** Loses one held packet; its sender sends it again. */
  record Drop(long packet) implements Fault {}

  /** Ends all holding, and lets arrive what is held. */
  record ReleaseAll() implements Fault {}

  /** Resets all streams between two nodes. */
  record Reset(String one, String other) implements Fault {}

  // Nodes.

  /** {@code SIGKILL}. */
  record Crash(String node) implements Fault {}

  /** {@code init:stop}. */
  record Stop(String node) implements Fault {}

  /** Starts a node that has ended, as it was started before. */
  record Start(String node) implements Fault {}

  /** Starts a node that is new. */
  record Boot(NodeSettings settings) implements Fault {}

  /** Kills a node if it is up, and starts it again. */
  record Restart(String node) implements Fault {}

  /** {@code SIGSTOP}. */
  record Pause(String node) implements Fault {}

  /** {@code SIGCONT}. */
  record Resume(String node) implements Fault {}

  /** Lets a node take so many times as long for all it computes; 1 is as it began. */
  record Slow(String node, double times) implements Fault {}

  /** Sets the clock of a node's machine ahead of true time, or behind it; only that node sees it. */
  record Skew(String node, long nanos) implements Fault {}
}
