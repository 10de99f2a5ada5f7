package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Arguments.LastArgument;
import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls: of a name, of a function of a module, of a function value; with their arguments and {@code do} blocks. */
final class Calls {
  private static final List<Atom> SECTIONS =
      List.of(Atom.of("rescue"), Atom.of("catch"), Atom.of("else"), Atom.of("after"));

  /** A section of a {@code do} block. */
  private record Section(Atom name, int firstLine, int lastLine, Term body) {}

  private final Writer writer;

  Calls(Writer writer) {
    this.writer = writer;
  }

  Doc local(Atom name, Meta meta, List<Term> arguments, Place place) {
    Parens parens =
        meta.hasPlace(Meta.CLOSING)
            ? Parens.UNLESS_ONLY_BLOCK
            : writer.options.omitsParens(name.name(), arguments.size())
                ? Parens.UNLESS_ARGUMENT
                : Parens.UNLESS_BLOCK;
    return withArguments(
        Doc.string(name.name()), arguments, meta, place, parens, Keywords.WITHOUT_BRACKETS);
  }

  /** A call of anything but a name. */
  Doc remote(Form form, Place place) {
    Form dot = Form.of(form.head());
    List<Term> arguments = form.arguments();
    Meta meta = form.meta();
    if (dot == null || dot.head() != Form.DOT || dot.arity() < 1 || dot.arity() > 2) {
      Doc callee = writer.write(form.head(), Place.NO_PARENS_ARGUMENT);
      return withArguments(
          callee, arguments, meta, place, Parens.ALWAYS, Keywords.WITHOUT_BRACKETS);
    }
    Doc target = target(dot.argument(0));
    if (dot.arity() == 1) {
      Doc callee = Doc.concat(target, Doc.text("."));
      return withArguments(
          callee, arguments, meta, place, Parens.UNLESS_BLOCK, Keywords.WITHOUT_BRACKETS);
    }
    if (dot.argument(1) == Form.TUPLE) {
      Doc tuple = writer.containers.tuple(meta, arguments, Join.BREAK);
      return Doc.concat(Doc.concat(target, Doc.text(".")), tuple);
    }
    String function = AtomText.function((Atom) dot.argument(1));
    Doc callee = Doc.concat(Doc.concat(target, Doc.text(".")), Doc.string(function));
    if (arguments.isEmpty() && !isModule(dot.argument(0)) && !meta.hasPlace(Meta.CLOSING)) {
      return callee;
    }
    return withArguments(
        callee, arguments, meta, place, Parens.UNLESS_BLOCK, Keywords.WITHOUT_BRACKETS);
  }

  private static boolean isModule(Term target) {
    Form form = Form.of(target);
    return form != null
        && (form.head() == Form.MODULE && form.isVariable()
            || form.head() == Form.ALIASES
            || Form.wrapped(target) instanceof Atom);
  }

  /** What stands before a dot or a key in brackets. */
  Doc target(Term target) {
    Form form = Form.of(target);
    return form != null && form.head() == Form.FN && form.arity() > 0
        ? Docs.parens(writer.write(target, Place.NO_PARENS_ARGUMENT))
        : writer.operations.withParensIfOperator(target, Place.NO_PARENS_ARGUMENT);
  }

  // Arguments

  Doc withArguments(
      Doc callee, List<Term> arguments, Meta meta, Place place, Parens parens, Keywords keywords) {
    if (arguments.isEmpty()) {
      Doc inside =
          writer.containers.elements(arguments, meta, Join.BREAK, element -> Docs.EMPTY).doc();
      return Doc.concat(callee, Docs.surround("(", inside, ")"));
    }
    List<Section> sections = sections(meta, arguments.getLast());
    if (sections == null) {
      boolean omitsParens =
          parens == Parens.UNLESS_ARGUMENT
              && switch (place) {
                case BLOCK, OPERAND, NO_PARENS_ONLY_ARGUMENT, PARENS_ONLY_ARGUMENT -> true;
                case NO_PARENS_ARGUMENT, PARENS_ARGUMENT -> false;
              };
      return Doc.concat(callee, arguments(meta, arguments, omitsParens, keywords, Docs.EMPTY));
    }
    List<Term> others = arguments.subList(0, arguments.size() - 1);
    boolean omitsParens = parens != Parens.ALWAYS && parens != Parens.UNLESS_ONLY_BLOCK;
    Doc head =
        others.isEmpty()
            ? Doc.text(parens == Parens.ALWAYS ? "() do" : " do")
            : arguments(meta, others, omitsParens, keywords, Doc.text(" do"));
    Doc whole = Docs.forced(Doc.line(Doc.concat(head, blocks(sections)), Doc.text("end")));
    Doc call = Doc.concat(callee, whole);
    return place.isNoParensArgument() ? Docs.parens(call) : call;
  }

