package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code for}: nested reductions that hand an accumulator inwards and back. */
final class Comprehensions {
  private static final Atom ARROW = Atom.of("<-");
  private static final Atom INTO = Atom.of("into");
  private static final Atom UNIQ = Atom.of("uniq");
  private static final Atom REDUCE = Atom.of("reduce");

  /** What a source that is no bitstring is called in the error. */
  private static final Atom BAD_GENERATOR = Atom.of("bad_generator");

  private static final Atom BAD_ARGUMENT = Atom.of("badarg");

  private final Expander expander;
  private Atom badSource = BAD_ARGUMENT;

  Comprehensions(Expander expander) {
    this.expander = expander;
  }

  /** What happens to the accumulator for each element. */
  @FunctionalInterface
  private interface Inner {
    Core build(Variable accumulator, Scope scope);
  }

  Core expand(int line, ListTerm meta, List<Term> arguments, Scope outer) {
    int mark = expander.variables.mark();
    Core comprehension = comprehension(line, meta, arguments, outer);
    expander.close(mark, outer);
    return comprehension;
  }

  private Core comprehension(int line, ListTerm meta, List<Term> arguments, Scope outer) {
    var steps = new ArrayList<>(arguments);
    var options = new ArrayList<Term>();
    while (!steps.isEmpty() && Quoted.isKeywords(steps.getLast()) && steps.getLast() != Nil.NIL) {
      options.addAll(0, ((ListTerm) steps.removeLast()).toList());
    }
    ListTerm given = ListTerm.of(options);
    for (Term option : options) {
      Atom key = (Atom) ((beamyard.simulator.term.Tuple) option).get(0);
      if (key != Quoted.DO && key != INTO && key != UNIQ && key != REDUCE) {
        throw compileError(outer, meta, "unsupported option :" + key.name() + " given to for");
      }
    }
    Term body = Quoted.get(given, Quoted.DO);
    if (body == null) {
      throw compileError(outer, meta, "missing :do option in \"for\"");
    }
    if (steps.isEmpty() || !isGenerator(steps.getFirst())) {
      throw compileError(outer, meta, "for comprehensions must start with a generator");
    }
    Scope scope = outer.fork();
    Term reduce = Quoted.get(given, REDUCE);
    boolean hasClauses =
        body instanceof ListTerm list && Quoted.isCall(first(list), Quoted.ARROW, 2);
    if (reduce == null && hasClauses) {
      throw compileError(
          outer,
          meta,
          "the do block was written using acc -> expr clauses but the :reduce option was not given");
    }
    if (reduce != null) {
      if (Quoted.get(given, INTO) != null || Quoted.get(given, UNIQ) != null) {
        throw compileError(
            outer, meta, "cannot use :reduce alongside :into/:uniq in comprehension");
      }
      badSource = BAD_ARGUMENT;
      if (!hasClauses || !haveOneArgument((ListTerm) body)) {
        throw compileError(
            outer,
            meta,
            "when using :reduce with comprehensions, the do block must be written using acc -> expr clauses, where each"
                + " clause expects the accumulator as a single argument");
      }
      Core initial = expander.expand(reduce, scope);
      return chain(
          line,
          steps,
          0,
          initial,
          scope,
          (accumulator, inner) ->
              new Core.Case(
                  line,
                  new Core.Use(line, accumulator),
                  expander.clauses.oneArgument(":reduce in comprehension", body, meta, inner),
                  Core.NoClause.CASE_CLAUSE));
    }
    Term into = Quoted.get(given, INTO);
    Core intoCore = into == null ? null : expander.expand(into, scope);
    boolean isBits = intoCore instanceof Core.Literal(_, Bits bits) && bits.bitSize() == 0;
    Term uniq = Quoted.get(given, UNIQ);
    if (uniq != null && uniq != Atom.TRUE && uniq != Atom.FALSE) {
      throw compileError(
          outer,
          meta,
          ":uniq option for comprehensions only accepts a boolean, got: "
              + expander.modules.source(uniq));
    }
    boolean isUnique = uniq == Atom.TRUE;
    boolean isOfBits =
        !isUnique
            && steps.stream().noneMatch(step -> Quoted.isCall(step, ARROW, 2))
            && (intoCore == null || isBits || intoCore instanceof Core.Literal(_, Nil _));
    badSource = isOfBits ? BAD_GENERATOR : BAD_ARGUMENT;
    Function<Scope, Core> element =
        inner -> {
          Core value = expander.expand(body, inner.fork());
          return isBits ? Kernels.remote(line, "beamyard", "collectable_bits", value) : value;
        };
    boolean isMap = intoCore instanceof Core.Literal(_, MapTerm map) && map.size() == 0;
    boolean isList = intoCore == null || intoCore instanceof Core.Literal(_, Nil _);
    if (!isUnique && !isMap && !isList && !isBits) {
      return collected(line, steps, element, intoCore, scope);
    }
    Core collected =
        isUnique ? unique(line, steps, element, scope) : plain(line, steps, element, scope);
    Core list = Kernels.remote(line, "lists", "reverse", collected);
    if (isList) {
      return list;
    }
    if (isBits) {
      return Kernels.remote(line, "erlang", "list_to_bitstring", list);
    }
    if (isMap) {
      return Kernels.remote(line, "maps", "from_list", list);
    }
    return Kernels.remote(line, "Elixir.Enum", "into", list, intoCore);
  }

