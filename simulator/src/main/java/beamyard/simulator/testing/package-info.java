/**
 * What tests of clusters are made of: invariants as plain methods, generators for jqwik that shrink, and a JUnit extension
 * that tells seed and schedule of what failed.
 *
 * <p>Called by tests, by {@code exploration} and by graders. Calls the packages below. {@link
 * beamyard.simulator.testing.Invariants} needs no test library; the other classes need jqwik or JUnit, which are optional
 * dependencies.
 */
@NullMarked
package beamyard.simulator.testing;

import org.jspecify.annotations.NullMarked;
