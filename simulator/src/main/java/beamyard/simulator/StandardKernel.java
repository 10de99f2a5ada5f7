package beamyard.simulator;

import beamyard.simulator.kernel.Kernel;
import beamyard.simulator.kernel.KernelSettings;
import beamyard.simulator.kernel.KernelSettings.Connect;
import beamyard.simulator.kernel.KernelSettings.Mesh;
import beamyard.simulator.kernel.KernelSettings.Overlap;
import beamyard.simulator.kernel.KernelSettings.StartGroups;
import beamyard.simulator.kernel.KernelTables;

/** OTP's kernel as nodes of a simulation have it: what {@link NodeSoftware#boot} starts first. */
public final class StandardKernel {
  private StandardKernel() {}

  /** Gives the node what the kernel's services need and starts them, as its kernel parameters say. */
  public static void boot(Node node) {
    KernelParameters kernel = node.settings().kernel();
    var settings =
        new KernelSettings(
            node.host().name(),
            new Mesh(
                kernel.connectAll() ? Connect.ALL : Connect.SINGLY,
                kernel.preventOverlappingPartitions() ? Overlap.PREVENTED : Overlap.ALLOWED),
            kernel.startPg() ? StartGroups.YES : StartGroups.NO);
    node.own(KernelTables.class, new KernelTables(), KernelTables::copy);
    node.own(KernelSettings.class, settings, same -> same);
    Kernel.boot(node.processes(), settings);
  }
}
