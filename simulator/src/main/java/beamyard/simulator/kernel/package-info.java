/**
 * What OTP's kernel application offers on every node: global names and locks, process groups, remote calls.
 *
 * <p>{@link beamyard.simulator.kernel.Kernel} starts its processes. What runs in the caller is a {@link
 * beamyard.simulator.kernel.Conversation}; {@link beamyard.simulator.kernel.KernelFunctions} has them all by name. A process
 * that only answers messages is a {@link beamyard.simulator.kernel.Service}.
 *
 * <p>Called by {@code simulator} (boots the services) and by the language's modules of the same names. Calls {@code
 * distribution} and {@code process}. Knows nothing of lessons, packets or real time.
 */
@NullMarked
package beamyard.simulator.kernel;

import org.jspecify.annotations.NullMarked;
