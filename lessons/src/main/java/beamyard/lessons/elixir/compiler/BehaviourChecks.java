package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Whether a module does what its behaviours and its {@code @impl}s claim. */
final class BehaviourChecks {
  private static final Atom INFO = Atom.of("behaviour_info");

  private final Draft draft;
  private final ModuleNotes notes;
  private final Modules modules;
  private final SequencedMap<NameArity, Asked> callbacks = new LinkedHashMap<>();

  /** A callback. */
  private record Asked(Atom behaviour, String kind, boolean isOptional) {}

  BehaviourChecks(Draft draft, ModuleNotes notes, Modules modules) {
    this.draft = draft;
    this.notes = notes;
    this.modules = modules;
  }

  void check() {
    List<Term> behaviours = Attributes.inOrder(draft, Atom.of("behaviour"));
    behaviours.forEach(this::collect);
    var pending = new LinkedHashMap<>(callbacks);
    if (!notes.impls().isEmpty()) {
      for (ModuleNotes.Impl impl : notes.impls()) {
        pending.remove(impl.name());
        if (!callbacks.containsKey(impl.name())) {
          tellUnknown(impl, behaviours);
        } else if (impl.value() == Atom.FALSE) {
          Asked asked = callbacks.get(impl.name());
          tell(
              impl.line(),
              "got \"@impl false\" for "
                  + kind(impl)
                  + " "
                  + impl.name()
                  + " but it is a callback specified in "
                  + Warning.shown(asked.behaviour().name()));
        }
      }
      if (notes.impls().stream().anyMatch(impl -> !impl.isGenerated())) {
        tellMissingImpls(pending);
      }
    }
    tellMissingCallbacks(pending);
  }

  private void collect(Term behaviour) {
    if (!(behaviour instanceof Atom module)) {
      return;
    }
    Optional<List<Claims.Callback>> known = Claims.loaded().callbacks(module);
    if (known.isPresent()) {
      known
          .get()
          .forEach(it -> callbacks.put(it.name(), new Asked(module, "function", it.isOptional())));
    } else if (!modules.exists(module)) {
      tellModule(
          "@behaviour "
              + modules.inspect(module)
              + " does not exist (in module "
              + modules.inspect(draft.name())
              + ")");
    } else if (modules.functions(module).contains(new NameArity(INFO, 1))) {
      ListTerm optional = info(module, "optional_callbacks");
      for (Term callback : info(module, "callbacks").toList()) {
        NameArity name = CompilerBuiltins.nameArity(callback);
        boolean isMacro = name.name().name().startsWith("MACRO-");
        NameArity shown =
            isMacro
                ? new NameArity(Atom.of(name.name().name().substring(6)), name.arity() - 1)
                : name;
        boolean isOptional =
            optional.toList().stream()
                .anyMatch(it -> it.equals(Tuple.of(shown.name(), SmallInt.of(shown.arity()))));
        callbacks.put(shown, new Asked(module, isMacro ? "macro" : "function", isOptional));
      }
    } else {
      tellModule(
          "module "
              + modules.inspect(module)
              + " is not a behaviour (in module "
              + modules.inspect(draft.name())
              + ")");
    }
  }

  private boolean isProtocol(Atom module) {
    return modules.functions(module).contains(new NameArity(Atom.of("__protocol__"), 1));
  }

  private ListTerm info(Atom module, String what) {
    return (ListTerm) modules.call(module, INFO, List.of(Atom.of(what)));
  }

  private void tellUnknown(ModuleNotes.Impl impl, List<Term> behaviours) {
    if (impl.value() == Atom.FALSE) {
      return;
    }
    if (!impl.definer().isPublic()) {
      tell(
          impl.line(),
          kind(impl)
              + " "
              + impl.name()
              + " is private, @impl attribute is always discarded for private functions/macros");
      return;
    }
    String got =
        "got \"@impl "
            + modules.inspect(impl.value())
            + "\" for "
            + kind(impl)
            + " "
            + impl.name()
            + " but ";
    if (behaviours.isEmpty()) {
      tell(impl.line(), got + "no behaviour was declared");
    } else if (impl.value() == Atom.TRUE) {
      tell(impl.line(), got + "no behaviour specifies such callback." + known());
    } else if (behaviours.contains(impl.value())) {
      tell(impl.line(), got + "this behaviour does not specify such callback." + known());
    } else {
      tell(impl.line(), got + "this behaviour was not declared with @behaviour");
    }
  }

  private String known() {
    if (callbacks.isEmpty()) {
      return " There are no known callbacks, please specify the proper @behaviour and make sure it defines callbacks";
    }
    var text = new StringBuilder(" The known callbacks are:\n\n");
    var lines = new ArrayList<String>();
    callbacks.forEach(
        (name, asked) ->
            lines.add(
                "  * "
                    + Warning.shown(asked.behaviour().name())
                    + "."
                    + name
                    + " ("
                    + asked.kind()
                    + ")\n"));
    lines.stream().sorted().forEach(text::append);
    return text.toString();
  }

  private void tellMissingImpls(SequencedMap<NameArity, Asked> pending) {
    for (Definition definition : new ArrayList<>(draft.definitions().values()).reversed()) {
      Asked asked = pending.get(definition.name());
      if (asked != null
          && definition.definer().isPublic()
          && !notes.isGenerated(definition.name())) {
        tell(
            definition.line(),
            "module attribute @impl was not set for "
                + (definition.definer().isMacro() ? "macro " : "function ")
                + definition.name()
                + " callback (specified in "
                + Warning.shown(asked.behaviour().name())
                + "). This either means you forgot to add the \"@impl true\" annotation before the definition or that you"
                + " are accidentally overriding this callback");
      }
    }
  }

  private void tellMissingCallbacks(SequencedMap<NameArity, Asked> pending) {
    pending.forEach(
        (name, asked) -> {
          Definition definition = draft.definitions().get(name);
          boolean isThere = definition != null && definition.definer().isPublic();
          if (!isThere && !asked.isOptional()) {
            tellModule(
                asked.kind()
                    + " "
                    + name
                    + (isProtocol(asked.behaviour())
                        ? " required by protocol "
                        : " required by behaviour ")
                    + modules.inspect(asked.behaviour())
                    + " is not implemented (in module "
                    + modules.inspect(draft.name())
                    + ")");
          }
        });
  }

  private static String kind(ModuleNotes.Impl impl) {
    return impl.definer().isMacro() ? "macro" : "function";
  }

  private void tellModule(String message) {
    tell(draft.start().line(), message);
  }

  private void tell(int line, String message) {
    modules.warn(Warning.ofModule(draft.start(), line, message));
  }
}
