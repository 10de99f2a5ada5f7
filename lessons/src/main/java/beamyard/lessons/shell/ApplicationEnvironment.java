package beamyard.lessons.shell;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The configuration of a node's applications: what {@code Application.get_env} reads. */
final class ApplicationEnvironment {
  private static final Atom KERNEL = Atom.of("kernel");

  private final Map<Key, Term> values;

  private record Key(Atom application, Term key) {}

  ApplicationEnvironment() {
    this(new LinkedHashMap<>());
  }

  private ApplicationEnvironment(Map<Key, Term> values) {
    this.values = values;
  }

  /** What a node's kernel is configured with; parameters that OTP has no entry for unless they are given have none. */
  static ApplicationEnvironment of(KernelParameters kernel) {
    var environment = new ApplicationEnvironment();
    environment.putKernel("connect_all", Atom.of(kernel.connectAll()));
    environment.putKernel("net_tickintensity", IntegerTerm.of(kernel.netTickIntensity()));
    environment.putKernel("net_ticktime", IntegerTerm.of(kernel.netTickTime()));
    environment.putKernel(
        "prevent_overlapping_partitions", Atom.of(kernel.preventOverlappingPartitions()));
    if (kernel.netSetupTime() != KernelParameters.DEFAULT.netSetupTime()) {
      environment.putKernel("net_setuptime", IntegerTerm.of(kernel.netSetupTime()));
    }
    if (kernel.distAutoConnect() != KernelParameters.DEFAULT.distAutoConnect()) {
      String when = kernel.distAutoConnect().name().toLowerCase(Locale.ROOT);
      environment.putKernel("dist_auto_connect", Atom.of(when));
    }
    if (kernel.startPg()) {
      environment.putKernel("start_pg", Atom.TRUE);
    }
    return environment;
  }

  private void putKernel(String parameter, Term value) {
    put(KERNEL, Atom.of(parameter), value);
  }

  ApplicationEnvironment copy() {
    return new ApplicationEnvironment(new LinkedHashMap<>(values));
  }

  Optional<Term> get(Atom application, Term key) {
    return Optional.ofNullable(values.get(new Key(application, key)));
  }

  void put(Atom application, Term key, Term value) {
    values.put(new Key(application, key), value);
  }

  void delete(Atom application, Term key) {
    values.remove(new Key(application, key));
  }

  /** A keyword list of all that an application has. */
  ListTerm all(Atom application) {
    var pairs = new ArrayList<Term>();
    values.forEach(
        (key, value) -> {
          if (key.application == application) {
            pairs.add(Tuple.of(key.key, value));
          }
        });
    return ListTerm.of(pairs);
  }
}
