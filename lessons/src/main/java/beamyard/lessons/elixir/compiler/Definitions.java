package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Takes a clause of {@code def}, {@code defp}, {@code defmacro} or {@code defmacrop} into the module's draft. */
final class Definitions {
  private static final Atom DEFAULT = Atom.of("\\\\");

  private final Expander expander;
  private final Drafts drafts;
  private final Atom module;
  private final Definer definer;
  private final Environment env;
  private final boolean isGenerated;

  /**
   * @param isGenerated whether a macro's code has made the definition
   */
  Definitions(
      Expander expander, Atom module, Definer definer, Environment env, boolean isGenerated) {
    this.isGenerated = isGenerated;
    this.expander = expander;
    this.drafts = expander.drafts;
    this.module = module;
    this.definer = definer;
    this.env = env;
  }

  /** A head taken apart. */
  private record Head(
      Atom name, int line, Optional<String> file, List<Term> arguments, List<Term> guards) {
    Head in(Optional<String> keptFile) {
      return new Head(name, line, keptFile, arguments, guards);
    }
  }

  /** Stores a clause; answers {@code {name, arity}}. */
  Term store(Term given, Term givenBody) {
    boolean keepsLocation = head(given).file().isPresent();
    Head head =
        keepsLocation ? head(KeptLocation.lines(given)).in(head(given).file()) : head(given);
    Term body = keepsLocation ? KeptLocation.lines(givenBody) : givenBody;
    var plain = new ArrayList<Term>();
    var defaults = new ArrayList<Term>();
    for (Term argument : head.arguments()) {
      boolean hasDefault = Quoted.isCall(argument, DEFAULT, 2);
      plain.add(hasDefault ? Quoted.argument(argument, 0) : argument);
      defaults.add(hasDefault ? argument : null);
    }
    if (body == Atom.NIL) {
      checkBodiless(head, plain);
    }
    int arity = plain.size();
    var name = new NameArity(head.name(), arity);
    int count = (int) defaults.stream().filter(java.util.Objects::nonNull).count();
    Draft draft = drafts.find(module).orElseThrow();
    Definition before = draft.isOverridden(name) ? null : draft.definitions().get(name);
    check(head, name, before, count, body, draft);
    ModuleNotes notes = drafts.notes(module);
    var told = new ClauseWarnings(expander.modules, notes, env, definer);
    if (before == null) {
      if (isGenerated) {
        notes.generate(name);
      } else {
        notes.write(name);
      }
    }
    List<Core.Clause> clauses = new ArrayList<>(before == null ? List.of() : before.clauses());
    if (body != Atom.NIL) {
      clauses.add(clause(head, name, plain, body));
    }
    if (before != null && !isGenerated) {
      told.added(before, name, count, head.line(), body != Atom.NIL);
    }
    notes.defined(name);
    drafts.update(
        module,
        current ->
            current.withDefinition(
                new Definition(
                    name,
                    definer,
                    before == null ? head.line() : before.line(),
                    inCode(name),
                    Math.max(count, before == null ? 0 : before.defaults()),
                    List.copyOf(clauses),
                    count > 0 && body != Atom.NIL,
                    head.file())));
    if (count > 0) {
      storeDefaults(head, name, defaults, count);
    }
    if (definer.isPublic() && !ModuleDocs.isLibrary(env.file())) {
      drafts
          .docs(module)
          .function(
              definer.isMacro() ? ModuleDocs.Kind.MACRO : ModuleDocs.Kind.FUNCTION,
              name,
              draft.attributes().containsKey(Atom.of("doc")) && notes.lineOf("doc") > 0
                  ? notes.lineOf("doc")
                  : head.line(),
              head.arguments(),
              count,
              draft.attributes());
    }
    takeAttributes(draft, name, head, notes, told);
    return Tuple.of(head.name(), SmallInt.of(arity));
  }

