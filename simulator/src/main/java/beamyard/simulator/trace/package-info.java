/**
 * What happened, in order: facts, recordings of them, and views of one instant.
 *
 * <p>Each package records its own sealed family of {@link Fact}; views, checks, graders and exporters read them. Knows
 * nothing of how anything was decided.
 */
@NullMarked
package beamyard.simulator.trace;

import org.jspecify.annotations.NullMarked;
