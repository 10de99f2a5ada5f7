package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The functions that compiled code calls while modules are defined, and what {@code Module} offers for it. */
final class CompilerBuiltins {
  private static final Atom STRUCT_KEY = Atom.of("__struct__");

  private CompilerBuiltins() {}

  static void define(BuiltinTable table) {
    table.define(
        "beamyard",
        "kernel_macros",
        0,
        (_, _) ->
            ListTerm.of(
                KernelNames.MACROS.stream()
                    .<Term>map(it -> Tuple.of(it.name(), SmallInt.of(it.arity())))
                    .toList()));
    table.define("elixir_def", "store_definition", 6, CompilerBuiltins::storeDefinition);
    table.define("elixir_errors", "module_warning", 2, CompilerBuiltins::warnOfModule);
    table.define("elixir_def", "make_overridable", 2, CompilerBuiltins::makeOverridable);
    table.define("elixir_attributes", "put", 4, CompilerBuiltins::setAttribute);
    table.define("elixir_attributes", "get", 3, CompilerBuiltins::readAttribute);
    table.define("elixir_struct", "define", 2, StructDefinition::define);
    table.define(
        "elixir_struct",
        "build",
        4,
        (self, arguments) ->
            Draft.StructFields.build(
                (MapTerm) arguments[0],
                ((ListTerm) arguments[1]).toList(),
                arguments[2],
                (ListTerm) arguments[3]));
    table.define("elixir_quote", "list", 2, CompilerBuiltins::splice);
    table.define("elixir_quote", "dot", 4, (self, arguments) -> dot(arguments));
    table.define(
        "elixir_aliases",
        "concat",
        1,
        (self, arguments) -> Directives.concat(((ListTerm) arguments[0]).toList()));
    table.define("beamyard", "runs_macro", 0, (self, _) -> Atom.of(Compiler.of(self).isRunning()));
    table.define("elixir_protocol", "impl_for", 3, Protocols::implFor);
    table.define("elixir_protocol", "assert", 1, Protocols::mustBeProtocol);
    table.define("Elixir.Kernel.Utils", "destructure", 2, CompilerBuiltins::destructure);
    table.define("Elixir.Kernel.Utils", "raise", 1, CompilerBuiltins::raise);
    defineModule(table);
  }

  private static final String READ =
      ". Use the Module.__info__/1 callback or Code.fetch_docs/1 instead";
  private static final String EXPORTED =
      ". Use Kernel.function_exported?/3 and Kernel.macro_exported?/3 to check for public functions and macros"
          + " instead";
  private static final String PUBLIC =
      ". Use the Module.__info__/1 callback to get public functions and macros instead";

