package beamyard.lessons.script;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Elixir modules that an expression needs to run: those it calls, those it starts a process of or calls through {@code
 * :rpc}, those of structs. A module that is only named, as the name of a process say, is not among them.
 */
final class ModulesUsed {
  private static final Atom DOT = Atom.of(".");
  private static final Atom ALIASES = Atom.of("__aliases__");
  private static final Atom STRUCT = Atom.of("%");
  private static final Set<String> STARTING =
      new TreeSet<>(List.of("start", "start_link", "start_child", "async", "apply"));
  private static final Set<String> REMOTE = new TreeSet<>(List.of("rpc", "erpc"));

  private final Set<String> names = new TreeSet<>();

  private ModulesUsed() {}

  static Set<String> in(String code) {
    var used = new ModulesUsed();
    if (Parser.parse(new Source("snippet", code, 1, 1), ParseOptions.LINES)
        instanceof Parsed.Quoted(Term form)) {
      used.walk(form);
    }
    return used.names;
  }

  private void walk(Term form) {
    switch (form) {
      case Tuple call when call.size() == 3 && call.get(2) instanceof ListTerm arguments -> {
        call(call, arguments.toList());
        walk(call.get(0));
        arguments.toList().forEach(this::walk);
      }
      case Tuple tuple -> tuple.elements().forEach(this::walk);
      case ListTerm list -> list.toList().forEach(this::walk);
      default -> {}
    }
  }

  private void call(Tuple call, List<Term> arguments) {
    if (call.get(0) == STRUCT) {
      arguments.stream().limit(1).forEach(this::add);
    }
    if (!(call.get(0) instanceof Tuple target)
        || !target.isTagged(DOT, 3)
        || !(target.get(2) instanceof ListTerm parts)
        || parts.toList().size() != 2
        || !(parts.toList().get(1) instanceof Atom function)) {
      return;
    }
    Term module = parts.toList().getFirst();
    add(module);
    if (STARTING.contains(function.name())) {
      arguments.stream().limit(1).forEach(this::add);
    }
    if (module instanceof Atom atom && REMOTE.contains(atom.name())) {
      arguments.stream().skip(1).limit(1).forEach(this::add);
    }
  }

  private void add(Term module) {
    if (module instanceof Tuple tuple
        && tuple.isTagged(ALIASES, 3)
        && tuple.get(2) instanceof ListTerm parts
        && parts.toList().stream().allMatch(part -> part instanceof Atom)) {
      names.add(
          parts.toList().stream()
              .map(part -> ((Atom) part).name())
              .collect(Collectors.joining(".")));
    }
  }
}
