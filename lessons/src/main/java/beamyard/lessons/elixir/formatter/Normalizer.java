package beamyard.lessons.elixir.formatter;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings any quoted form into the shape that {@link Writer} expects: literals wrapped in blocks, keywords known as such,
 * calls that were written with parentheses known from others.
 *
 * <p>What has no metadata takes the line of what is around it.
 */
public final class Normalizer {
  /** Whether texts hold characters that must be escaped, or are as written. */
  public enum Escapes {
    NEEDED,
    WRITTEN
  }

  private static final Atom LIST_MODULE = Atom.of("Elixir.List");
  private static final Atom TO_CHARLIST = Atom.of("to_charlist");
  private static final Atom ERLANG = Atom.of("erlang");
  private static final Atom BINARY_TO_ATOM = Atom.of("binary_to_atom");
  private static final Atom ACCESS = Atom.of("Elixir.Access");
  private static final Atom GET = Atom.of("get");
  private static final Atom STRUCT = Atom.of("__struct__");
  private static final Atom RANGE_STRUCT = Atom.of("Elixir.Range");
  private static final Atom INFERRED = Atom.of("inferred_bitstring_spec");

  private final FormatOptions options;
  private final Literals literals;

  public Normalizer(FormatOptions options, Escapes escapes) {
    this.options = options;
    this.literals = new Literals(this, escapes);
  }

  public Term normalized(Term quoted) {
    return normalized(quoted, Meta.NONE);
  }

  Term normalized(Term term, Meta parent) {
    Form form = Form.of(term);
    if (form == null) {
      if (Form.isClauses(term)) {
        return all((ListTerm) term, parent);
      }
      return isStruct(term, RANGE_STRUCT)
          ? range((MapTerm) term, parent)
          : literals.of(term, parent);
    }
    if (!form.isCall()) {
      return form.isVariable() ? term : literals.of(term, parent);
    }
    Meta meta = form.meta();
    if (form.head() instanceof Atom name) {
      return named(form, name, term, parent);
    }
    if (isAtomWithCode(form)) {
      Form dot = Form.of(form.head());
      Meta dotMeta = placed(dot.meta(), parent);
      Term text = bitstring(Form.of(form.argument(0)), parent, true);
      return Tuple.of(
          Tuple.of(dot.head(), dotMeta.list(), dot.tail()),
          placed(meta, dotMeta).list(),
          ListTerm.of(text, Form.UTF8));
    }
    if (Form.isDot(form.head(), LIST_MODULE, TO_CHARLIST)
        && form.arity() == 1
        && form.argument(0) instanceof ListTerm parts) {
      Term normal = ListTerm.of(parts.toList().stream().map(p -> charlistPart(p, parent)).toList());
      return Tuple.of(form.head(), meta.list(), ListTerm.of(normal));
    }
    return call(form, parent);
  }

  private Term named(Form form, Atom name, Term term, Meta parent) {
    Meta meta = form.meta();
    int arity = form.arity();
    return switch (name.name()) {
      case "__block__" -> {
        boolean isLiteral =
            arity == 1 && (!(form.argument(0) instanceof Tuple tuple) || tuple.size() == 2);
        yield isLiteral
            ? literals.of(form.argument(0), meta, parent)
            : Tuple.of(name, meta.list(), all((ListTerm) form.tail(), parent));
      }
      case "__aliases__" -> alias(form, term, parent);
      case "<<>>" -> bitstring(form, parent, false);
      case "%{}" -> map(form, parent);
      case "{}" -> tuple(form, parent);
      default ->
          switch (arity) {
            case 1 -> withOneArgument(form, name, parent);
            case 2 -> withTwoArguments(form, name, parent);
            default -> call(form, parent);
          };
    };
  }

  private Term withOneArgument(Form form, Atom name, Meta parent) {
    if (name == Form.CAPTURE && form.argument(0) instanceof IntegerTerm) {
      return Tuple.of(name, placed(form.meta(), parent).list(), form.tail());
    }
    return name == Form.ATTRIBUTE ? attribute(form, parent) : call(form, parent);
  }

  private Term withTwoArguments(Form form, Atom name, Meta parent) {
    if (name == Form.DOT) {
      Meta meta = placed(form.meta(), parent);
      boolean isAccess = form.argument(0) == ACCESS && form.argument(1) == GET;
      Term left = isAccess ? ACCESS : normalized(form.argument(0), meta);
      return Tuple.of(name, meta.list(), ListTerm.of(left, form.argument(1)));
    }
    if (name == Form.ARROW && form.argument(0) instanceof ListTerm left) {
      Meta meta = placed(form.meta(), parent);
      Term body = normalized(form.argument(1), meta);
      return Tuple.of(name, meta.list(), ListTerm.of(all(left, meta), body));
    }
    return isSigil(form, name) ? sigil(form, parent) : call(form, parent);
  }

  private static boolean isStruct(Term term, Atom module) {
    return term instanceof MapTerm map && map.get(STRUCT) == module;
  }