  private static void defineModule(BuiltinTable table) {
    String module = "Elixir.Module";
    table.define(module, "put_attribute", 3, CompilerBuiltins::putAttribute);
    table.define(
        module,
        "get_attribute",
        2,
        (self, arguments) -> {
          Draft draft = draft(self, arguments[0], "get_attribute/2", READ);
          noteRead(self, draft, arguments[1]);
          return Attributes.get(draft, (Atom) arguments[1]);
        });
    table.define(
        module,
        "get_attribute",
        3,
        (self, arguments) -> {
          Draft draft = draft(self, arguments[0], "get_attribute/2", READ);
          noteRead(self, draft, arguments[1]);
          boolean isSet = draft.attributes().containsKey((Atom) arguments[1]);
          return isSet ? Attributes.get(draft, (Atom) arguments[1]) : arguments[2];
        });
    table.define(
        module,
        "has_attribute?",
        2,
        (self, arguments) ->
            Atom.of(
                draft(self, arguments[0], "has_attribute?/2")
                    .attributes()
                    .containsKey((Atom) arguments[1])));
    table.define(
        module,
        "delete_attribute",
        2,
        (self, arguments) -> {
          Term before =
              Attributes.get(draft(self, arguments[0], "delete_attribute/2"), (Atom) arguments[1]);
          update(self, arguments[0], draft -> draft.withoutAttribute((Atom) arguments[1]));
          return before;
        });
    table.define(
        module,
        "register_attribute",
        3,
        (self, arguments) -> {
          draft(self, arguments[0], "register_attribute/3");
          if (Quoted.get(arguments[2], Atom.of("accumulate")) == Atom.TRUE) {
            update(self, arguments[0], draft -> draft.accumulate((Atom) arguments[1]));
          }
          if (Quoted.get(arguments[2], Atom.of("persist")) == Atom.TRUE) {
            update(
                self,
                arguments[0],
                draft ->
                    draft
                        .accumulate(Attributes.PERSISTED)
                        .withAttribute(Attributes.PERSISTED, arguments[1]));
          }
          return Atom.OK;
        });
    table.define(
        module,
        "defines?",
        2,
        (self, arguments) ->
            Atom.of(
                draft(self, arguments[0], "defines?/2", EXPORTED)
                    .definitions()
                    .containsKey(nameArity(arguments[1]))));
    table.define(
        module,
        "defines?",
        3,
        (self, arguments) -> {
          Definition found =
              draft(self, arguments[0], "defines?/3", EXPORTED)
                  .definitions()
                  .get(nameArity(arguments[1]));
          return Atom.of(
              found != null && found.definer().text().equals(((Atom) arguments[2]).name()));
        });
    table.define(
        module,
        "definitions_in",
        1,
        (self, arguments) ->
            Draft.namesTerm(
                new ArrayList<>(
                    draft(self, arguments[0], "definitions_in/1", PUBLIC)
                        .definitions()
                        .sequencedKeySet())));
    table.define(
        module,
        "definitions_in",
        2,
        (self, arguments) ->
            Draft.namesTerm(
                draft(self, arguments[0], "definitions_in/2", PUBLIC)
                    .namesOf(
                        Definer.valueOf(((Atom) arguments[1]).name().toUpperCase(Locale.ROOT)))));
    table.define(
        module,
        "open?",
        1,
        (self, arguments) ->
            Atom.of(Compiler.of(self).drafts().find((Atom) arguments[0]).isPresent()));
    table.define(
        module,
        "attributes_in",
        1,
        (self, arguments) ->
            ListTerm.of(
                new ArrayList<Term>(
                    draft(self, arguments[0], "attributes_in/1").attributes().keySet())));
    table.define(
        module,
        "overridables_in",
        1,
        (self, arguments) ->
            Draft.namesTerm(
                new ArrayList<>(
                    draft(self, arguments[0], "overridables_in/1").overridable().keySet())));
    table.define(module, "make_overridable", 2, CompilerBuiltins::makeOverridable);
    table.define(
        module,
        "overridable?",
        2,
        (self, arguments) ->
            Atom.of(
                draft(self, arguments[0], "overridable?/2")
                    .overridable()
                    .containsKey(nameArity(arguments[1]))));
    table.defineBlocking(module, "create", 3, Evaluations::createModule);
  }

  private static void noteRead(ProcessContext self, Draft draft, Term attribute) {
    Compiler.of(self).drafts().notes(draft.name()).read((Atom) attribute);
  }

  static NameArity nameArity(Term pair) {
    Tuple tuple = (Tuple) pair;
    return new NameArity((Atom) tuple.get(0), (int) ((SmallInt) tuple.get(1)).value());
  }

  static Draft draft(ProcessContext self, Term module) {
    return draft(self, module, "put_attribute/3", "");
  }

  private static Draft draft(ProcessContext self, Term module, String function) {
    return draft(self, module, function, "");
  }

  /** The module being defined; a function of {@code Module} says what to use instead if it is defined already. */
  private static Draft draft(ProcessContext self, Term module, String function, String instead) {
    if (!(module instanceof Atom name)) {
      throw Raise.error(Atom.of("function_clause"));
    }
    return Compiler.of(self)
        .drafts()
        .find(name)
        .orElseThrow(
            () ->
                CompileProblem.argumentError(
                    "could not call Module."
                        + function
                        + " because the module "
                        + new NodeModules(self).inspect(module)
                        + " is already compiled"
                        + instead));
  }

  static void update(
      ProcessContext self, Term module, java.util.function.UnaryOperator<Draft> change) {
    Compiler.of(self).drafts().update((Atom) module, change);
  }

  // ---- def

