package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/** Types as they stand in {@code @type} and {@code @spec}: only which of them are used is looked at. */
final class Typespecs {
  private Typespecs() {}

  /** The name and arity of what a specification or a type is of. */
  static Optional<NameArity> head(Term form) {
    Term head = form;
    if (Quoted.isCall(head, Quoted.WHEN, 2)) {
      head = Quoted.argument(head, 0);
    }
    if (Quoted.isCall(head, Quoted.DOUBLE_COLON, 2)) {
      head = Quoted.argument(head, 0);
    }
    Tuple node = Quoted.node(head);
    if (node == null || !(node.get(0) instanceof Atom name)) {
      return Optional.empty();
    }
    int arity = node.get(2) instanceof ListTerm list ? list.length() : 0;
    return Optional.of(new NameArity(name, arity));
  }

  /** Notes what a specification defines and uses. */
  static void note(ModuleNotes notes, String kind, Term form) {
    if (kind.startsWith("type") && Quoted.isCall(form, Quoted.DOUBLE_COLON, 2)) {
      Term head = Quoted.argument(form, 0);
      Tuple node = Quoted.node(head);
      if (kind.equals("typep") && node != null && node.get(0) instanceof Atom name) {
        int arity = node.get(2) instanceof ListTerm list ? list.length() : 0;
        notes.privateType(new NameArity(name, arity), Quoted.lineOf(head));
      }
      use(notes, Quoted.argument(form, 1));
    } else if (kind.equals("spec")) {
      noteSpec(notes, Quoted.isCall(form, Quoted.WHEN, 2) ? Quoted.argument(form, 0) : form);
      use(notes, form);
    } else {
      use(notes, form);
    }
  }

  private static void noteSpec(ModuleNotes notes, Term form) {
    if (!Quoted.isCall(form, Quoted.DOUBLE_COLON, 2)) {
      return;
    }
    Term head = Quoted.argument(form, 0);
    Tuple node = Quoted.node(head);
    if (node != null && node.get(0) instanceof Atom name && !name.name().startsWith("unquote")) {
      int arity = node.get(2) instanceof ListTerm list ? list.length() : 0;
      notes.spec(new NameArity(name, arity), Quoted.lineOf(head));
    }
  }

  private static void use(ModuleNotes notes, Term form) {
    switch (form) {
      case Tuple tuple -> {
        if (tuple.size() == 3 && tuple.get(0) instanceof Atom name) {
          int arity = tuple.get(2) instanceof ListTerm list ? list.length() : 0;
          notes.usedType(new NameArity(name, arity));
        }
        tuple.elements().forEach(part -> use(notes, part));
      }
      case ListTerm list when list.isProper() -> list.forEach(part -> use(notes, part));
      default -> {}
    }
  }
}