  private static Term first(ListTerm list) {
    return list.isEmpty() ? Nil.NIL : list.iterator().next();
  }

  private Core plain(int line, List<Term> steps, Function<Scope, Core> element, Scope scope) {
    return chain(
        line,
        steps,
        0,
        new Core.Literal(line, Nil.NIL),
        scope,
        (accumulator, inner) ->
            new Core.MakeCons(line, element.apply(inner), new Core.Use(line, accumulator)));
  }

  private static boolean haveOneArgument(ListTerm clauses) {
    for (Term clause : clauses) {
      if (!(Quoted.argument(clause, 0) instanceof ListTerm head && head.toList().size() == 1)) {
        return false;
      }
    }
    return true;
  }

  /** Each element goes to the collector at once, so that its effects come between those of the body. */
  private Core collected(
      int line, List<Term> steps, Function<Scope, Core> element, Core into, Scope scope) {
    var initial = new Variable("initial");
    var collector = new Variable("collector");
    Core loop =
        chain(
            line,
            steps,
            0,
            new Core.Use(line, initial),
            scope,
            (accumulator, inner) ->
                new Core.CallFun(
                    line,
                    new Core.Use(line, collector),
                    List.of(
                        new Core.Use(line, accumulator),
                        new Core.MakeTuple(
                            line,
                            List.of(
                                new Core.Literal(line, Atom.of("cont")), element.apply(inner))))));
    var clause =
        new Core.Clause(
            line, List.of(new Pattern.Bind(initial), new Pattern.Bind(collector)), List.of(), loop);
    return Kernels.remote(
        line, "Elixir.Enum", "__collect__", into, new Core.MakeFun(line, 2, List.of(clause)));
  }

  private Core unique(int line, List<Term> steps, Function<Scope, Core> body, Scope scope) {
    var start = new Core.Literal(line, beamyard.simulator.term.Tuple.of(Nil.NIL, MapTerm.EMPTY));
    Core pair =
        chain(
            line,
            steps,
            0,
            start,
            scope,
            (accumulator, inner) -> {
              var element = new Variable("element");
              var list = new Variable("list");
              var seen = new Variable("seen");
              Core useElement = new Core.Use(line, element);
              Core added =
                  new Core.MakeTuple(
                      line,
                      List.of(
                          new Core.MakeCons(line, useElement, new Core.Use(line, list)),
                          Kernels.remote(
                              line,
                              "maps",
                              "put",
                              useElement,
                              new Core.Literal(line, Atom.TRUE),
                              new Core.Use(line, seen))));
              return new Core.Block(
                  line,
                  List.of(
                      new Core.Match(line, new Pattern.Bind(element), body.apply(inner)),
                      new Core.Match(
                          line,
                          new Pattern.OfTuple(
                              List.of(new Pattern.Bind(list), new Pattern.Bind(seen))),
                          new Core.Use(line, accumulator)),
                      Clauses.ifTrue(
                          line,
                          Kernels.erlang(line, "is_map_key", useElement, new Core.Use(line, seen)),
                          new Core.Use(line, accumulator),
                          added)));
            });
    return Kernels.erlang(
        line, "element", new Core.Literal(line, beamyard.simulator.term.SmallInt.of(1)), pair);
  }

  static boolean isGenerator(Term form) {
    return Quoted.isCall(form, ARROW, 2) || isBitGenerator(form);
  }

  private static boolean isBitGenerator(Term form) {
    return Quoted.isCall(form, Quoted.BITS)
        && !Quoted.arguments(form).isEmpty()
        && Quoted.isCall(Quoted.arguments(form).getLast(), ARROW, 2);
  }

