package beamyard.simulator;

import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.process.Guardian;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;

/**
 * The processes of OTP that a node does not outlive. The supervisor of the kernel's servers starts none of them again: when one
 * ends, it ends the others, and {@code application_controller} and the node with them. How long a real node takes for that
 * has been measured.
 *
 * @see <a href="https://www.erlang.org/doc/man/kernel_app.html">OTP kernel</a>
 */
final class VitalProcesses implements Guardian {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long LAST_WORDS_NANOS = 500 * NANOS_A_MILLI;
  private static final long SHUTDOWN_NANOS = 1_000 * NANOS_A_MILLI;
  private static final String CONTROLLER = "application_controller";

  private final Node node;

  VitalProcesses(Node node) {
    this.node = node;
  }

  @Override
  public void ended(Atom name, Term reason) {
    switch (name.name()) {
      case "init" -> node.abort("System process <0.0.0> terminated: " + reason);
      case CONTROLLER, "logger" -> fail(LAST_WORDS_NANOS, name.name(), reason.toString());
      case "kernel_sup" -> {
        node.distribution().collapse();
        fail(LAST_WORDS_NANOS, CONTROLLER, "{application_terminated,kernel," + reason + "}");
      }
      case "rex", "global_name_server", "kernel_safe_sup" -> shutDown();
      case "net_sup", "net_kernel", "auth", "erl_epmd" -> {
        if (node.distribution().life() == Distribution.Life.ON) {
          node.distribution().collapse();
          shutDown();
        }
      }
      default -> {}
    }
  }

  private void shutDown() {
    fail(SHUTDOWN_NANOS, CONTROLLER, "{application_terminated,kernel,shutdown}");
  }

  private void fail(long afterNanos, String process, String reason) {
    node.abortLater(afterNanos, "Kernel pid terminated (" + process + ") (" + reason + ")");
  }
}
