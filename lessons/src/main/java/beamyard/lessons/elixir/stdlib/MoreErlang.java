package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.util.Arrays;
import java.util.List;

/** Functions of module {@code erlang} that programs seldom call. */
final class MoreErlang {
  private static final String ERLANG = "erlang";

  private MoreErlang() {}

  static void define(BuiltinTable table) {
    table.define(
        ERLANG,
        "is_record",
        2,
        (_, a) ->
            Atom.of(
                a[0] instanceof Tuple it && it.size() > 0 && it.get(0) == Arguments.atom(a[1])));
    table.define(
        ERLANG,
        "is_record",
        3,
        (_, a) ->
            Atom.of(
                a[0] instanceof Tuple it
                    && it.size() == Arguments.size(a[2])
                    && it.size() > 0
                    && it.get(0) == Arguments.atom(a[1])));
    table.define(ERLANG, "append", 2, (_, a) -> ErlangOperators.append(a[0], a[1]));
    table.define(ERLANG, "make_tuple", 3, (_, a) -> filled(Arguments.size(a[0]), a[1], a[2]));
    table.define(
        ERLANG,
        "loaded",
        0,
        (self, _) ->
            ListTerm.of(
                self.owned(CodeServer.class).loaded().stream()
                    .<Term>map(CompiledModule::name)
                    .toList()));
    table.define(
        ERLANG,
        "pre_loaded",
        0,
        (_, _) -> ListTerm.of(List.<Term>of(Atom.of("erlang"), Atom.of("init"), Atom.of("zlib"))));
    table.define(
        ERLANG,
        "now",
        0,
        (self, _) -> {
          long micros = SimulatedCalendar.machineNanos(self) / 1000;
          return Tuple.of(
              SmallInt.of(micros / 1_000_000_000_000L),
              SmallInt.of(micros / 1_000_000 % 1_000_000),
              SmallInt.of(micros % 1_000_000));
        });
    for (String name : new String[] {"localtime_to_universaltime", "universaltime_to_localtime"}) {
      table.define(ERLANG, name, 1, (_, a) -> Arguments.tuple(a[0])); // hosts keep universal time
    }
    table.define(ERLANG, "localtime_to_universaltime", 2, (_, a) -> Arguments.tuple(a[0]));
    table.define(ERLANG, "term_to_iovec", 1, (_, a) -> ListTerm.of(encoded(a[0])));
    table.define(ERLANG, "term_to_iovec", 2, (_, a) -> ListTerm.of(encoded(a[0])));
    table.define(ERLANG, "external_size", 2, (_, a) -> SmallInt.of(TermCodec.encode(a[0]).length));
    table.define(ERLANG, "check_process_code", 2, (_, _) -> Atom.FALSE);
    table.define(ERLANG, "check_process_code", 3, (_, _) -> Atom.FALSE);
    table.define(
        ERLANG,
        "is_builtin",
        3,
        (self, a) ->
            Atom.of(
                self.owned(CodeServer.class)
                        .builtins()
                        .builtin(
                            new BuiltinTable.Name(
                                Arguments.atom(a[0]), Arguments.atom(a[1]), Arguments.size(a[2])))
                    != null));
    table.define(
        ERLANG,
        "nif_error",
        1,
        (_, a) -> {
          throw Raise.error(a[0]);
        });
    table.define(
        ERLANG,
        "nif_error",
        2,
        (_, a) -> {
          throw Raise.error(a[0]);
        });
    table.define(
        ERLANG,
        "load_nif",
        2,
        (_, _) -> refusal("load_failed", "the sandbox loads no native code"));
    table.define(ERLANG, "system_flag", 2, (_, _) -> SmallInt.of(0));
    table.define(ERLANG, "system_profile", 0, (_, _) -> Atom.UNDEFINED);
    table.define(ERLANG, "seq_trace_info", 1, (_, a) -> Tuple.of(a[0], ListTerm.of(List.of())));
    table.define(
        ERLANG,
        "fun_info_mfa",
        1,
        (self, a) -> {
          if (a[0] instanceof Closure closure) {
            Atom name =
                self.owned(CodeServer.class).nameOf(closure).orElseGet(() -> Atom.of("-fun-"));
            return Tuple.of(closure.module(), name, SmallInt.of(closure.arity()));
          }
          throw Raise.badarg();
        });
  }

  private static Term encoded(Term term) {
    return Bits.of(TermCodec.encode(term));
  }

  private static Term refusal(String reason, String text) {
    return Tuple.of(Atom.ERROR, Tuple.of(Atom.of(reason), Arguments.charlist(text)));
  }

  private static Term filled(int size, Term filling, Term places) {
    Term[] elements = new Term[size];
    Arrays.fill(elements, filling);
    for (Term place : Arguments.list(places)) {
      Tuple pair = Arguments.tuple(place);
      elements[(int) Arguments.number(pair.get(0)) - 1] = pair.get(1);
    }
    return Tuple.of(elements);
  }
}
