package beamyard.simulator.engine;

/**
 * Answers every question that could go either way. Each stream, named by who asks and what for ({@code "alice/latency"}),
 * is independent of the others, so that changing the answers of one leaves the others as they were.
 */
public interface Choices {
  /** A number from {@code lowest} to {@code highest}, both included. */
  long between(String stream, long lowest, long highest);

  /** An independent copy that will give the same answers from here on. */
  Choices copy();
}
