/**
 * What discovery talks to: multicast groups, the names that EPMD knows, and the lists of addresses that a DNS server or Kubernetes'
 * API would give.
 *
 * <p>Called by the strategies of {@code lessons}. Knows hosts, nodes and the network, nothing of strategies.
 */
@NullMarked
package beamyard.simulator.cluster;

import org.jspecify.annotations.NullMarked;