  /** A head without a body only names its arguments, and says what they are by default. */
  private void checkBodiless(Head head, List<Term> arguments) {
    if (!head.guards().isEmpty()) {
      throw compileError(env, head.line(), "missing :do option in \"" + definer.text() + "\"");
    }
    if (!arguments.stream().allMatch(Quoted::isVariable)) {
      throw compileError(
          env,
          head.line(),
          "only variables and \\\\ are allowed as arguments in function head.\n\nIf you did not intend to define a function"
              + " head, make sure your function definition has the proper syntax by wrapping the arguments in parentheses and"
              + " using the do instruction accordingly:\n\n    def add(a, b), do: a + b\n\n    def add(a, b) do\n"
              + "      a + b\n    end\n");
    }
  }

  /** What {@code @doc} and its like say is of this definition, and not of the next one. */
  private void takeAttributes(
      Draft draft, NameArity name, Head head, ModuleNotes notes, ClauseWarnings told) {
    told.documented(name, env.withFunction(name.name(), name.arity()));
    if (draft.attributes().get(Atom.of("impl")) instanceof Term value) {
      notes.impl(new ModuleNotes.Impl(name, definer, value, head.line(), isGenerated));
    }
    if (draft.attributes().get(Atom.of("deprecated")) instanceof Bits message) {
      notes.deprecate(name, message.text());
    }
    for (String attribute : List.of("doc", "impl", "since", "deprecated")) {
      drafts.update(module, current -> current.withoutAttribute(Atom.of(attribute)));
      notes.taken(attribute);
    }
  }

  private NameArity inCode(NameArity name) {
    return definer.isMacro()
        ? new NameArity(Atom.of("MACRO-" + name.name().name()), name.arity() + 1)
        : name;
  }

  private Head head(Term call) {
    Term rest = call;
    List<Term> guards = new ArrayList<>();
    if (Quoted.isCall(call, Quoted.WHEN, 2)) {
      Clauses.Head.addGuards(Quoted.argument(call, 1), guards);
      rest = Quoted.argument(call, 0);
    }
    Tuple node = Quoted.node(rest);
    if (node == null || !(node.get(0) instanceof Atom name)) {
      throw compileError(
          env,
          env.line(),
          "invalid syntax in " + definer.text() + " " + expander.modules.source(rest));
    }
    List<Term> arguments = node.get(2) instanceof ListTerm list ? list.toList() : List.of();
    ListTerm meta = (ListTerm) node.get(1);
    return new Head(name, Quoted.line(meta), KeptLocation.file(meta), arguments, guards);
  }

  private void check(
      Head head, NameArity name, Definition before, int count, Term body, Draft draft) {
    String owner =
        switch (name.toString()) {
          case "__info__/1" -> "Elixir";
          case "module_info/0", "module_info/1" -> "Erlang";
          default -> "";
        };
    if (!owner.isEmpty() && !ModuleDocs.isLibrary(env.file())) {
      throw compileError(
          env,
          head.line(),
          "cannot define "
              + definer.text()
              + " "
              + name
              + " as it is automatically defined by "
              + owner);
    }
    if (before != null && before.definer() != definer) {
      throw compileError(
          env,
          head.line(),
          definer.text()
              + " "
              + name
              + " already defined as "
              + before.definer().text()
              + " in "
              + env.file()
              + ":"
              + before.line());
    }
    if (before != null && count > 0 && !before.clauses().isEmpty() && before.defaults() > 0) {
      throw compileError(
          env,
          head.line(),
          definer.text()
              + " "
              + name
              + " defines defaults multiple times. Elixir allows defaults to be declared once per definition."
              + " Instead of:\n\n    def foo(:first_clause, b \\\\ :default) do ... end\n    def foo(:second_clause, b \\\\"
              + " :default) do ... end\n\none should write:\n\n    def foo(a, b \\\\ :default)\n    def foo(:first_clause,"
              + " b) do ... end\n    def foo(:second_clause, b) do ... end\n");
    }
    for (Definition other : draft.definitions().values()) {
      int highest = other.name().arity();
      boolean covers =
          other.name().name() == name.name()
              && other.defaults() > 0
              && name.arity() < highest
              && name.arity() >= highest - other.defaults();
      if (covers && !draft.isOverridden(other.name()) && !draft.isOverridden(name)) {
        throw compileError(
            env,
            head.line(),
            definer.text() + " " + name + " conflicts with defaults from " + other.name());
      }
      boolean isCovered =
          other.name().name() == name.name()
              && count > 0
              && highest < name.arity()
              && highest >= name.arity() - count
              && other.defaults() > 0;
      if (isCovered && !draft.isOverridden(other.name())) {
        throw compileError(
            env,
            head.line(),
            definer.text() + " " + name + " defaults conflicts with " + other.name());
      }
    }
  }

