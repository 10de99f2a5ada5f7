package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How functions of our library that run other people's code appear in stack traces: as those of OTP 25 and Elixir 1.14 that do the
 * same, since what a crashed server or task leaves behind is printed with them.
 */
final class LibraryFrames {
  /** Function of ours, then what stands in its place: nothing, or entries of name, file and line. */
  private static final String TABLE =
      """
      proc_lib.init_p/5 = proc_lib.init_p_do_apply/3 proc_lib.erl 240
      Elixir.Inspect.Algebra.own/3 = Elixir.Inspect.Algebra.to_doc/2 lib/inspect/algebra.ex 341
      Elixir.Inspect.Algebra.__inspect__/2 = Elixir.Kernel.inspect/2 lib/kernel.ex 2254
      Elixir.IEx.Evaluator.show/1 = Elixir.IEx.Evaluator.io_inspect/1 lib/iex/evaluator.ex 373
      Elixir.IEx.Evaluator.told/2 = Elixir.IEx.Evaluator.eval_and_inspect/3 lib/iex/evaluator.ex 332, \
      Elixir.IEx.Evaluator.eval_and_inspect_parsed/3 lib/iex/evaluator.ex 303, \
      Elixir.IEx.Evaluator.parse_eval_inspect/3 lib/iex/evaluator.ex 292
      Elixir.IEx.Evaluator.loop/2 = Elixir.IEx.Evaluator.loop/1 lib/iex/evaluator.ex 187
      gen_server.loop/6 = gen_server.loop/7 gen_server.erl 871
      Elixir.Process.sleep/1 = Elixir.Process.sleep/1 lib/process.ex 250
      timer.sleep/1 = timer.sleep/1 timer.erl 219
      gen_server.try_call/4 = gen_server.try_handle_call/4 gen_server.erl 1149
      gen_server.on_call/6 = gen_server.handle_msg/6 gen_server.erl 1178
      gen_server.try_other/4 = gen_server.try_dispatch/4 gen_server.erl 1123
      gen_server.on_other/7 = gen_server.handle_msg/6 gen_server.erl 1200
      gen_server.on_continue/7 = gen_server.loop/7 gen_server.erl 1065
      gen_event.changed/4 = gen_event.server_update/4 gen_event.erl 802
      gen_event.notified/4 = gen_event.server_notify/4 gen_event.erl 784
      gen_event.on_event/5 = gen_event.handle_msg/6 gen_event.erl 526
      gen_event.on_info/5 = gen_event.handle_msg/6 gen_event.erl 573
      gen_event.called/3 = gen_event.server_call_update/3 gen_event.erl 925, gen_event.server_call/4 gen_event.erl 874
      gen_event.on_call/7 = gen_event.handle_msg/6 gen_event.erl 536
      gen_event.added/4 = gen_event.server_add_handler/4 gen_event.erl 698
      gen_event.on_add/5 = gen_event.handle_msg/6 gen_event.erl 540
      gen_event.tried/1 =
      application_master.tried/1 = application_master.start_it_old/4 application_master.erl 293
      application_master.started/2 =
      application_master.init/5 =
      gen_statem.call_state/5 = gen_statem.loop_state_callback/11 gen_statem.erl 1426
      gen_server.init/6 = gen_server.init_it/2 gen_server.erl 851, gen_server.init_it/6 gen_server.erl 814
      Elixir.Agent.Server.init/1 = Elixir.Agent.Server.init/1 lib/agent/server.ex 8
      Elixir.Agent.Server.handle_call/3 = Elixir.Agent.Server.handle_call/3 lib/agent/server.ex 12
      Elixir.Agent.Server.handle_cast/2 = Elixir.Agent.Server.handle_cast/2 lib/agent/server.ex 27
      Elixir.Task.Supervised.invoke/2 = Elixir.Task.Supervised.invoke_mfa/2 lib/task/supervised.ex 89
      Elixir.Task.Supervised.wait/2 = Elixir.Task.Supervised.reply/4 lib/task/supervised.ex 34
      Elixir.Task.Supervised.run/3 =
      Elixir.Supervisor.Child.start/1 = supervisor.do_start_child_i/3 supervisor.erl 414, \
      supervisor.do_start_child/2 supervisor.erl 400
      Elixir.Supervisor.Server.init/1 = supervisor.init/1 supervisor.erl 330
      Elixir.Supervisor.Server.start_new/2 = supervisor.handle_start_child/2 supervisor.erl 706, \
      supervisor.handle_call/3 supervisor.erl 455
      Elixir.DynamicSupervisor.start_child/1 = Elixir.DynamicSupervisor.start_child/3 lib/dynamic_supervisor.ex 745
      Elixir.DynamicSupervisor.handle_start_child/2 = Elixir.DynamicSupervisor.handle_start_child/2 \
      lib/dynamic_supervisor.ex 731
      Elixir.Supervisor.Server.start_all/2 = supervisor.-start_children/2-fun-0-/3 supervisor.erl 384, \
      supervisor.children_map/4 supervisor.erl 1250, supervisor.init_children/2 supervisor.erl 350
      """;

  private static final Map<Key, List<Term>> FACES = faces();

  private record Key(Atom module, Atom function, int arity) {}

  private LibraryFrames() {}

  /** The entries for a function; {@code fallback} if it appears as it is. */
  static List<Term> of(Code code, Term fallback) {
    List<Term> faces =
        FACES.get(new Key(code.unit().name(), code.origin.function(), code.origin.arity()));
    return faces == null ? List.of(fallback) : faces;
  }

  private static Map<Key, List<Term>> faces() {
    var faces = new LinkedHashMap<Key, List<Term>>();
    TABLE
        .lines()
        .forEach(
            line -> {
              String[] sides = line.split(" =", 2);
              var shown = new ArrayList<Term>();
              for (String entry : sides[1].split(",")) {
                if (!entry.isBlank()) {
                  shown.add(entry(entry.strip().split(" ")));
                }
              }
              faces.put(key(sides[0]), List.copyOf(shown));
            });
    return Collections.unmodifiableMap(faces);
  }

  private static Key key(String name) {
    int slash = name.lastIndexOf('/');
    int dot = name.startsWith("supervisor.-") ? "supervisor".length() : name.lastIndexOf('.');
    return new Key(
        Atom.of(name.substring(0, dot)),
        Atom.of(name.substring(dot + 1, slash)),
        Integer.parseInt(name.substring(slash + 1)));
  }

  private static Term entry(String[] words) {
    Key key = key(words[0]);
    ListTerm location =
        ListTerm.of(
            Tuple.of(Atom.of("file"), Stacktrace.charlist(words[1])),
            Tuple.of(Atom.of("line"), SmallInt.of(Long.parseLong(words[2]))));
    return Tuple.of(key.module(), key.function(), SmallInt.of(key.arity()), location);
  }
}
