package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the document of a quoted form: what kind of form it is, here; how each kind looks, in the classes around.
 *
 * <p>It goes through the text once from its start to its end, as comments are taken where they are met.
 */
final class Writer {
  /**
   * In the place of an argument list before {@code when}, and of a segment before {@code <-}: forms that only the
   * formatter makes, to have them written in a way of their own.
   */
  static final Atom CLAUSE_ARGUMENTS = Atom.of("beamyard clause arguments");

  static final Atom SEGMENT = Atom.of("beamyard segment");
  private static final Atom LIST_MODULE = Atom.of("Elixir.List");
  private static final Atom TO_CHARLIST = Atom.of("to_charlist");
  private static final Atom ERLANG = Atom.of("erlang");
  private static final Atom BINARY_TO_ATOM = Atom.of("binary_to_atom");
  private static final Atom ACCESS = Atom.of("Elixir.Access");
  private static final Atom GET = Atom.of("get");
  private static final Atom UNQUOTE_SPLICING = Atom.of("unquote_splicing");
  private static final Atom DEFAULT = Atom.of("\\\\");

  final FormatOptions options;
  final Remarks remarks;
  final Weaver weaver;
  final Blocks blocks;
  final Operations operations;
  final Calls calls;
  final Containers containers;
  final Bitstrings bitstrings;
  final Texts texts;
  final Functions functions;
  private boolean ignoresLineEnds;
  private int operandNesting = 2;

  Writer(FormatOptions options, Remarks remarks) {
    this.options = options;
    this.remarks = remarks;
    this.weaver = new Weaver(remarks);
    this.blocks = new Blocks(this);
    this.operations = new Operations(this);
    this.calls = new Calls(this);
    this.containers = new Containers(this);
    this.bitstrings = new Bitstrings(this);
    this.texts = new Texts(this);
    this.functions = new Functions(this);
  }

  Doc program(Term quoted) {
    return blocks.block(quoted, Meta.FIRST, Meta.LAST);
  }

  /** Whether the author ended a line behind the opening bracket or at the operator. */
  boolean endsLine(Meta meta) {
    return !ignoresLineEnds && meta.newlines() > 0;
  }

  /** The code of an interpolation, where line ends are not kept. */
  Doc interpolated(Term code) {
    boolean before = ignoresLineEnds;
    ignoresLineEnds = true;
    Doc doc = blocks.block(code, Meta.LAST, Meta.FIRST);
    ignoresLineEnds = before;
    return doc;
  }

  int operandNesting() {
    return operandNesting;
  }

  void nestOperands(int by) {
    operandNesting += by;
  }

  /** The document of an expression. */
  Doc write(Term term, Place place) {
    Form form = Form.of(term);
    if (form != null) {
      return form.isVariable() ? Doc.string(((Atom) form.head()).name()) : call(form, place);
    }
    if (Form.isClauses(term)) {
      return functions.type(((ListTerm) term).toList(), Meta.LAST, Meta.FIRST);
    }
    return switch (term) {
      case Cons list when list.isProper() -> many(list.toList(), element -> write(element, place));
      case Tuple pair when pair.size() == 2 -> pair(pair.get(0), pair.get(1), place);
      default -> Doc.text(options.inspect().apply(term));
    };
  }

  /** Elements with commas between them. */
  Doc many(List<Term> elements, java.util.function.Function<Term, Doc> each) {
    Doc all = each.apply(elements.getFirst());
    for (Term element : elements.subList(1, elements.size())) {
      all = Docs.glue(Doc.concat(all, Docs.COMMA), each.apply(element));
    }
    return all;
  }

  private Doc call(Form form, Place place) {
    if (!(form.head() instanceof Atom name)) {
      return form.isCall() ? remote(form, place) : Doc.text(options.inspect().apply(form.term()));
    }
    if (!form.isCall()) {
      return Doc.text(options.inspect().apply(form.term()));
    }
    List<Term> arguments = form.arguments();
    return switch (name.name()) {
      case "beamyard clause arguments" ->
          Doc.group(functions.arguments(((ListTerm) arguments.getFirst()).toList()));
      case "beamyard segment" -> bitstrings.generatorSegment(arguments.get(0), arguments.get(1));
      case "<<>>" -> texts.isText(form) ? texts.string(form) : bitstrings.write(form);
      case "%{}" -> containers.map(form.meta(), Docs.EMPTY, arguments);
      case "{}" -> containers.tuple(form.meta(), arguments, Join.FLEX_BREAK);
      case "__block__" -> block(form, place);
      case "__aliases__" ->
          arguments.isEmpty() ? named(name, form, place) : alias(arguments, place);
      case "fn" -> arguments.isEmpty() ? named(name, form, place) : functions.function(form);
      default ->
          switch (arguments.size()) {
            case 0 -> name == Form.RANGE ? emptyRange(place) : named(name, form, place);
            case 1 -> withOneArgument(name, form, arguments.getFirst(), place);
            case 2 -> isStruct(name, arguments) ? struct(arguments) : named(name, form, place);
            case 3 ->
                name == Form.STEPPED_RANGE ? steppedRange(form, place) : named(name, form, place);
            default -> named(name, form, place);
          };
    };
  }