  private static Term storeDefinition(ProcessContext self, Term[] arguments) {
    Definer definer = Definer.valueOf(((Atom) arguments[0]).name().toUpperCase(Locale.ROOT));
    Atom module = (Atom) arguments[1];
    Draft draft = draft(self, module);
    Environment env = draft.environments().get((int) ((SmallInt) arguments[4]).value());
    var expander = Compiler.of(self).expander(self, env);
    Term result =
        new Definitions(expander, module, definer, env, arguments[5] == Atom.TRUE)
            .store(arguments[2], arguments[3]);
    onDefinition(self, module, definer, env, arguments[2], arguments[3]);
    return result;
  }

  private static void onDefinition(
      ProcessContext self, Atom module, Definer definer, Environment env, Term call, Term body) {
    List<Term> hooks = Attributes.inOrder(draft(self, module), Atom.of("on_definition"));
    if (hooks.isEmpty()) {
      return;
    }
    Term head = call;
    var guards = new ArrayList<Term>();
    if (Quoted.isCall(call, Quoted.WHEN, 2)) {
      head = Quoted.argument(call, 0);
      Clauses.Head.addGuards(Quoted.argument(call, 1), guards);
    }
    Term parameters = ((Tuple) head).get(2) instanceof ListTerm list ? list : Nil.NIL;
    for (Term hook : hooks) {
      Term target = hook instanceof Tuple pair ? pair.get(0) : hook;
      Atom function =
          hook instanceof Tuple pair ? (Atom) pair.get(1) : Atom.of("__on_definition__");
      new NodeModules(self)
          .call(
              (Atom) target,
              function,
              List.of(
                  EnvironmentTerm.of(env),
                  Atom.of(definer.text()),
                  ((Tuple) head).get(0),
                  parameters,
                  ListTerm.of(guards),
                  body));
    }
  }

  private static Term makeOverridable(ProcessContext self, Term[] arguments) {
    Draft draft = draft(self, arguments[0]);
    if (arguments[1] instanceof Atom behaviour) {
      for (Term callback : callbacksOf(self, behaviour)) {
        NameArity name = nameArity(callback);
        update(self, arguments[0], current -> current.withOverridable(name));
      }
      return Atom.OK;
    }
    for (Term pair : (ListTerm) arguments[1]) {
      NameArity name = nameArity(pair);
      if (!draft.definitions().containsKey(name)) {
        throw CompileProblem.argumentError(
            "cannot make function " + name + " overridable because it was not defined");
      }
      update(self, arguments[0], current -> current.withOverridable(name));
    }
    return Atom.OK;
  }

  private static ListTerm callbacksOf(ProcessContext self, Atom behaviour) {
    var modules = new NodeModules(self);
    return (ListTerm)
        modules.call(behaviour, Atom.of("behaviour_info"), List.of(Atom.of("callbacks")));
  }

  // ---- attributes

  private static Term warnOfModule(ProcessContext self, Term[] arguments) {
    Environment env = draft(self, arguments[0]).start();
    new NodeModules(self).warn(Warning.ofModule(env, env.line(), ((Bits) arguments[1]).text()));
    return Atom.OK;
  }

  /** {@code @name value}, with its line. */
  private static Term setAttribute(ProcessContext self, Term[] arguments) {
    Draft draft = draft(self, arguments[0]);
    Atom name = (Atom) arguments[1];
    int line = (int) ((SmallInt) arguments[3]).value();
    if (Compiler.of(self).drafts().docs(draft.name()).noted(name, arguments[2])) {
      return Atom.OK;
    }
    if (line > 0) {
      int before = Compiler.of(self).drafts().notes(draft.name()).set(name, line).orElse(0);
      ClauseWarnings.attributeAgain(
          new NodeModules(self), draft.start(), name, arguments[2], line, before);
    }
    return putAttribute(self, arguments);
  }

  /** {@code @name}, with its line. */
  private static Term readAttribute(ProcessContext self, Term[] arguments) {
    Draft draft = draft(self, arguments[0]);
    Atom name = (Atom) arguments[1];
    Attributes.read(
        new NodeModules(self),
        Compiler.of(self).drafts(),
        draft.name(),
        name,
        draft.start(),
        (int) ((SmallInt) arguments[2]).value());
    return Attributes.get(draft, name);
  }

