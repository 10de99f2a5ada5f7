package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.process.ProcessContext.SendOption;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Processes, signals and names in module {@code erlang}. */
final class ErlangProcesses {
  static final List<Term> DEMONITOR_OPTIONS = List.of(Atom.of("flush"), Atom.of("info"));

  private static final List<Term> ALIAS_OPTIONS =
      List.of(Atom.of("reply"), Atom.of("explicit_unalias"));

  private static final String ERLANG = "erlang";
  private static final Atom PROCESS = Atom.of("process");
  private static final Atom INITIAL_CALL = Atom.of("$initial_call");

  private ErlangProcesses() {}

  static void define(BuiltinTable table) {
    table.define(ERLANG, "self", 0, (self, _) -> self.self());
    table.define(ERLANG, "make_ref", 0, (self, _) -> self.makeReference());
    table.define(ERLANG, "!", 2, ErlangProcesses::send);
    table.define(ERLANG, "send", 2, ErlangProcesses::send);
    table.define(ERLANG, "send", 3, (self, a) -> sendWith(self, a, sendOptions(a[2])));
    table.define(
        ERLANG,
        "send_nosuspend",
        2,
        (self, a) -> Atom.of(sendWith(self, a, EnumSet.of(SendOption.NOSUSPEND)) == Atom.OK));
    table.define(
        ERLANG,
        "send_nosuspend",
        3,
        (self, a) -> {
          Set<SendOption> options = sendOptions(a[2]);
          options.add(SendOption.NOSUSPEND);
          return Atom.of(sendWith(self, a, options) == Atom.OK);
        });
    table.define(ERLANG, "dist_ctrl_get_data", 1, (_, _) -> Atom.of("none"));
    spawning(table);
    linking(table);
    names(table);
    information(table);
    dictionary(table);
  }

  private static Atom sendWith(ProcessContext self, Term[] a, Set<SendOption> options) {
    return self.send(receiver(self, a[0]), a[1], options);
  }

  private static Set<SendOption> sendOptions(Term list) {
    var options = EnumSet.noneOf(SendOption.class);
    for (Term option : Arguments.list(list)) {
      switch (option instanceof Atom atom ? atom.name() : "") {
        case "noconnect" -> options.add(SendOption.NOCONNECT);
        case "nosuspend" -> options.add(SendOption.NOSUSPEND);
        default -> throw Raise.badarg();
      }
    }
    return options;
  }

  private static Term send(ProcessContext self, Term[] a) {
    self.send(receiver(self, a[0]), a[1]);
    return a[1];
  }

  private static Address receiver(ProcessContext self, Term to) {
    return switch (to) {
      case Pid pid -> new Address.OfProcess(pid);
      case Reference alias -> new Address.OfAlias(alias);
      case Atom name -> new Address.OfProcess(self.whereis(name).orElseThrow(Raise::badarg));
      case Tuple pair
          when pair.size() == 2
              && pair.get(0) instanceof Atom name
              && pair.get(1) instanceof Atom node ->
          new Address.OfName(name, node);
      default -> throw Raise.badarg();
    };
  }

  private static void spawning(BuiltinTable table) {
    for (String name : new String[] {"spawn", "spawn_link", "spawn_monitor"}) {
      SpawnOptions options =
          switch (name) {
            case "spawn_link" -> SpawnOptions.of(SpawnOptions.Flag.LINK);
            case "spawn_monitor" -> SpawnOptions.of(SpawnOptions.Flag.MONITOR);
            default -> SpawnOptions.none();
          };
      table.define(ERLANG, name, 1, (self, a) -> spawn(self, fun(a[0], options), options));
      table.define(ERLANG, name, 3, (self, a) -> spawn(self, call(a[0], a[1], a[2]), options));
      table.defineBlocking(
          ERLANG, name, 2, (self, a) -> spawnOn(self, a[0], fun(a[1], options), options));
      table.defineBlocking(
          ERLANG, name, 4, (self, a) -> spawnOn(self, a[0], call(a[1], a[2], a[3]), options));
    }
    table.define(ERLANG, "spawn_opt", 2, (self, a) -> spawn(self, fun(a[0]), options(a[1])));
    table.define(
        ERLANG, "spawn_opt", 4, (self, a) -> spawn(self, call(a[0], a[1], a[2]), options(a[3])));
    table.defineBlocking(
        ERLANG, "spawn_opt", 3, (self, a) -> spawnOn(self, a[0], fun(a[1]), options(a[2])));
    table.defineBlocking(
        ERLANG,
        "spawn_opt",
        5,
        (self, a) -> spawnOn(self, a[0], call(a[1], a[2], a[3]), options(a[4])));
  }

  /** What a new process calls. */
  private record Call(Atom module, Atom function, List<Term> arguments) {
    InitialCall initial() {
      return new InitialCall(module, function, arguments.size());
    }
  }