  private Core chain(
      int line, List<Term> steps, int index, Core accumulator, Scope scope, Inner inner) {
    if (index == steps.size()) {
      if (accumulator instanceof Core.Use(_, Variable variable)) {
        return inner.build(variable, scope);
      }
      throw new AssertionError("a comprehension starts with a generator");
    }
    Term step = steps.get(index);
    if (isBitGenerator(step)) {
      return bitGenerator(line, steps, index, accumulator, scope, inner);
    }
    if (Quoted.isCall(step, ARROW, 2)) {
      Core source = expander.expand(Quoted.argument(step, 1), scope);
      Scope element = scope.fork();
      Clauses.Head head = Clauses.Head.of(List.of(Quoted.argument(step, 0)));
      List<Pattern> patterns = expander.patterns.expandAll(head.patterns(), element);
      List<Core> guards = expander.clauses.guards(head.guards(), element);
      var so = new Variable("acc");
      var skipped = new Variable("acc");
      var clauses = new ArrayList<Core.Clause>();
      Core rest = chain(line, steps, index + 1, new Core.Use(line, so), element, inner);
      clauses.add(
          new Core.Clause(line, List.of(patterns.getFirst(), new Pattern.Bind(so)), guards, rest));
      boolean always =
          guards.isEmpty()
              && (patterns.getFirst() instanceof Pattern.Any
                  || patterns.getFirst() instanceof Pattern.Bind);
      if (!always) {
        clauses.add(
            new Core.Clause(
                line,
                List.of(new Pattern.Any(), new Pattern.Bind(skipped)),
                List.of(),
                new Core.Use(line, skipped)));
      }
      return Kernels.remote(
          line, "Elixir.Enum", "reduce", source, accumulator, new Core.MakeFun(line, 2, clauses));
    }
    Scope filtered = scope.fork();
    Core condition = expander.expand(step, filtered);
    return Clauses.ifTrue(
        line, condition, chain(line, steps, index + 1, accumulator, filtered, inner), accumulator);
  }

  /** A loop over a bitstring: a function that is handed itself. */
  private Core bitGenerator(
      int line, List<Term> steps, int index, Core accumulator, Scope scope, Inner inner) {
    List<Term> segments = Quoted.arguments(steps.get(index));
    Term last = segments.removeLast();
    Core source = expander.expand(Quoted.argument(last, 1), scope);
    segments.add(Quoted.argument(last, 0));
    Scope element = scope.fork();
    var binding = new Patterns.Binding(element);
    var matched =
        new ArrayList<>(
            expander.bits.expandGenerator(Quoted.meta(steps.get(index)), segments, binding));
    var skippedSegments = new ArrayList<Pattern.SegmentPattern>();
    for (Pattern.SegmentPattern segment : matched) {
      skippedSegments.add(
          new Pattern.SegmentPattern(
              new Pattern.Any(),
              segment.type(),
              segment.size(),
              segment.unit(),
              segment.sign(),
              segment.endian()));
    }
    element.bindAll(binding.bound);
    var self = new Variable("loop");
    var rest = new Variable("rest");
    var so = new Variable("acc");
    matched.add(restOf(rest));
    var next = new Variable("acc");
    Core body = chain(line, steps, index + 1, new Core.Use(line, so), element, inner);
    var clauses = new ArrayList<Core.Clause>();
    clauses.add(
        loopClause(line, self, new Pattern.OfBits(matched), so, again(line, self, rest, body)));
    var otherSelf = new Variable("loop");
    var otherRest = new Variable("rest");
    var otherSo = new Variable("acc");
    skippedSegments.add(restOf(otherRest));
    boolean canSkip =
        skippedSegments.stream()
            .noneMatch(
                segment ->
                    segment.size().isPresent() && !(segment.size().get() instanceof Core.Literal));
    if (canSkip) {
      clauses.add(
          loopClause(
              line,
              otherSelf,
              new Pattern.OfBits(skippedSegments),
              otherSo,
              again(line, otherSelf, otherRest, new Core.Use(line, otherSo))));
    }
    var lastSo = new Variable("acc");
    clauses.add(
        new Core.Clause(
            line,
            List.of(
                new Pattern.Any(),
                new Pattern.OfBits(List.of(restOf(new Variable("rest")))),
                new Pattern.Bind(lastSo)),
            List.of(),
            new Core.Use(line, lastSo)));
    var noBits = new Variable("source");
    Core reason =
        new Core.MakeTuple(
            line, List.of(new Core.Literal(line, badSource), new Core.Use(line, noBits)));
    clauses.add(
        new Core.Clause(
            line,
            List.of(new Pattern.Any(), new Pattern.Bind(noBits), new Pattern.Any()),
            List.of(),
            Kernels.erlang(line, "error", reason)));
    var loop = new Variable("loop");
    return new Core.Block(
        line,
        List.of(
            new Core.Match(line, new Pattern.Bind(loop), new Core.MakeFun(line, 3, clauses)),
            new Core.CallFun(
                line,
                new Core.Use(line, loop),
                List.of(new Core.Use(line, loop), source, accumulator))));
  }

  private static Core again(int line, Variable self, Variable rest, Core accumulator) {
    return new Core.CallFun(
        line,
        new Core.Use(line, self),
        List.of(new Core.Use(line, self), new Core.Use(line, rest), accumulator));
  }

  private static Core.Clause loopClause(
      int line, Variable self, Pattern bits, Variable accumulator, Core body) {
    return new Core.Clause(
        line,
        List.of(new Pattern.Bind(self), bits, new Pattern.Bind(accumulator)),
        List.of(),
        body);
  }

  private static Pattern.SegmentPattern restOf(Variable rest) {
    return new Pattern.SegmentPattern(
        new Pattern.Bind(rest),
        Core.Type.BITSTRING,
        Optional.empty(),
        1,
        Core.Sign.UNSIGNED,
        Core.Endian.BIG);
  }
}
