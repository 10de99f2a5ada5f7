/**
 * What OTP's kernel application offers on every node: global names and locks, process groups, remote calls, IO.
 *
 * <p>Called by {@code simulator} (boots the services) and by the language's modules of the same names. Calls {@code
 * distribution} and {@code process}. Knows nothing of lessons, packets or real time.
 */
@NullMarked
package beamyard.simulator.kernel;

import org.jspecify.annotations.NullMarked;
