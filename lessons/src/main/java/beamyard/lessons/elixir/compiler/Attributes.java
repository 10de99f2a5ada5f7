package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The values of {@code @name} while a module is defined. */
final class Attributes {
  static final Atom BEFORE_COMPILE = Atom.of("before_compile");
  static final Atom AFTER_COMPILE = Atom.of("after_compile");

  /** The names of those that are kept in the module: {@code Module.register_attribute(..., persist: true)}. */
  static final Atom PERSISTED = Atom.of("persisted attributes");

  private Attributes() {}

  static Term get(Draft draft, Atom name) {
    Term value = draft.attributes().get(name);
    if (value != null) {
      return value;
    }
    return draft.accumulating().contains(name) ? Nil.NIL : Atom.NIL;
  }

  /** Code reads an attribute: one that was never set is likely a mistake. */
  static void read(
      Modules modules, Drafts drafts, Atom module, Atom name, Environment env, int line) {
    drafts.notes(module).read(name);
    boolean isKnown =
        drafts
            .find(module)
            .filter(
                draft ->
                    !draft.attributes().containsKey(name) && !draft.accumulating().contains(name))
            .isEmpty();
    if (!isKnown && line > 0 && !ModuleWarnings.isReserved(name.name())) {
      modules.warn(
          Warning.ofModule(
              env,
              line,
              "undefined module attribute @"
                  + name.name()
                  + ", please remove access to @"
                  + name.name()
                  + " or explicitly set it before access"));
    }
  }

  /** Values of an accumulating attribute in the order in which they were set. */
  static List<Term> inOrder(Draft draft, Atom name) {
    List<Term> values = get(draft, name) instanceof ListTerm list ? list.toList() : List.of();
    return values.reversed();
  }

  /** Notes the name and arity that {@code @callback} describes. */
  static Draft withCallback(Draft draft, Atom kind, Term spec) {
    return Typespecs.head(spec)
        .map(head -> draft.withAttribute(kind, Tuple.of(head.name(), SmallInt.of(head.arity()))))
        .orElse(draft);
  }

  /** What {@code __info__(:attributes)} lists of a module. */
  static ListTerm persisted(Draft draft) {
    var all = new ArrayList<Term>();
    for (Term behaviour : inOrder(draft, Atom.of("behaviour"))) {
      all.add(Tuple.of(Atom.of("behaviour"), ListTerm.of(behaviour)));
    }
    if (draft.attributes().get(Atom.of("vsn")) instanceof Term version) {
      all.add(Tuple.of(Atom.of("vsn"), ListTerm.of(version)));
    }
    for (Term name : inOrder(draft, PERSISTED)) {
      Atom attribute = (Atom) name;
      List<Term> values =
          draft.accumulating().contains(attribute)
              ? inOrder(draft, attribute)
              : draft.attributes().containsKey(attribute)
                  ? List.of(draft.attributes().get(attribute))
                  : List.of();
      values.forEach(value -> all.add(Tuple.of(attribute, ListTerm.of(value))));
    }
    return ListTerm.of(all);
  }
}
