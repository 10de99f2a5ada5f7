/**
 * Starts Beamyard on a Java that is new enough. Compiled for Java 17; knows the application by its name only.
 */
package beamyard.ui.launch;
