package beamyard.ui.desktop.run;

/** A piece of what a node's terminal shows. */
public record Printed(Position at, String node, Source source, String text) {
  /** Who wrote it. */
  public enum Source {
    /** The learner, behind the prompt. */
    INPUT,
    /** The node. */
    OUTPUT,
    /** The yard: the node ended, or started again. */
    NOTE
  }
}