  private Core.Clause clause(Head head, NameArity name, List<Term> arguments, Term body) {
    var calls = expander.calls.localCalls.size();
    Scope scope = functionScope(name);
    int mark = expander.variables.mark();
    var patterns = new ArrayList<Pattern>();
    if (definer.isMacro()) {
      scope.caller = new Variable("__CALLER__");
      patterns.add(new Pattern.Bind(scope.caller));
    }
    patterns.addAll(expander.patterns.expandAll(arguments, scope));
    List<Core> guards = expander.clauses.guards(head.guards(), scope);
    Core bodyCore = expander.expand(bodyForm(head.line(), body), scope);
    expander.close(mark, scope);
    takeLocalCalls(calls);
    return new Core.Clause(head.line(), patterns, guards, bodyCore);
  }

  private void takeLocalCalls(int from) {
    var calls = expander.calls.localCalls;
    List<Calls.LocalCall> mine = List.copyOf(calls.subList(from, calls.size()));
    drafts.update(module, draft -> draft.withLocalCalls(mine));
  }

  private Scope functionScope(NameArity name) {
    return new Scope(
        env.withFunction(name.name(), name.arity()).withVariables(new LinkedHashMap<>()));
  }

  /** A body with {@code rescue} and such is a {@code try}. */
  private Term bodyForm(int line, Term body) {
    if (!(body instanceof ListTerm options) || !Quoted.has(options, Quoted.DO)) {
      throw compileError(env, line, "missing :do option in \"" + definer.text() + "\"");
    }
    return options.length() == 1
        ? Quoted.get(options, Quoted.DO)
        : Quoted.call("try", Quoted.meta(line), options);
  }

  private void storeDefaults(Head head, NameArity full, List<Term> defaults, int count) {
    for (int given = 0; given < count; given++) {
      int arity = full.arity() - count + given;
      var name = new NameArity(full.name(), arity);
      int calls = expander.calls.localCalls.size();
      Scope scope = functionScope(name);
      var patterns = new ArrayList<Pattern>();
      var arguments = new ArrayList<Core>();
      if (definer.isMacro()) {
        scope.caller = new Variable("__CALLER__");
        patterns.add(new Pattern.Bind(scope.caller));
        arguments.add(new Core.Use(head.line(), scope.caller));
      }
      int left = given;
      for (Term possible : defaults) {
        if (possible == null || left-- > 0) {
          var variable = new Variable("arg");
          patterns.add(new Pattern.Bind(variable));
          arguments.add(new Core.Use(head.line(), variable));
        } else {
          arguments.add(expander.expand(Quoted.argument(possible, 1), scope.fork()));
        }
      }
      NameArity callee = inCode(full);
      expander.calls.localCalls.add(new Calls.LocalCall(full, name, head.line()));
      takeLocalCalls(calls);
      Core body = new Core.CallLocal(head.line(), callee.name(), arguments);
      drafts.update(
          module,
          draft ->
              draft.withDefinition(
                  new Definition(
                      name,
                      definer,
                      head.line(),
                      inCode(name),
                      0,
                      List.of(new Core.Clause(head.line(), patterns, List.of(), body)),
                      false,
                      head.file())));
    }
  }
}
