package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code %Name{}} in expressions. */
final class Structs {
  private static final Atom STRUCT_KEY = Atom.of("__struct__");

  private Structs() {}

  static Core expand(Expander expander, ListTerm meta, List<Term> arguments, Scope scope) {
    int line = Quoted.line(meta);
    if (arguments.size() != 2 || !Quoted.isCall(arguments.get(1), Quoted.MAP)) {
      throw compileError(
          scope,
          meta,
          "expected struct to be followed by a map, got: "
              + expander.modules.source(arguments.getLast()));
    }
    Term nameForm = arguments.getFirst();
    Atom name = expander.expandToAtom(nameForm, scope);
    if (name == null) {
      if (Quoted.isVariable(nameForm)) {
        expander.expand(nameForm, scope); // an unknown variable says so itself
      }
      throw compileError(
          scope,
          meta,
          "expected struct name to be a compile time atom or alias, got: "
              + expander.modules.source(nameForm));
    }
    List<Term> fields = Quoted.arguments(arguments.get(1));
    if (fields.size() == 1 && Quoted.isCall(fields.getFirst(), Quoted.CONS, 2)) {
      return update(expander, line, meta, name, fields.getFirst(), scope);
    }
    var keywords = new ArrayList<Term>();
    for (Term field : fields) {
      if (!(field instanceof Tuple pair && pair.size() == 2)) {
        throw compileError(
            scope,
            meta,
            "expected key-value pairs in a struct, got: " + expander.modules.source(field));
      }
      keywords.add(field);
    }
    MapTerm defaults = load(expander, name, meta, keywords, scope);
    var pairs = new ArrayList<Term>();
    for (MapTerm.Entry entry : defaults) {
      boolean isGiven = keywords.stream().anyMatch(field -> ((Tuple) field).get(0) == entry.key());
      if (!isGiven && entry.key() != STRUCT_KEY) {
        pairs.add(Tuple.of(entry.key(), Expander.value(entry.value())));
      }
    }
    pairs.add(Tuple.of(STRUCT_KEY, name));
    pairs.addAll(keywords);
    return expander.expand(Quoted.call(Quoted.MAP, meta, pairs), scope);
  }

  private static Core update(
      Expander expander, int line, ListTerm meta, Atom name, Term update, Scope scope) {
    List<Term> parts = Quoted.arguments(update);
    if (parts.get(1) instanceof ListTerm fields) {
      checkKeys(expander, name, meta, fields.toList(), scope);
    }
    Term subject = expander.freshVariable("struct", meta);
    Term other = expander.freshVariable("other", meta);
    Term matched =
        Quoted.call(
            Quoted.MATCH,
            meta,
            List.of(Quoted.call(Quoted.MAP, meta, List.of(Tuple.of(STRUCT_KEY, name))), subject));
    return expander.expand(
        Quoted.caseOf(
            meta,
            parts.getFirst(),
            Quoted.arrow(
                meta,
                matched,
                Quoted.call(
                    Quoted.MAP,
                    meta,
                    List.of(Quoted.call(Quoted.CONS, meta, List.of(subject, parts.get(1)))))),
            Quoted.arrow(
                meta,
                other,
                Quoted.erlang(
                    "error",
                    meta,
                    Quoted.call(Quoted.TUPLE, meta, List.of(Atom.of("badstruct"), name, other))))),
        scope);
  }

  /** The struct with its defaults and the given fields; raises what Elixir raises if the keys are wrong. */
  private static MapTerm load(
      Expander expander, Atom name, ListTerm meta, List<Term> keywords, Scope scope) {
    if (expander.drafts.find(name).isPresent()) {
      Draft draft = expander.drafts.find(name).get();
      if (draft.struct().isEmpty()) {
        throw missing(expander, name, 1, meta, scope);
      }
      return draft.struct().get().checked(name, keywords);
    }
    if (!isDefined(expander, name, 1)) {
      throw missing(expander, name, 1, meta, scope);
    }
    return (MapTerm) expander.modules.call(name, STRUCT_KEY, List.of(ListTerm.of(keywords)));
  }

  /** The struct as patterns and updates see it: only its keys matter. */
  private static MapTerm defaults(Expander expander, Atom name, ListTerm meta, Scope scope) {
    Optional<Draft> draft = expander.drafts.find(name);
    if (draft.isPresent() && draft.get().struct().isPresent()) {
      return draft.get().struct().get().defaults();
    }
    if (draft.isPresent() || !isDefined(expander, name, 0)) {
      throw missing(expander, name, 0, meta, scope);
    }
    return (MapTerm) expander.modules.call(name, STRUCT_KEY, List.of());
  }

  private static boolean isDefined(Expander expander, Atom name, int arity) {
    return expander.modules.exists(name)
        && expander.modules.functions(name).contains(new NameArity(STRUCT_KEY, arity));
  }

  private static Raise missing(
      Expander expander, Atom name, int arity, ListTerm meta, Scope scope) {
    String struct = expander.modules.inspect(name);
    boolean isOwn = scope.env.module().filter(own -> own == name).isPresent();
    boolean isBeingDefined =
        expander.drafts.find(name).isPresent() && (!isOwn || scope.env.function().isEmpty());
    return compileError(
        scope,
        meta,
        isBeingDefined
            ? "cannot access struct "
                + struct
                + ", the struct was not yet defined or the struct"
                + " is being accessed in the same context that defines it"
            : struct
                + ".__struct__/"
                + arity
                + " is undefined, cannot expand struct "
                + struct
                + ". Make sure the struct name is correct. If the struct name exists and is"
                + " correct but it still cannot be found, you likely have cyclic module usage in your code");
  }

  /** Fields of a pattern or update must be fields of the struct. */
  static void checkKeys(
      Expander expander, Atom name, ListTerm meta, List<Term> fields, Scope scope) {
    MapTerm struct = defaults(expander, name, meta, scope);
    for (Term field : fields) {
      if (field instanceof Tuple pair
          && pair.size() == 2
          && pair.get(0) instanceof Atom key
          && !struct.containsKey(key)) {
        throw compileError(
            scope,
            meta,
            "unknown key "
                + expander.modules.inspect(key)
                + " for struct "
                + expander.modules.inspect(name));
      }
    }
  }

  /** {@code KeyError} as {@code Kernel.struct!} raises it. */
  static Raise keyError(Term key, Term term) {
    return Raise.error(
        MapTerm.of(
            STRUCT_KEY,
            Atom.of("Elixir.KeyError"),
            Atom.of("__exception__"),
            Atom.TRUE,
            Atom.of("key"),
            key,
            Atom.of("term"),
            term,
            Atom.of("message"),
            Atom.NIL));
  }
}
