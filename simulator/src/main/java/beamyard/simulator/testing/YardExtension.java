package beamyard.simulator.testing;

import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link Yard} does. */
public final class YardExtension implements ParameterResolver, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(YardExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Yard yard =
        context
            .getElement()
            .flatMap(method -> AnnotationSupport.findAnnotation(method, Yard.class))
            .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Yard.class))
            .orElseThrow();
    Cluster cluster = Cluster.of(ClusterSettings.seed(yard.seed()).recorded(), yard.nodes());
    if (yard.connected() == Yard.Connected.MESH) {
      cluster.mesh();
    }
    context.getStore(NAMESPACE).put(Cluster.class, cluster);
    return cluster;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Cluster cluster = context.getStore(NAMESPACE).get(Cluster.class, Cluster.class);
    if (cluster == null) {
      throw failure;
    }
    throw new AssertionError(failure.getMessage() + "\n" + account(cluster), failure);
  }

  private static String crashes(Cluster cluster) {
    var text = new StringBuilder();
    cluster.crashes().forEach(crash -> text.append("crashed: ").append(crash).append('\n'));
    return text.toString();
  }

  private static String account(Cluster cluster) {
    String faults = cluster.faults().toString();
    return "seed "
        + cluster.settings().simulation().seed()
        + ", at "
        + cluster.now().toMillis()
        + " ms; faults until then (milliseconds first):\n"
        + (faults.isEmpty() ? "none\n" : faults)
        + crashes(cluster);
  }
}
