package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Invariants;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** All public methods of a cluster, whatever they are given: they are found by reflection, so that none is left out. */
class ClusterApiProperties {
  private static final List<String> NODES = List.of("alice", "bob", "carol");
  private static final KernelParameters QUICK =
      KernelParameters.DEFAULT.withNetTickTime(4).withNetSetupTime(2).withStartPg(true);

  private static final List<Method> METHODS =
      Arrays.stream(Cluster.class.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
          .sorted(Comparator.comparing(Method::toGenericString))
          .toList();

  /** One call: which method, and what its arguments are drawn with. */
  record Call(int method, long seed) {
    @Override
    public String toString() {
      return METHODS.get(method).getName() + " with " + seed;
    }
  }

  @Provide
  Arbitrary<List<Call>> calls() {
    return Combinators.combine(
            Arbitraries.integers().between(0, METHODS.size() - 1),
            Arbitraries.longs().between(0, 1_000_000))
        .as(Call::new)
        .list()
        .ofMaxSize(12);
  }

  private static Cluster quick() {
    return Cluster.of(
        ClusterSettings.seed(1).withKernel(QUICK).recorded(), NODES.toArray(String[]::new));
  }

  /** Arguments for the methods of one cluster, legal ones and others. */
  private static final class Arguments {
    private final Cluster cluster;
    private final List<Pid> spawned = new ArrayList<>();

    Arguments(Cluster cluster) {
      this.cluster = cluster;
    }

    private static Object one(Random random, Object... of) {
      return of[random.nextInt(of.length)];
    }

    Object[] of(Method method, Random random) {
      return Arrays.stream(method.getGenericParameterTypes())
          .map(type -> of(type, random))
          .toArray();
    }

    private Object of(Type type, Random random) {
      return switch (type.getTypeName()) {
        case "java.lang.String" -> one(random, "alice", "bob", "carol", "nobody", "", null);
        case "java.lang.String[]" ->
            one(
                random,
                new String[] {"dave"},
                new String[] {"frank", "alice"},
                new String[] {"grace", "no name"},
                new String[] {"heidi", "heidi"},
                new String[0],
                null);
        case "java.time.Duration" ->
            one(
                random,
                Duration.ZERO,
                Duration.ofMillis(300),
                Duration.ofSeconds(9),
                Duration.ofMillis(-1),
                null);
        case "double" -> one(random, 1.0, 2.5, 0.0, -1.0, Double.NaN);
        case "java.util.List<java.util.List<java.lang.String>>" ->
            one(
                random,
                List.of(List.of("alice"), List.of("bob", "carol")),
                List.of(List.of("alice"), List.of("nobody")),
                List.of(),
                Arrays.asList(List.of("alice"), null),
                null);
        case "java.util.function.BooleanSupplier" ->
            one(random, (BooleanSupplier) () -> true, (BooleanSupplier) () -> false, null);
        case "beamyard.simulator.Fault" ->
            one(
                random,
                new Fault.Heal(Optional.empty()),
                new Fault.Crash("bob"),
                new Fault.Block("alice", "alice"),
                new Fault.Lose("alice", "bob", 2_000),
                null);
        case "beamyard.simulator.NodeSettings" ->
            one(
                random,
                NodeSettings.shortName("erin")
                    .withLabel("erin")
                    .withCookie("secret")
                    .withKernel(QUICK),
                NodeSettings.shortName("alice").withLabel("alice"),
                null);
        case "beamyard.simulator.network.Latency" ->
            one(random, new Latency.Constant(1_000_000), new Latency.Uniform(0, 500_000), null);
        case "beamyard.simulator.network.HeldPacket" -> held(random);
        case "beamyard.simulator.term.Pid" -> pid(random);
        case "beamyard.simulator.term.Term" ->
            one(random, Atom.OK, Tuple.of(Atom.OK, SmallInt.of(1)), null);
        case "beamyard.simulator.term.Term[]" ->
            one(random, new Term[0], new Term[] {ListTerm.empty()}, new Term[] {null}, null);
        case "beamyard.simulator.process.Routine" -> one(random, new Idle(), null);
        case "beamyard.simulator.process.StraightLine$Body" ->
            one(random, (StraightLine.Body) StraightLine.Self::receive, null);
        case "beamyard.simulator.process.JavaHandler<S>" ->
            one(
                random,
                (JavaHandler<Integer>)
                    (state, _, _) ->
                        state > 1
                            ? JavaHandler.Step.<Integer>stop(Atom.of("full"))
                            : JavaHandler.Step.next(state + 1),
                null);
        case "S" -> one(random, 0, 1);
        default -> throw new AssertionError("say what a " + type.getTypeName() + " can be");
      };
    }

    private Object held(Random random) {
      List<HeldPacket> held = cluster.held();
      return held.isEmpty() ? null : held.get(random.nextInt(held.size()));
    }

    private Object pid(Random random) {
      return spawned.isEmpty() || random.nextInt(5) == 0
          ? one(random, new Pid(Atom.of("nobody@localhost"), 77, 0, 1), null)
          : spawned.get(random.nextInt(spawned.size()));
    }

    void noteResult(Object result) {
      if (result instanceof Pid pid) {
        spawned.add(pid);
      }
    }
  }

  private record Idle() implements Routine {
    @Override
    public Outcome run(beamyard.simulator.process.ProcessContext self) {
      return Outcome.WAITING;
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** Whether a method does what it is asked, or says in words of ours why not. */
  private static void make(Cluster cluster, Arguments arguments, Call call) {
    Method method = METHODS.get(call.method());
    Object[] given = arguments.of(method, new Random(call.seed()));
    int facts = cluster.facts().size();
    try {
      arguments.noteResult(method.invoke(cluster, given));
    } catch (InvocationTargetException thrown) {
      switch (thrown.getCause()) {
        case BadSetup refused -> {
          assertThat(refused.legal()).isNotEmpty();
          assertThat(cluster.facts()).as(method + " " + refused).hasSize(facts);
        }
        case CallFailed _ -> {}
        case AssertionError late when late.getMessage().contains("did not happen within") -> {}
        default ->
            throw new AssertionError(
                method + " given " + Arrays.toString(given), thrown.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Whatever is called in whatever order: it is done or refused, the same each time, and the cluster can be mended. */
  @Property(tries = 200)
  void noSequenceOfCallsSpoilsAClusterOrItsDeterminism(@ForAll("calls") List<Call> calls) {
    Cluster first = quick();
    Cluster second = quick();
    for (Cluster cluster : List.of(first, second)) {
      var arguments = new Arguments(cluster);
      calls.forEach(call -> make(cluster, arguments, call));
    }
    assertThat(second.facts()).isEqualTo(first.facts());
    mend(first);
    assertThat(Invariants.ofAWholeCluster(first.beliefs())).isEmpty();
  }

  private static void mend(Cluster cluster) {
    cluster.releaseAll();
    cluster.heal();
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.PAUSED) {
        cluster.resume(node.label());
      }
    }
    cluster.run(Duration.ofSeconds(200));
    for (Node node : cluster.simulation().nodes()) {
      cluster.restart(node.label());
      cluster.slow(node.label(), 1);
    }
    cluster.run(Duration.ofSeconds(5));
    for (int round = 0; round < 3; round++) {
      cluster.mesh();
      cluster.run(Duration.ofSeconds(10));
    }
  }

  /** Each argument in turn, with legal ones beside it. */
  @Example
  void nothingIsTakenWhereSomethingIsNeeded() {
    var passed = new ArrayList<String>();
    for (Method method : METHODS) {
      for (int i = 0; i < method.getParameterCount(); i++) {
        if (!method.getParameterTypes()[i].isPrimitive()
            && !method.getGenericParameterTypes()[i].getTypeName().equals("S")) {
          passed.addAll(takesNull(method, i));
        }
      }
    }
    assertThat(passed).isEmpty();
  }

  private static List<String> takesNull(Method method, int index) {
    Cluster cluster = quick();
    var arguments = new Arguments(cluster);
    arguments.noteResult(cluster.spawn("alice", new Idle()));
    Object[] given = new Object[method.getParameterCount()];
    for (int i = 0; i < given.length; i++) {
      Type type = method.getGenericParameterTypes()[i];
      given[i] = i == index ? null : arguments.of(type, new Random(0));
      for (long seed = 1; i != index && given[i] == null && seed < 50; seed++) {
        given[i] = arguments.of(type, new Random(seed));
      }
    }
    try {
      method.invoke(cluster, given);
      return List.of(method + ": takes null as argument " + (index + 1));
    } catch (InvocationTargetException thrown) {
      return thrown.getCause() instanceof BadSetup
          ? Collections.emptyList()
          : List.of(method + ", null as argument " + (index + 1) + ": " + thrown.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
