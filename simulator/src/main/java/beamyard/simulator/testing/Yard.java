package beamyard.simulator.testing;

import beamyard.simulator.Cluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class, or one of them, a {@link Cluster} of their own as a parameter. When a test fails, its message
 * says the seed, the faults that it made until then, and which processes ended by an exception.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(YardExtension.class)
public @interface Yard {
  /** The nodes that are booted before the test begins. */
  String[] nodes() default {"alice", "bob", "carol"};

  long seed() default 1;

  /** Whether the nodes are connected to each other before the test begins. */
  Connected connected() default Connected.MESH;

  /** How the nodes of a test begin. */
  enum Connected {
    APART,
    MESH
  }
}