  private static Term putAttribute(ProcessContext self, Term[] arguments) {
    Atom name = (Atom) arguments[1];
    draft(self, arguments[0]);
    if (name == Atom.of("impl") && !(arguments[2] instanceof Atom)) {
      throw CompileProblem.argumentError(
          "@impl is a built-in module attribute that marks the next definition as a callback implementation."
              + " It should be a module or a boolean, got: "
              + new NodeModules(self).inspect(arguments[2]));
    }
    if (name == Atom.of("behaviour")
        && arguments[2] instanceof Atom behaviour
        && Attributes.inOrder(draft(self, arguments[0]), name).contains(behaviour)) {
      return Atom.OK;
    }
    update(self, arguments[0], draft -> draft.withAttribute(name, arguments[2]));
    return Atom.OK;
  }

  // ---- quote

  private static Term splice(ProcessContext self, Term[] arguments) {
    if (!(arguments[0] instanceof ListTerm list) || !list.isProper()) {
      throw CompileProblem.argumentError(
          "expected a list with quoted expressions in unquote_splicing/1, got: "
              + new NodeModules(self).inspect(arguments[0]));
    }
    Term result = arguments[1];
    List<Term> elements = list.toList();
    for (int i = elements.size() - 1; i >= 0; i--) {
      result = new Cons(elements.get(i), result);
    }
    return result;
  }

  private static Term dot(Term[] arguments) {
    ListTerm meta = (ListTerm) arguments[0];
    Term left = arguments[1];
    Term right = arguments[2];
    if (Quoted.isAlias(right)) {
      var parts = new ArrayList<Term>();
      if (Quoted.isAlias(left)) {
        parts.addAll(Quoted.arguments(left));
      } else {
        parts.add(left);
      }
      parts.addAll(Quoted.arguments(right));
      return Quoted.call(Quoted.ALIASES, meta, parts);
    }
    if (right instanceof Tuple node && node.size() == 3 && node.get(0) instanceof Atom name) {
      Term given = node.get(2) instanceof ListTerm list ? list : Nil.NIL;
      return Quoted.node(Quoted.node(Quoted.DOT, meta, ListTerm.of(left, name)), meta, given);
    }
    Tuple callee = Quoted.node(Quoted.DOT, meta, ListTerm.of(left, right));
    return arguments[3] == Atom.NIL
        ? Quoted.node(callee, Quoted.with(meta, Atom.of("no_parens"), Atom.TRUE), Nil.NIL)
        : Quoted.node(callee, meta, arguments[3]);
  }

  // ---- Kernel.Utils

  private static Term destructure(ProcessContext self, Term[] arguments) {
    int size = (int) ((SmallInt) arguments[1]).value();
    if (!(arguments[0] instanceof ListTerm) && arguments[0] != Atom.NIL) {
      throw Raise.error(Atom.of("function_clause"));
    }
    List<Term> elements =
        arguments[0] == Atom.NIL
            ? new ArrayList<>()
            : new ArrayList<>(((ListTerm) arguments[0]).toList());
    while (elements.size() < size) {
      elements.add(Atom.NIL);
    }
    return ListTerm.of(elements.subList(0, size));
  }

  private static Term raise(ProcessContext self, Term[] arguments) {
    Term message = arguments[0];
    if (message instanceof Bits bits && bits.isBinary()) {
      return MapTerm.of(
          STRUCT_KEY,
          Atom.of("Elixir.RuntimeError"),
          Atom.of("__exception__"),
          Atom.TRUE,
          Atom.of("message"),
          message);
    }
    if (message instanceof Atom module) {
      Atom exception = Atom.of("exception");
      if (!self.owned(CodeServer.class).exports(module, exception, 1)) {
        throw Raise.error(Atom.of("undef"));
      }
      return new NodeModules(self).call(module, exception, List.of(Nil.NIL));
    }
    if (message instanceof MapTerm map
        && map.get(STRUCT_KEY) instanceof Atom
        && map.get(Atom.of("__exception__")) == Atom.TRUE) {
      return message;
    }
    return MapTerm.of(
        STRUCT_KEY,
        Atom.of("Elixir.ArgumentError"),
        Atom.of("__exception__"),
        Atom.TRUE,
        Atom.of("message"),
        Bits.of(
            "raise/1 and reraise/2 expect a module name, string or exception as the first"
                + " argument, got: "
                + new NodeModules(self).inspect(message)));
  }
}
