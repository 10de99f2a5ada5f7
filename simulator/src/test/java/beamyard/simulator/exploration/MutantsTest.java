package beamyard.simulator.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.exploration.MutatedClasses.Mutation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that do one thing wrong: the invariants that come with the simulator tell each of them. */
class MutantsTest {
  private static final String KERNEL = "beamyard.simulator.kernel.";
  private static final String PROCESS = "beamyard.simulator.process.";
  private static final String DISTRIBUTION = "beamyard.simulator.distribution.";

  /**
   * A simulator with a mistake.
   *
   * @param what is wrong with it
   */
  private record Mutant(String what, List<Mutation> mutations) {
    static Mutant of(String what, Mutation... mutations) {
      return new Mutant(what, List.of(mutations));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Mutant> mutants() {
    return List.of(
        Mutant.of(
            "a lock that is not exclusive",
            new Mutation.Constant(KERNEL + "GlobalLocks", "isFreeFor", 1)),
        Mutant.of(
            "a lock that is never given back",
            new Mutation.Skip(KERNEL + "GlobalRegistry", "deleteLock")),
        Mutant.of(
            "a global that forgets neither names nor locks of the dead",
            new Mutation.Skip(KERNEL + "GlobalRegistry", "down")),
        Mutant.of(
            "a global that keeps both names after a split",
            new Mutation.Skip(KERNEL + "GlobalRegistry", "apply")),
        Mutant.of(
            "a global that does not connect to the nodes of the other side",
            new Mutation.Skip(KERNEL + "GlobalExchange", "connectAll")),
        Mutant.of(
            "a global that tells nobody of a lost node",
            new Mutation.Skip(KERNEL + "GlobalMesh", "tellOthers")),
        Mutant.of(
            "a pg that forgets a leave",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "leaveRemote")),
        Mutant.of(
            "a pg that forgets a join",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "joinRemote")),
        Mutant.of(
            "a pg that keeps the members of a node that is down",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "down")),
        Mutant.of(
            "a pg that does not introduce itself",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "discovered")),
        Mutant.of(
            "a monitor that fires twice",
            new Mutation.Instead(PROCESS + "Delivery", "onDown", "remove", "get"),
            new Mutation.Twice(PROCESS + "Delivery", "onDown")),
        Mutant.of(
            "a monitor that does not fire", new Mutation.Skip(PROCESS + "Delivery", "onDown")),
        Mutant.of("a link that is lost", new Mutation.Skip(PROCESS + "Links", "activate")),
        Mutant.of(
            "processes that are not told of a lost node",
            new Mutation.Skip(PROCESS + "Losses", "lose")),
        Mutant.of("messages that come twice", new Mutation.Twice(PROCESS + "Delivery", "put")),
        Mutant.of(
            "a connection that its end forgets to end",
            new Mutation.Skip(DISTRIBUTION + "Connections", "down")),
        Mutant.of(
            "a connection on which nobody waits for a sign of life",
            new Mutation.Skip(DISTRIBUTION + "Ticker", "look")),
        Mutant.of(
            "a global that does not take what the other side has decided",
            new Mutation.Skip(KERNEL + "GlobalExchange", "hisDecision")),
        Mutant.of(
            "a global that never exchanges names with a node",
            new Mutation.Skip(KERNEL + "GlobalExchange", "finish")),
        Mutant.of(
            "a pg that takes nobody out",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "takeOut")),
        Mutant.of(
            "a pg that tells nobody of its members",
            new Mutation.Skip(KERNEL + "ProcessGroups$Draft", "tellPeers")),
        Mutant.of(
            "a name that a dead process keeps",
            new Mutation.Constant(PROCESS + "Names", "unregister", 1)));
  }

  private static List<String> violations(List<Mutation> mutations)
      throws ReflectiveOperationException {
    var classes = new MutatedClasses(mutations);
    Class<?> tour = classes.loadClass(Tour.class.getName());
    @SuppressWarnings("unchecked")
    var wrong = (List<String>) tour.getMethod("violations").invoke(null);
    assertThat(classes.unused()).as("mutations of methods that are not there").isEmpty();
    return wrong;
  }

  @Test
  void aSimulatorWithoutMistakesViolatesNothing() throws ReflectiveOperationException {
    assertThat(violations(List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void everyMutantIsCaught(Mutant mutant) throws ReflectiveOperationException {
    assertThat(violations(mutant.mutations())).as(mutant.what()).isNotEmpty();
  }
}