  /** Unlike the others, {@code spawn_monitor} looks whether its function takes no arguments. */
  private static Call fun(Term function, SpawnOptions options) {
    if (options.has(SpawnOptions.Flag.MONITOR) && function instanceof Fun fun && fun.arity() != 0) {
      throw Raise.badarg();
    }
    return fun(function);
  }

  private static Call fun(Term function) {
    if (!(function instanceof Fun)) {
      throw Raise.badarg();
    }
    return new Call(Atom.of(ERLANG), Atom.of("apply"), List.of(function, Nil.NIL));
  }

  private static Call call(Term module, Term function, Term arguments) {
    return new Call(Arguments.atom(module), Arguments.atom(function), Arguments.list(arguments));
  }

  private static SpawnOptions options(Term list) {
    return SpawnRequests.options(Arguments.list(list), Optional.empty(), SpawnOptions.Reply.YES)
        .orElseThrow(Raise::badarg);
  }

  private static Term spawn(ProcessContext self, Call call, SpawnOptions options) {
    Routine body =
        call.function() == Atom.of("apply") && call.arguments().size() == 2
            ? self.apply(call.arguments().getFirst(), Arguments.list(call.arguments().get(1)))
            : self.call(call.module(), call.function(), call.arguments());
    var spawned = self.spawn(body, options, call.initial());
    return spawned
        .monitor()
        .<Term>map(reference -> Tuple.of(spawned.pid(), reference))
        .orElse(spawned.pid());
  }

  private static Routine spawnOn(ProcessContext self, Term node, Call call, SpawnOptions options) {
    Atom name = Arguments.atom(node);
    return name == self.node()
        ? new Immediate(spawn(self, call, options))
        : self.distribution()
            .spawnRemote(name, call.module(), call.function(), call.arguments(), options);
  }