  private static Doc emptyRange(Place place) {
    return Doc.text(place.isNoParensArgument() ? "(..)" : "..");
  }

  private Doc withOneArgument(Atom name, Form form, Term argument, Place place) {
    Form in = name == Form.NOT ? Form.call(argument, Form.IN, 2) : null;
    if (in != null) {
      return operations.binary(
          Form.IN, "not in", form.meta(), in.argument(0), in.argument(1), place);
    }
    return name == Form.CAPTURE
        ? operations.capture(argument, place)
        : name == Form.ATTRIBUTE ? operations.attribute(argument, place) : named(name, form, place);
  }

  private Doc steppedRange(Form form, Place place) {
    ListTerm meta = form.meta().list();
    Term range = Tuple.of(Form.RANGE, meta, ListTerm.of(form.argument(0), form.argument(1)));
    return operations.binary(
        Form.STEP, Form.STEP.name(), form.meta(), range, form.argument(2), place);
  }

  private Doc struct(List<Term> arguments) {
    Form map = Form.of(arguments.get(1));
    Doc name = write(arguments.getFirst(), Place.PARENS_ARGUMENT);
    return containers.map(map.meta(), name, map.arguments());
  }

  private static boolean isStruct(Atom name, List<Term> arguments) {
    return name == Form.STRUCT && Form.isCall(arguments.get(1), Form.MAP);
  }

  private Doc named(Atom name, Form form, Place place) {
    List<Term> arguments = form.arguments();
    Doc sigil = texts.sigil(name, form);
    if (sigil != null) {
      return sigil;
    }
    if (arguments.size() == 1 && Precedence.isUnary(name)) {
      return operations.unary(name, arguments.getFirst(), place);
    }
    if (arguments.size() == 2 && Precedence.ofBinary(name) != null) {
      return operations.binary(
          name, name.name(), form.meta(), arguments.get(0), arguments.get(1), place);
    }
    return calls.local(name, form.meta(), arguments, place);
  }

  private Doc remote(Form form, Place place) {
    List<Term> arguments = form.arguments();
    if (Form.isDot(form.head(), LIST_MODULE, TO_CHARLIST) && arguments.size() == 1) {
      Doc text = texts.interpolatedCharlist(form.meta(), arguments.getFirst());
      return text == null ? calls.remote(form, place) : text;
    }
    List<Term> parts = atomParts(form);
    if (parts != null) {
      return texts.interpolated(parts, Doc.text(":\""), Texts.DOUBLE, Doc.text("\""));
    }
    if (Form.isDot(form.head(), ACCESS, GET) && arguments.size() == 2) {
      Doc target = calls.target(arguments.get(0));
      Term key = arguments.get(1);
      List<Term> keys = Form.isPairs(key) ? ((ListTerm) key).toList() : List.of(key);
      return Doc.concat(target, containers.list(form.meta(), keys));
    }
    return calls.remote(form, place);
  }

  /** The parts of an atom with interpolation; null for any other call. */
  static @Nullable List<Term> atomParts(@Nullable Form form) {
    boolean isAtom =
        form != null
            && Form.isDot(form.head(), ERLANG, BINARY_TO_ATOM)
            && form.arity() == 2
            && form.argument(1) == Form.UTF8
            && Form.isCall(form.argument(0), Form.BITSTRING)
            && Form.isInterpolated(form.argument(0));
    return isAtom ? Form.of(form.argument(0)).arguments() : null;
  }

  private Doc alias(List<Term> segments, Place place) {
    Doc doc =
        segments.getFirst() instanceof Atom head
            ? Doc.text(head.name())
            : operations.withParensIfOperator(segments.getFirst(), place);
    for (Term segment : segments.subList(1, segments.size())) {
      doc = Doc.concat(doc, Doc.text("." + ((Atom) segment).name()));
    }
    return doc;
  }

  // Literals, which come wrapped in a block