  private static boolean isAtomWithCode(Form form) {
    return Form.isDot(form.head(), ERLANG, BINARY_TO_ATOM)
        && form.arity() == 2
        && form.argument(1) == Form.UTF8
        && Form.isCall(form.argument(0), Form.BITSTRING);
  }

  private static boolean isSigil(Form form, Atom name) {
    return form.arity() == 2
        && name.name().startsWith("sigil_")
        && name.name().length() == "sigil_".length() + 1
        && Form.isCall(form.argument(0), Form.BITSTRING);
  }

  ListTerm all(ListTerm terms, Meta parent) {
    return ListTerm.of(terms.toList().stream().map(term -> normalized(term, parent)).toList());
  }

  /** Metadata that knows a line if what is around it does. */
  static Meta placed(Meta meta, Meta parent) {
    return !meta.has(Meta.LINE) && parent.get(Meta.LINE) instanceof SmallInt line
        ? meta.with(Meta.LINE, line)
        : meta;
  }

  static Meta line(Meta parent) {
    return placed(Meta.NONE, parent);
  }

  // Names, ranges, attributes

  private Term alias(Form form, Term term, Meta parent) {
    if (form.arity() == 0 || form.argument(0) instanceof Atom) {
      return term;
    }
    Meta meta = placed(form.meta(), parent);
    var segments = new ArrayList<>(form.arguments());
    segments.set(0, normalized(segments.getFirst(), meta));
    return Tuple.of(form.head(), meta.list(), ListTerm.of(segments));
  }

  private Term range(MapTerm range, Meta parent) {
    ListTerm meta = line(parent).list();
    Term first = normalized(range.get(Atom.of("first")), parent);
    Term last = normalized(range.get(Atom.of("last")), parent);
    Term step = range.get(Atom.of("step"));
    return step.equals(SmallInt.of(1))
        ? Tuple.of(Form.RANGE, meta, ListTerm.of(first, last))
        : Tuple.of(Form.STEPPED_RANGE, meta, ListTerm.of(first, last, normalized(step, parent)));
  }

  private Term attribute(Form form, Meta parent) {
    Form name = Form.of(form.argument(0));
    if (name == null || name.arity() != 1) {
      return call(form, parent);
    }
    Term value = name.argument(0);
    Term normal =
        value instanceof Cons list && literals.isKeywords(list)
            ? literals.keywords(list, parent, true)
            : value instanceof ListTerm
                ? literals.of(value, form.meta(), parent)
                : normalized(value, parent);
    Term inner = Tuple.of(name.head(), name.meta().list(), ListTerm.of(normal));
    return Tuple.of(form.head(), form.meta().list(), ListTerm.of(inner));
  }

  // Containers

  private Term map(Form form, Meta parent) {
    Meta meta = form.meta();
    if (meta.list() == ListTerm.empty()) {
      Term known = parent.get(Meta.LINE);
      Term line = known == null ? Atom.NIL : known;
      ListTerm place = ListTerm.of(Tuple.of(Meta.LINE, line));
      meta = new Meta(ListTerm.of(Tuple.of(Meta.LINE, line), Tuple.of(Meta.CLOSING, place)));
    }
    List<Term> entries = form.arguments();
    Term first = entries.isEmpty() ? Atom.NIL : entries.getFirst();
    ListTerm normal;
    Form update = entries.size() == 1 ? Form.call(first, Form.BAR, 2) : null;
    if (update != null) {
      Term left = normalized(update.argument(0), meta);
      Term changes = literals.entries((ListTerm) update.argument(1), meta);
      normal =
          ListTerm.of(Tuple.of(update.head(), update.meta().list(), ListTerm.of(left, changes)));
    } else if (entries.size() == 1 && first instanceof Tuple tuple && tuple.size() == 3) {
      normal = ListTerm.of(normalized(first, meta));
    } else {
      normal = literals.entries((ListTerm) form.tail(), meta);
    }
    return Tuple.of(form.head(), meta.list(), normal);
  }

  private Term tuple(Form form, Meta parent) {
    List<Term> elements = form.arguments();
    if (elements.size() < 2
        || !(elements.getLast() instanceof Cons last)
        || !literals.isKeywords(last)) {
      return call(form, parent);
    }
    var all = new ArrayList<Term>();
    elements.subList(0, elements.size() - 1).forEach(e -> all.add(normalized(e, parent)));
    all.addAll(literals.keywords(last, parent, true).toList());
    return Tuple.of(form.head(), form.meta().list(), ListTerm.of(all));
  }

  private Term bitstring(Form form, Meta parent, boolean escapes) {
    Meta meta = placed(form.meta(), parent);
    boolean isText = form.arity() > 0 && Form.isInterpolated(form.term());
    List<Term> parts =
        form.arguments().stream()
            .map(part -> isText ? textPart(part, meta, escapes) : segment(part, meta))
            .toList();
    return Tuple.of(form.head(), meta.list(), ListTerm.of(parts));
  }

  private Term segment(Term part, Meta parent) {
    Form typed = Form.call(part, Form.TYPE, 2);
    boolean isInferred = typed != null && typed.meta().get(INFERRED) == Atom.TRUE;
    return normalized(isInferred ? typed.argument(0) : part, parent);
  }

