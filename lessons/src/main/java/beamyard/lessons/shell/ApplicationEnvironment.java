package beamyard.lessons.shell;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The configuration of a node's applications: what {@code Application.get_env} reads. */
final class ApplicationEnvironment {
  private final Map<Key, Term> values;

  private record Key(Atom application, Term key) {}

  ApplicationEnvironment() {
    this(new LinkedHashMap<>());
  }

  private ApplicationEnvironment(Map<Key, Term> values) {
    this.values = values;
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
