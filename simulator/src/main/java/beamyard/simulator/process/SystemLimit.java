package beamyard.simulator.process;

/**
 * A limit of the runtime is reached: the error {@code system_limit} of the process that asked for more. A language catches
 * it where it can raise; a process that lets it pass crashes with it.
 *
 * @see <a href="https://www.erlang.org/doc/system/system_limits.html">Erlang, system limits</a>
 */
public final class SystemLimit extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SystemLimit(String what) {
    super(what, null, false, false);
  }
}