  private Term textPart(Term part, Meta parent, boolean escapes) {
    Term code = Form.interpolation(part);
    if (code == null) {
      return escapes ? literals.escaped(part) : part;
    }
    Form typed = Form.of(part);
    Form call = Form.of(typed.argument(0));
    Meta dotMeta = Form.of(call.head()).meta();
    Term inner = Tuple.of(call.head(), call.meta().list(), ListTerm.of(normalized(code, dotMeta)));
    return Tuple.of(typed.head(), typed.meta().list(), ListTerm.of(inner, typed.argument(1)));
  }

  private Term charlistPart(Term part, Meta parent) {
    Form call = Form.of(part);
    return call != null && Form.charlistInterpolation(part) != null
        ? Tuple.of(call.head(), call.meta().list(), all((ListTerm) call.tail(), parent))
        : literals.escaped(part);
  }

  private Term sigil(Form form, Meta parent) {
    Meta meta = placed(form.meta(), parent);
    if (meta.get(Meta.DELIMITER) == null) {
      meta = meta.with(Meta.DELIMITER, Bits.of("\""));
    }
    Term text = bitstring(Form.of(form.argument(0)), meta, false);
    return Tuple.of(form.head(), meta.list(), ListTerm.of(text, form.argument(1)));
  }

  // Calls

  private Term call(Form form, Meta parent) {
    Meta meta = placed(form.meta(), parent);
    List<Term> arguments = form.arguments();
    Term head = form.head() instanceof Atom ? form.head() : normalized(form.head(), meta);
    boolean omitsParens =
        head instanceof Atom name && options.omitsParens(name.name(), arguments.size());
    if (!meta.has(Meta.NO_PARENS)
        && !meta.has(Meta.CLOSING)
        && !meta.has(Meta.DO)
        && !omitsParens) {
      Term line = meta.get(Meta.LINE);
      Term place = Tuple.of(Meta.LINE, line == null ? Atom.NIL : line);
      meta = meta.with(Meta.CLOSING, ListTerm.of(place));
    }
    Term last = arguments.isEmpty() ? Atom.NIL : arguments.getLast();
    Term firstKey = firstKey(last);
    if (meta.get(Meta.DO) != null || firstKey != null && Form.wrapped(firstKey) == Form.DO) {
      return withBlock(head, meta, arguments, parent);
    }
    if (firstKey == Form.DO) {
      Term line = parent.get(Meta.LINE);
      ListTerm place = ListTerm.of(Tuple.of(Meta.LINE, line == null ? Atom.NIL : line));
      var entries = new ArrayList<>(meta.list().toList());
      entries.add(Tuple.of(Meta.DO, place));
      entries.add(Tuple.of(Meta.END, place));
      return withBlock(head, new Meta(ListTerm.of(entries)), arguments, parent);
    }
    var normal = new ArrayList<>(all((ListTerm) form.tail(), parent).toList());
    if (!normal.isEmpty() && mayEndInKeywords(head, arguments.size())) {
      normal.add(withoutBrackets(normal.removeLast()));
    }
    return Tuple.of(head, meta.list(), ListTerm.of(normal));
  }

  private static @Nullable Term firstKey(Term list) {
    return list instanceof Cons cons && Form.isPair(cons.head())
        ? ((Tuple) cons.head()).get(0)
        : null;
  }

  private static boolean mayEndInKeywords(Term head, int arity) {
    if (!(head instanceof Atom name)) {
      return true;
    }
    return name == Form.WHEN && arity == 2
        || name != Form.TUPLE && !Precedence.isOperator(name, arity);
  }

  private static Term withoutBrackets(Term argument) {
    Term list = Form.wrapped(argument);
    Term key = list == null ? null : firstKey(list);
    Form form = key == null ? null : Form.of(key);
    return form != null && form.head() == Form.BLOCK && form.meta().isKeyword() ? list : argument;
  }

  private Term withBlock(Term head, Meta meta, List<Term> arguments, Meta parent) {
    var sections = new ArrayList<Term>();
    for (Term element : (ListTerm) arguments.getLast()) {
      Tuple section = (Tuple) element;
      Term body = normalized(section.get(1), meta);
      Term clauses = Form.wrapped(body);
      Term tag = section.get(0);
      Form wrapped = Form.of(tag);
      if (wrapped == null || wrapped.head() != Form.BLOCK) {
        Term line = meta.get(Meta.LINE);
        tag = Form.block(ListTerm.of(Tuple.of(Meta.LINE, line == null ? Atom.NIL : line)), tag);
      }
      sections.add(Tuple.of(tag, clauses != null && Form.isClauses(clauses) ? clauses : body));
    }
    var all = new ArrayList<Term>();
    arguments.subList(0, arguments.size() - 1).forEach(a -> all.add(normalized(a, meta)));
    all.add(ListTerm.of(sections));
    return Tuple.of(head, meta.list(), ListTerm.of(all));
  }
}