  private Doc block(Form form, Place place) {
    if (form.arity() == 0) {
      return Doc.text("nil");
    }
    if (form.arity() > 1) {
      Doc inside = blocks.block(form.term(), form.meta().line(), form.meta().closingLine());
      return Docs.surround("(", inside, ")");
    }
    Term literal = form.argument(0);
    Form splice = Form.call(literal, UNQUOTE_SPLICING, 1);
    if (splice != null) {
      return Docs.parens(calls.local(UNQUOTE_SPLICING, splice.meta(), splice.arguments(), place));
    }
    Meta meta = form.meta();
    return switch (literal) {
      case Tuple pair when pair.size() == 2 ->
          containers.tuple(meta, List.of(pair.get(0), pair.get(1)), Join.FLEX_BREAK);
      case ListTerm list when list.isProper() -> {
        Doc charlist = texts.charlist(meta, list);
        yield charlist == null ? containers.list(meta, list.toList()) : charlist;
      }
      case Bits text when text.isBinary() -> texts.string(meta, text.text());
      case Atom atom -> atom(atom, meta);
      case IntegerTerm _ when meta.get(Meta.TOKEN) instanceof Bits token ->
          Doc.text(Numbers.integer(token.text()));
      case Float64 _ when meta.get(Meta.TOKEN) instanceof Bits token ->
          Doc.text(Numbers.decimal(token.text()));
      default -> write(literal, place);
    };
  }

  private static Doc atom(Atom atom, Meta meta) {
    String name = atom.name();
    return switch (name) {
      case "nil", "true", "false" -> Doc.text(name);
      case "..//" -> Doc.string(":\"..//\"");
      case "\\\\" -> Doc.string(meta.delimiter().equals("\"") ? ":\"\\\\\"" : ":\\\\");
      default ->
          Doc.string(
              AtomText.isBare(atom) ? ":" + name : ":\"" + name.replace("\"", "\\\"") + "\"");
    };
  }

  // Pairs: key: value and key => value

  private Doc pair(Term key, Term value, Place place) {
    boolean isKeyword = isKeywordKey(key);
    Doc left = isKeyword ? keywordKey(key) : write(key, place);
    Doc right = write(value, place);
    if (!isKeyword) {
      left = operations.parensIfBinary(left, key);
    }
    String sign = isKeyword ? "" : " =>";
    boolean hangs = hangs(value);
    Doc inside = Doc.group(hangs ? Docs.nextBreakFits(right) : right);
    Doc doc =
        Doc.concat(
            Doc.group(left), Doc.group(Doc.nestBroken(Docs.glue(Doc.text(sign), inside), 2)));
    return hangs ? Docs.nextBreakDoesNotFit(doc) : doc;
  }

  static boolean isKeywordKey(Term key) {
    Form form = Form.of(key);
    if (form == null || !form.meta().isKeyword()) {
      return false;
    }
    return Form.wrapped(key) instanceof Atom || atomParts(form) != null;
  }

  private Doc keywordKey(Term key) {
    if (Form.wrapped(key) instanceof Atom atom) {
      String name = atom.name();
      boolean isBare = AtomText.isBare(atom) && !name.equals("..//");
      return Doc.string(isBare ? name + ":" : "\"" + name + "\":");
    }
    return texts.interpolated(
        atomParts(Form.of(key)), Doc.text("\""), Texts.DOUBLE, Doc.text("\":"));
  }

  /** Whether an expression may begin in a line in which it does not fit whole. */
  boolean hangs(Term term) {
    Form form = Form.of(term);
    if (form == null) {
      return term instanceof Tuple pair
          && pair.size() == 2
          && Form.wrapped(pair.get(0)) instanceof Atom
          && hangs(pair.get(1));
    }
    Meta meta = form.meta();
    if (!form.isCall()) {
      return false;
    }
    if (!(form.head() instanceof Atom name)) {
      Form dot = Form.call(form.head(), Form.DOT, 2);
      return dot != null
          && (Form.isDot(form.head(), LIST_MODULE, TO_CHARLIST)
                  && form.arity() == 1
                  && form.argument(0) instanceof Cons
              ? meta.delimiter().equals("'''")
              : dot.argument(1) == Form.TUPLE);
    }
    return switch (name.name()) {
      case "{}" -> endsLineOrHasComments(meta);
      case "<<>>" ->
          form.arity() > 0
              && (meta.delimiter().equals(Texts.HEREDOC)
                  || !Form.isInterpolated(term) && endsLineOrHasComments(meta));
      case "__block__" -> form.arity() == 1 && literalHangs(form.argument(0), meta);
      case "fn", "%{}", "%" -> form.arity() > 0;
      default -> name.name().startsWith("sigil_") && Texts.isHeredoc(meta.delimiter());
    };
  }

  private boolean literalHangs(Term literal, Meta meta) {
    return switch (literal) {
      case Tuple pair when pair.size() == 2 -> endsLineOrHasComments(meta);
      case Bits _ -> meta.delimiter().equals(Texts.HEREDOC);
      case ListTerm _ -> !meta.delimiter().equals("'");
      default -> false;
    };
  }

  private boolean endsLineOrHasComments(Meta meta) {
    return endsLine(meta) || remarks.areBetween(meta.line(), meta.closingLine());
  }
}