  private static void linking(BuiltinTable table) {
    table.define(
        ERLANG,
        "link",
        1,
        (self, a) -> {
          if (!(a[0] instanceof Port)) {
            Pid other = pid(a[0]);
            if (other.node() == self.node() && !self.trapExit() && !self.isAlive(other)) {
              throw Raise.error(Atom.of("noproc"));
            }
            self.link(other);
          }
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "unlink",
        1,
        (self, a) -> {
          if (!(a[0] instanceof Port)) {
            self.unlink(pid(a[0]));
          }
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "exit",
        2,
        (self, a) -> {
          if (!(a[0] instanceof Port)) {
            self.exit(pid(a[0]), a[1], ExitCause.EXIT_CALL);
          }
          return Atom.TRUE;
        });
    table.define(
        ERLANG, "monitor", 2, (self, a) -> monitor(self, a[0], a[1], MonitorOptions.PLAIN));
    table.define(
        ERLANG,
        "monitor",
        3,
        (self, a) -> {
          AliasMode mode = AliasMode.NONE;
          Optional<Term> tag = Optional.empty();
          for (Term option : Arguments.list(a[2])) {
            Tuple pair = Arguments.tuple(option);
            if (pair.isTagged(Atom.of("alias"), 2)) {
              mode =
                  switch (Arguments.atom(pair.get(1)).name()) {
                    case "explicit_unalias" -> AliasMode.EXPLICIT_UNALIAS;
                    case "demonitor" -> AliasMode.DEMONITOR;
                    case "reply_demonitor" -> AliasMode.REPLY_DEMONITOR;
                    default -> throw Raise.badarg();
                  };
            } else if (pair.isTagged(Atom.of("tag"), 2)) {
              tag = Optional.of(pair.get(1));
            } else {
              throw Raise.badarg();
            }
          }
          return monitor(self, a[0], a[1], new MonitorOptions(mode, tag));
        });
    table.define(
        ERLANG,
        "demonitor",
        1,
        (self, a) -> {
          self.demonitor(ownReference(self, a[0]), DemonitorOptions.KEEP);
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "demonitor",
        2,
        (self, a) -> {
          List<Term> options = Arguments.list(a[1]);
          if (!DEMONITOR_OPTIONS.containsAll(options)) {
            throw Raise.badarg();
          }
          DemonitorOptions flush =
              options.contains(Atom.of("flush")) ? DemonitorOptions.FLUSH : DemonitorOptions.KEEP;
          boolean was = self.demonitor(ownReference(self, a[0]), flush);
          return options.contains(Atom.of("info")) ? Atom.of(was) : Atom.TRUE;
        });
    table.define(ERLANG, "alias", 0, (self, _) -> self.alias(AliasMode.EXPLICIT_UNALIAS));
    table.define(
        ERLANG,
        "alias",
        1,
        (self, a) ->
            self.alias(
                aliasOptions(a[0]).contains(Atom.of("reply"))
                    ? AliasMode.REPLY
                    : AliasMode.EXPLICIT_UNALIAS));
    table.define(ERLANG, "unalias", 1, (self, a) -> Atom.of(self.unalias(reference(a[0]))));
    table.define(ERLANG, "group_leader", 0, (self, _) -> self.groupLeader());
    table.define(
        ERLANG,
        "group_leader",
        2,
        (self, a) -> {
          Pid leader = pid(a[0]);
          Pid of = pid(a[1]);
          if (of.equals(self.self())) {
            self.setGroupLeader(leader);
          } else {
            self.signal(
                new Address.OfProcess(of),
                new beamyard.simulator.process.Signal.GroupLeader(self.self(), leader));
          }
          return Atom.TRUE;
        });
  }

  private static Term monitor(ProcessContext self, Term type, Term item, MonitorOptions options) {
    if (type == Atom.of("port") && item instanceof Port
        || type == Atom.of("time_offset") && item == Atom.of("clock_service")) {
      return self.makeReference(); // neither changes in the yard
    }
    if (type != PROCESS) {
      throw Raise.badarg();
    }
    return self.monitor(
        switch (item) {
          case Pid pid -> new Address.OfProcess(pid);
          case Atom name -> new Address.OfName(name, self.node());
          case Tuple pair
              when pair.size() == 2
                  && pair.get(0) instanceof Atom name
                  && pair.get(1) instanceof Atom node
                  && (node == self.node() || self.distribution().isAlive()) ->
              new Address.OfName(name, node);
          default -> throw Raise.badarg();
        },
        options);
  }

  static Pid pid(Term term) {
    if (term instanceof Pid pid) {
      return pid;
    }
    throw Raise.badarg();
  }

  static Reference reference(Term term) {
    if (term instanceof Reference reference) {
      return reference;
    }
    throw Raise.badarg();
  }

  /** A reference of this node; with one of another node OTP's functions for monitors fail. */
  private static Reference ownReference(ProcessContext self, Term term) {
    Reference reference = reference(term);
    if (reference.node() != self.node()) {
      throw Raise.badarg();
    }
    return reference;
  }

  private static List<Term> aliasOptions(Term term) {
    List<Term> options = Arguments.list(term);
    if (!ALIAS_OPTIONS.containsAll(options)) {
      throw Raise.badarg();
    }
    return options;
  }

  private static void names(BuiltinTable table) {
    table.define(
        ERLANG,
        "register",
        2,
        (self, a) -> {
          Atom name = Arguments.atom(a[0]);
          if (name == Atom.UNDEFINED
              || a[1] instanceof Port
              || pid(a[1]).node() != self.node()
              || !self.register(name, pid(a[1]))) {
            throw Raise.badarg();
          }
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "unregister",
        1,
        (self, a) -> {
          if (!self.unregister(Arguments.atom(a[0]))) {
            throw Raise.badarg();
          }
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "whereis",
        1,
        (self, a) ->
            self.whereis(Arguments.atom(a[0])).<Term>map(pid -> pid).orElse(Atom.UNDEFINED));
    table.define(ERLANG, "registered", 0, (self, _) -> ListTerm.of(self.registeredNames()));
    table.define(ERLANG, "processes", 0, (self, _) -> ListTerm.of(self.processes()));
    table.define(
        ERLANG,
        "is_process_alive",
        1,
        (self, a) -> {
          Pid pid = pid(a[0]);
          if (pid.node() != self.node()) {
            throw Raise.badarg();
          }
          return Atom.of(self.isAlive(pid));
        });
  }

  private static void information(BuiltinTable table) {
    table.define(
        ERLANG,
        "process_info",
        1,
        (self, a) ->
            local(self, a[0])
                .<Term>map(
                    view -> {
                      var items = new ArrayList<Term>();
                      if (view.registeredName().isPresent()) {
                        items.add(info(view, "registered_name"));
                      }
                      for (String item :
                          List.of(
                              "current_function",
                              "initial_call",
                              "status",
                              "message_queue_len",
                              "links",
                              "dictionary",
                              "trap_exit",
                              "error_handler",
                              "priority",
                              "group_leader",
                              "total_heap_size",
                              "heap_size",
                              "stack_size",
                              "reductions",
                              "garbage_collection",
                              "suspending")) {
                        items.add(info(view, item));
                      }
                      return ListTerm.of(items);
                    })
                .orElse(Atom.UNDEFINED));
    table.define(
        ERLANG,
        "process_info",
        2,
        (self, a) -> {
          Optional<ProcessView> view = local(self, a[0]);
          if (a[1] instanceof ListTerm items) {
            if (pid(a[0]).equals(self.self())) {
              self.mailbox().fetch();
            }
            var infos = new ArrayList<Term>();
            for (Term item : items) {
              view.ifPresent(of -> infos.add(info(of, Arguments.atom(item).name())));
            }
            return view.isPresent() ? ListTerm.of(infos) : Atom.UNDEFINED;
          }
          Atom item = Arguments.atom(a[1]);
          if (pid(a[0]).equals(self.self())) {
            int fetched = self.mailbox().fetched();
            switch (item.name()) {
              case "messages" -> {
                List<Term> known = view.orElseThrow().messages().subList(0, fetched);
                return Tuple.of(item, ListTerm.of(known));
              }
              case "message_queue_len" -> {
                return Tuple.of(item, SmallInt.of(fetched));
              }
              default -> {}
            }
          }
          return view.map(
                  of ->
                      item == Atom.of("registered_name") && of.registeredName().isEmpty()
                          ? Nil.NIL
                          : info(of, item.name()))
              .orElse(Atom.UNDEFINED);
        });
  }

  private static Optional<ProcessView> local(ProcessContext self, Term term) {
    Pid pid = pid(term);
    if (pid.node() != self.node()) {
      throw Raise.badarg();
    }
    return self.view(pid);
  }

  private static Term info(ProcessView view, String item) {
    Term value =
        switch (item) {
          case "registered_name" -> view.registeredName().<Term>map(name -> name).orElse(Nil.NIL);
          case "status" -> Atom.of(view.status().name().toLowerCase(java.util.Locale.ROOT));
          case "message_queue_len" -> SmallInt.of(view.messages().size());
          case "messages" -> ListTerm.of(view.messages());
          case "links" -> ListTerm.of(view.links());
          case "monitors" ->
              ListTerm.of(
                  view.monitors().stream()
                      .<Term>map(watched -> Tuple.of(PROCESS, watched))
                      .toList());
          case "monitored_by" -> ListTerm.of(view.monitoredBy());
          case "trap_exit" -> Atom.of(view.trapExit());
          case "group_leader" -> view.groupLeader();
          case "dictionary" -> dictionaryList(view.dictionary());
          case "reductions" -> SmallInt.of(view.reductions());
          case "initial_call" -> Whereabouts.beginning(view);
          case "current_function" -> Whereabouts.function(view);
          case "current_stacktrace" -> Whereabouts.stackTrace(view);
          case "current_location" -> Whereabouts.location(view);
          case "priority", "message_queue_data", "error_handler", "max_heap_size" ->
              ProcessFlags.value(view.flags(), item);
          case "total_heap_size", "heap_size" -> SmallInt.of(233);
          case "stack_size" -> SmallInt.of(12);
          case "memory" -> SmallInt.of(2688);
          case "suspending" -> ListTerm.of(view.suspending());
          case "garbage_collection", "binary" -> Nil.NIL;
          default -> throw Raise.badarg();
        };
    return Tuple.of(Atom.of(item), value);
  }

  /** In term order; what a process was started with comes before who started it, as on a real node. */
  private static ListTerm dictionaryList(MapTerm dictionary) {
    var pairs = new ArrayList<Term>();
    Term started = dictionary.get(INITIAL_CALL);
    if (started != null) {
      pairs.add(Tuple.of(INITIAL_CALL, started));
      dictionary = dictionary.remove(INITIAL_CALL);
    }
    dictionary.forEach(entry -> pairs.add(Tuple.of(entry.key(), entry.value())));
    return ListTerm.of(pairs);
  }

  private static void dictionary(BuiltinTable table) {
    table.define(
        ERLANG,
        "put",
        2,
        (self, a) -> {
          Term before = self.dictionary().get(a[0]);
          self.setDictionary(self.dictionary().put(a[0], a[1]));
          return before == null ? Atom.UNDEFINED : before;
        });
    table.define(ERLANG, "get", 0, (self, _) -> dictionaryList(self.dictionary()));
    table.define(
        ERLANG,
        "get",
        1,
        (self, a) -> {
          Term value = self.dictionary().get(a[0]);
          return value == null ? Atom.UNDEFINED : value;
        });
    table.define(
        ERLANG,
        "get_keys",
        0,
        (self, _) ->
            ListTerm.of(self.dictionary().entries().stream().map(MapTerm.Entry::key).toList()));
    table.define(
        ERLANG,
        "get_keys",
        1,
        (self, a) ->
            ListTerm.of(
                self.dictionary().entries().stream()
                    .filter(entry -> entry.value().equals(a[0]))
                    .map(MapTerm.Entry::key)
                    .toList()));
    table.define(
        ERLANG,
        "erase",
        0,
        (self, _) -> {
          ListTerm before = dictionaryList(self.dictionary());
          self.setDictionary(MapTerm.EMPTY);
          return before;
        });
    table.define(
        ERLANG,
        "erase",
        1,
        (self, a) -> {
          Term before = self.dictionary().get(a[0]);
          self.setDictionary(self.dictionary().remove(a[0]));
          return before == null ? Atom.UNDEFINED : before;
        });
  }
}
