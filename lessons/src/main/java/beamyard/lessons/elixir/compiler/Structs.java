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

  /** The struct with its defaults; raises what Elixir raises if the keys are wrong. */
  private static MapTerm load(
      Expander expander, Atom name, ListTerm meta, List<Term> keywords, Scope scope) {
    if (expander.drafts.find(name).isPresent()) {
      Draft draft = expander.drafts.find(name).get();
      if (draft.struct().isEmpty()) {
        boolean isOwn = scope.env.module().filter(own -> own == name).isPresent();
        throw compileError(
            scope,
            meta,
            isOwn && scope.env.function().isEmpty() || !isOwn
                ? "cannot access struct "
                    + expander.modules.inspect(name)
                    + ", the struct was not yet defined or the struct"
                    + " is being accessed in the same context that defines it"
                : expander.modules.inspect(name)
                    + ".__struct__/1 is undefined, cannot expand struct "
                    + expander.modules.inspect(name)
                    + ". Make sure the struct name is correct. If the struct name exists"
                    + " and is correct but it still cannot be found, you likely have cyclic module usage in your code");
      }
      return draft.struct().get().checked(name, keywords);
    }
    boolean exists = expander.modules.exists(name);
    if (exists && !expander.modules.functions(name).contains(new NameArity(STRUCT_KEY, 1))) {
      exists = false;
    }
    if (!exists) {
      throw compileError(
          scope,
          meta,
          expander.modules.inspect(name)
              + ".__struct__/1 is undefined, cannot expand struct "
              + expander.modules.inspect(name)
              + ". Make sure the struct name is correct. If the struct name exists and is"
              + " correct but it still cannot be found, you likely have cyclic module usage in your code");
    }
    Term value = expander.modules.call(name, STRUCT_KEY, List.of(ListTerm.of(keywords)));
    return (MapTerm) value;
  }

  /** Fields of a pattern or update must be fields of the struct. */
  static void checkKeys(
      Expander expander, Atom name, ListTerm meta, List<Term> fields, Scope scope) {
    MapTerm struct;
    if (expander.drafts.find(name).filter(draft -> draft.struct().isPresent()).isPresent()) {
      struct = expander.drafts.find(name).get().struct().get().defaults();
    } else if (expander.drafts.find(name).isEmpty()
        && expander.modules.exists(name)
        && expander.modules.functions(name).contains(new NameArity(STRUCT_KEY, 0))) {
      struct = (MapTerm) expander.modules.call(name, STRUCT_KEY, List.of());
    } else {
      struct = load(expander, name, meta, List.of(), scope);
    }
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
