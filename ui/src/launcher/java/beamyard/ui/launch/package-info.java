/**
 * Starts Beamyard on a Java that is new enough. Compiled for Java 17; knows the application by its name only.
 *
 * <p>Each start waits for it, so what is on the way to a {@code Relaunch} has no lambdas and joins no strings at run time: what
 * links them takes longer than all the rest.
 */
package beamyard.ui.launch;