  private Doc arguments(
      Meta meta, List<Term> arguments, boolean omitsParens, Keywords keywords, Doc extra) {
    List<Term> left = arguments.subList(0, arguments.size() - 1);
    LastArgument last = LastArgument.of(arguments.getLast(), keywords, omitsParens, writer.remarks);
    Place place =
        left.isEmpty() && last.pairs() == null
            ? omitsParens ? Place.NO_PARENS_ONLY_ARGUMENT : Place.PARENS_ONLY_ARGUMENT
            : omitsParens ? Place.NO_PARENS_ARGUMENT : Place.PARENS_ARGUMENT;
    var all = new ArrayList<>(left);
    if (last.pairs() == null) {
      all.add(last.argument());
    } else {
      all.addAll(last.pairs());
    }
    boolean manyLines = all.size() > 1 && writer.endsLine(meta);
    boolean splits =
        !left.isEmpty()
            && last.pairs() != null
            && all.stream().noneMatch(argument -> Form.call(argument, Form.GENERATOR, 2) != null);
    var argumentWriter = new Arguments(writer, meta, omitsParens, place);
    Doc inside;
    boolean hangs = splits;
    if (splits) {
      inside = argumentWriter.withKeywords(left, last.pairs(), manyLines);
    } else {
      Join join = Arguments.areOnTheirLines(all) || manyLines ? Join.LINE : Join.BREAK;
      hangs = join == Join.BREAK && last.hangs(writer);
      inside = argumentWriter.all(all, join, hangs);
    }
    Doc doc;
    if (omitsParens) {
      Doc spaced = Doc.concat(Doc.text(" "), inside);
      doc = Doc.group(Doc.concat(splits ? Doc.nest(spaced, 2) : spaced, extra));
    } else {
      Doc open = Doc.nestBroken(Doc.concat(Doc.text("("), Doc.strictBreak("")), 2);
      Doc closed = Doc.concat(Doc.concat(open, inside), Doc.text(")"));
      doc = Doc.group(Doc.concat(closed, extra));
    }
    return hangs ? Docs.nextBreakDoesNotFit(doc) : doc;
  }

  // Blocks

  /** The sections of a {@code do} block; null if the last argument is none. */
  private @Nullable List<Section> sections(Meta meta, Term last) {
    if (!(last instanceof Cons list)
        || !Form.isPairs(list)
        || Form.wrapped(((Tuple) list.head()).get(0)) != Form.DO) {
      return null;
    }
    List<Term> pairs = list.toList();
    if (!meta.hasPlace(Meta.DO) && !mayBeForced(pairs.subList(1, pairs.size()))) {
      return null;
    }
    var sections = new ArrayList<Section>();
    for (int i = 0; i < pairs.size(); i++) {
      Tuple pair = (Tuple) pairs.get(i);
      int lastLine = i == pairs.size() - 1 ? meta.endLine() : keyLine(pairs.get(i + 1));
      Atom name = (Atom) Form.wrapped(pair.get(0));
      sections.add(new Section(name, keyLine(pair), lastLine, pair.get(1)));
    }
    return sections;
  }

  private static int keyLine(Term pair) {
    return Form.of(((Tuple) pair).get(0)).meta().line();
  }

  private boolean mayBeForced(List<Term> pairs) {
    return writer.options.blocks() == FormatOptions.Blocks.FORCED
        && pairs.stream()
            .allMatch(
                pair ->
                    Form.wrapped(((Tuple) pair).get(0)) instanceof Atom name
                        && SECTIONS.contains(name));
  }

  private Doc blocks(List<Section> sections) {
    Doc all = section(Docs.EMPTY, sections.getFirst());
    for (Section section : sections.subList(1, sections.size())) {
      all = Doc.line(all, section(Doc.text(section.name().name()), section));
    }
    return all;
  }

  private Doc section(Doc name, Section section) {
    Doc body = body(section);
    return body == Docs.EMPTY ? name : Doc.nest(Doc.line(name, body), 2);
  }

  private Doc body(Section section) {
    if (Form.isClauses(section.body())) {
      return writer.functions.clauses(
          ((ListTerm) section.body()).toList(), section.firstLine(), section.lastLine());
    }
    Doc doc = writer.blocks.block(section.body(), section.firstLine(), section.lastLine());
    return doc == Docs.EMPTY ? doc : Doc.group(doc);
  }
}
