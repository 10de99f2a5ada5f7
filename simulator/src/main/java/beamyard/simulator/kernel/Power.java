package beamyard.simulator.kernel;

/** How a node ends itself. The node owns one. */
public interface Power {
  /** {@code init:stop}: applications are taken down in order, which takes a while; then the node ends. */
  void stop(int status);

  /** {@code erlang:halt}: the node ends now. */
  void halt(int status);

  /**
   * The emulator cannot go on: it says why on its terminal, writes a crash dump and ends with status 1. Nothing more happens on
   * the node.
   */
  void abort(String slogan);
}
