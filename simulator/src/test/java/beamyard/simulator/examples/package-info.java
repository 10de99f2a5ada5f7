/** Programs as somebody would write them who knows the README and the Javadoc only; each with a property that it keeps. */
@NullMarked
package beamyard.simulator.examples;

import org.jspecify.annotations.NullMarked;
