package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/** What our Elixir sources ask of the node they run on: module {@code beamyard}. */
final class NodeFacts {
  private static final String BEAMYARD = "beamyard";
  private static final Atom EVALUATOR = Atom.of("erl_eval");
  private static final Pattern ANONYMOUS =
      Pattern.compile("-(.+)/(\\d+)-(?:fun|lc\\$\\^\\d+)/?.*-");

  private NodeFacts() {}

  static void define(BuiltinTable table) {
    table.define(BEAMYARD, "fold_list", 1, (_, a) -> Maps.foldList(Arguments.map(a[0])));
    table.define(
        BEAMYARD,
        "module_loaded",
        1,
        (self, a) ->
            Atom.of(a[0] instanceof Atom module && self.owned(CodeServer.class).exists(module)));
    table.define(BEAMYARD, "module_exports", 1, (self, a) -> exports(self, Arguments.atom(a[0])));
    table.define(
        BEAMYARD,
        "module_application",
        1,
        (self, a) -> {
          Atom module = Arguments.atom(a[0]);
          boolean known = module == EVALUATOR || self.owned(CodeServer.class).isLibrary(module);
          return known
              ? OtpApplication.of(module)
                  .<Term>map(of -> Tuple.of(Atom.of(of.otpName()), Bits.of(of.version())))
                  .orElse(Atom.NIL)
              : Atom.NIL;
        });
    table.define(
        BEAMYARD,
        "anonymous_function",
        1,
        (_, a) -> {
          var matcher = ANONYMOUS.matcher(Arguments.atom(a[0]).name());
          return matcher.matches()
              ? Tuple.of(Atom.of(matcher.group(1)), SmallInt.of(Long.parseLong(matcher.group(2))))
              : Atom.NIL;
        });
    table.define(
        BEAMYARD,
        "explain_error",
        4,
        (self, a) ->
            BadArguments.explain(
                    self,
                    Arguments.atom(a[0]),
                    Arguments.atom(a[1]),
                    Arguments.atom(a[2]),
                    Arguments.list(a[3]))
                .<Term>map(Bits::of)
                .orElse(Atom.NIL));
    table.define(
        BEAMYARD,
        "log",
        4,
        (self, a) -> {
          Optional<Term> message = a[3] == Atom.NIL ? Optional.empty() : Optional.of(a[3]);
          self.log(
              new LogReport(
                  Arguments.atom(a[0]), self.self(), Arguments.atom(a[1]), a[2], message));
          return Atom.OK;
        });
    table.define(
        "erlang",
        "function_exported",
        3,
        (self, a) ->
            Atom.of(
                self.owned(CodeServer.class)
                    .exports(Arguments.atom(a[0]), Arguments.atom(a[1]), Arguments.size(a[2]))));
    table.define(
        "erlang",
        "module_loaded",
        1,
        (self, a) -> Atom.of(self.owned(CodeServer.class).isLoaded(Arguments.atom(a[0]))));
  }

  /** {@code {Name, Arity}} of all public functions, those in Java included. */
  private static ListTerm exports(ProcessContext self, Atom module) {
    var names = new ArrayList<Term>();
    CodeServer server = self.owned(CodeServer.class);
    server
        .find(module)
        .ifPresent(
            compiled ->
                compiled
                    .functions()
                    .forEach(
                        name -> names.add(Tuple.of(name.function(), SmallInt.of(name.arity())))));
    for (BuiltinTable.Name name : server.builtins().names()) {
      Term pair = Tuple.of(name.function(), SmallInt.of(name.arity()));
      if (name.module() == module && !names.contains(pair)) {
        names.add(pair);
      }
    }
    return ListTerm.of(names);
  }
}
