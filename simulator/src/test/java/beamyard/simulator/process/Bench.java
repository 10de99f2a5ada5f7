package beamyard.simulator.process;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runtimes without a network: whatever leaves one reaches the other 30 microseconds later. */
final class Bench {
  static final Atom ALICE = Atom.of("alice@localhost");
  static final Atom BOB = Atom.of("bob@localhost");
  private static final InitialCall PUPPET = new InitialCall(Atom.of("puppet"), Atom.of("init"), 0);

  final Engine engine;
  final List<ProcessTable> tables = new ArrayList<>();
  final List<LogReport> reports = new ArrayList<>();

  /** What the first runtime is called now; it has another creation then. */
  Atom aliceNow = ALICE;

  Bench(Trace trace) {
    this(trace, ProcessSettings.DEFAULT);
  }

  Bench(Trace trace, ProcessSettings settings) {
    engine = new Engine(new SeededChoices(1));
    for (Atom name : List.of(ALICE, BOB)) {
      attach(new ProcessTable(tables.size(), settings.withFirstPid(100), engine, trace), name);
    }
  }

  private Bench(Bench original, Trace trace) {
    engine = original.engine.copy();
    for (ProcessTable table : original.tables) {
      attach(table.copy(engine, trace), table.identity.nodeName());
    }
  }

  Bench copy(Trace trace) {
    return new Bench(this, trace);
  }

  private void attach(ProcessTable table, Atom name) {
    tables.add(table);
    NodeLink link =
        (NodeLink)
            Proxy.newProxyInstance(
                Bench.class.getClassLoader(),
                new Class<?>[] {NodeLink.class},
                (_, method, _) ->
                    switch (method.getName()) {
                      case "name" -> name == ALICE ? aliceNow : name;
                      case "creation" -> name == ALICE && aliceNow != ALICE ? 8 : 7;
                      case "isAlive", "isConnectedOrConnecting" -> true;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    SignalRoute route =
        (to, signal, _, atNanos) -> {
          other(Delivery.nodeOf(to)).deliver(to, signal, atNanos + 30_000);
          return SignalRoute.Flow.FREE;
        };
    table.attach(
        link,
        route,
        new Language() {
          @Override
          public Routine call(Atom module, Atom function, List<Term> arguments) {
            return new Puppet().body(ListTerm.empty());
          }

          @Override
          public Routine apply(Term function, List<Term> arguments) {
            throw new UnsupportedOperationException();
          }
        });
    table.own(
        LogSink.class,
        (report, _, _) -> {
          reports.add(report);
          return List.of();
        });
  }

  private ProcessTable other(Atom node) {
    return node == BOB ? tables.get(1) : tables.get(0);
  }

  ProcessTable alice() {
    return tables.get(0);
  }

  ProcessTable bob() {
    return tables.get(1);
  }

  Pid puppet(ProcessTable table) {
    return table.spawn(new Puppet().body(ListTerm.empty()), PUPPET, Optional.empty());
  }

  Pid spawn(Routine body) {
    return alice().spawn(body, PUPPET, Optional.empty());
  }

  /** Has a puppet do something; what it is, {@link Puppet} says. */
  void tell(Pid puppet, String instruction, Term... arguments) {
    Term message = Puppet.instruction(instruction, arguments);
    other(puppet.node())
        .deliver(new Address.OfProcess(puppet), new Signal.Message(puppet, message), engine.now());
  }

  /** Has a puppet do something and waits until all is quiet. */
  void let(Pid puppet, String instruction, Term... arguments) {
    tell(puppet, instruction, arguments);
    run();
  }

  void run() {
    runUntil(Long.MAX_VALUE);
  }

  void runUntil(long atNanos) {
    while (engine.nextTime().orElse(Long.MAX_VALUE) <= atNanos) {
      Event event = engine.next();
      if (event == null) {
        return;
      }
      ProcessEvent happening = (ProcessEvent) event;
      tables.get(happening.vm()).handle(happening);
    }
    if (atNanos != Long.MAX_VALUE) {
      engine.advanceTo(Math.max(engine.now(), atNanos));
    }
  }

  /** What a puppet has received besides instructions, as text. */
  List<String> received(Pid puppet) {
    var texts = new ArrayList<String>();
    ProcessView view = other(puppet.node()).view(puppet).orElseThrow();
    for (Term message :
        ((HandlerRoutine<?>) view.body()).state() instanceof ListTerm list
            ? list
            : ListTerm.empty()) {
      texts.addFirst(text(message));
    }
    return texts;
  }

  /** Pids as {@code <number>} and references as {@code #}. */
  private static String text(Term term) {
    return switch (term) {
      case Pid pid -> "<" + pid.number() + ">";
      case Reference _ -> "#";
      case Tuple tuple ->
          tuple.elements().stream().map(Bench::text).collect(Collectors.joining(", ", "{", "}"));
      default -> term.toString();
    };
  }

  /** The newest thing that a puppet keeps. */
  Term newest(Pid puppet) {
    ProcessView view = other(puppet.node()).view(puppet).orElseThrow();
    return ((Cons) ((HandlerRoutine<?>) view.body()).state()).head();
  }

  boolean isAlive(Pid pid) {
    return other(pid.node()).isAlive(pid);
  }
}
