package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.process.ProcessContext.TimerMessage;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Service} as the body of a process: takes its messages one by one and performs the effects. */
public final class ServiceRoutine<S> implements Routine {
  private static final Atom ACK = Atom.of("ack");
  private static final Atom ALREADY_STARTED = Atom.of("already_started");
  private static final Atom ANCESTORS = Atom.of("$ancestors");
  private static final Atom INIT = Atom.of("init");
  private static final Atom INITIAL_CALL = Atom.of("$initial_call");
  private static final Atom NOT_SIMULATED = Atom.of("not_simulated");
  private static final Atom SERVER_CRASH = Atom.of("server_crash");
  private static final Atom TERMINATE = Atom.of("terminate");
  private static final InitialCall APPLY = new InitialCall(Words.ERLANG, Atom.of("apply"), 2);

  /** What takes more work than this is done only after all that other processes do meanwhile. */
  private static final int REDUCTIONS_AT_ONCE = 100;

  private final Service<S> service;
  private final Introduction introduction;
  private @Nullable S state;
  private @Nullable Term stopped;
  private boolean worked;

  /** Made when it is first needed; a copy has its own. */
  private @Nullable Around around;

  /**
   * How a service enters the world.
   *
   * @param module the module it is of, for its {@code $initial_call}
   * @param name what it registers as
   * @param starter who waits for {@code {ack, Pid, Result}}; empty at boot
   */
  record Introduction(Atom module, Atom name, Optional<Pid> starter) {}

  ServiceRoutine(Service<S> service, Introduction introduction) {
    this.service = service;
    this.introduction = introduction;
  }

  private ServiceRoutine(ServiceRoutine<S> original) {
    this.service = original.service;
    this.introduction = original.introduction;
    this.state = original.state;
    this.stopped = original.stopped;
    this.worked = original.worked;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (state == null && stopped == null) {
      start(self);
    }
    while (stopped == null) {
      if (self.reductionsLeft() <= 0) {
        return Outcome.YIELDED;
      }
      Mailbox mailbox = self.mailbox();
      Term message = mailbox.next();
      if (message == null) {
        return Outcome.WAITING;
      }
      if (!worked) {
        int work = service.reductions(message);
        self.consume(work);
        if (work > REDUCTIONS_AT_ONCE) {
          mailbox.restart();
          worked = true; // others run before it comes to a decision
          return Outcome.YIELDED;
        }
      }
      worked = false;
      mailbox.take();
      take(self, message);
    }
    return stopped == Words.NORMAL
        ? new Outcome.Returned(Atom.OK)
        : new Outcome.Raised(ExceptionClass.EXIT, stopped, ListTerm.empty());
  }

  private void start(ProcessContext self) {
    self.setDictionary(
        self.dictionary()
            .put(INITIAL_CALL, Tuple.of(introduction.module, INIT, SmallInt.of(1)))
            .put(
                ANCESTORS,
                ListTerm.of(introduction.starter.<List<Term>>map(List::of).orElse(List.of()))));
    if (!self.register(introduction.name, self.self())) {
      Term holder = self.whereis(introduction.name).<Term>map(pid -> pid).orElse(Atom.UNDEFINED);
      acknowledge(self, Tuple.of(Atom.ERROR, Tuple.of(ALREADY_STARTED, holder)));
      stopped = Words.NORMAL;
      return;
    }
    if (service.trapsExits()) {
      self.setTrapExit(true);
    }
    perform(self, service.start(around(self)), INIT);
    acknowledge(self, Tuple.of(Atom.OK, self.self()));
  }

  private void acknowledge(ProcessContext self, Term result) {
    introduction.starter.ifPresent(
        pid -> self.send(new Address.OfProcess(pid), Tuple.of(ACK, self.self(), result)));
  }

  private void take(ProcessContext self, Term message) {
    if (message instanceof Tuple tuple && tuple.isTagged(Words.SYSTEM, 3)) {
      onSystemMessage(self, tuple);
    } else if (message instanceof Tuple tuple
        && tuple.isTagged(Words.EXIT_SIGNAL, 3)
        && introduction.starter.filter(tuple.get(1)::equals).isPresent()) {
      stopped = tuple.get(2);
    } else {
      handle(self, message);
    }
  }

  private Around around(ProcessContext self) {
    Around known = around;
    if (known == null || known.context != self) {
      known = new Around(self);
      around = known;
    }
    return known;
  }

  private void handle(ProcessContext self, Term message) {
    S before = Objects.requireNonNull(state);
    Service.Step<S> step;
    try {
      step = service.handle(before, message, around(self));
    } catch (Shape.Mismatch mismatch) {
      step =
          Service.Step.of(before, new Effect.Stop(Tuple.of(mismatch.reason(), ListTerm.empty())));
    }
    perform(self, step, message);
  }

  /** {@code sys:terminate} is obeyed; other requests of {@code sys} are refused by name. */
  private void onSystemMessage(ProcessContext self, Tuple message) {
    Optional<Caller> caller = Caller.of(message.get(1));
    if (message.get(2) instanceof Tuple request && request.isTagged(TERMINATE, 2)) {
      caller.ifPresent(waiting -> waiting.reply(self, Atom.OK));
      stopped = request.get(1);
    } else {
      caller.ifPresent(
          waiting ->
              waiting.reply(self, Tuple.of(Atom.ERROR, Tuple.of(NOT_SIMULATED, message.get(2)))));
    }
  }

  private void perform(ProcessContext self, Service.Step<S> step, Term cause) {
    state = step.state();
    Optional<Atom> name = service.publishedAs();
    if (name.isPresent()) {
      self.owned(KernelTables.class).publish(self, name.get(), service.published(step.state()));
    }
    List<Effect> effects = step.effects();
    for (int i = 0; i < effects.size(); i++) {
      perform(self, effects.get(i), cause);
    }
  }

  private void perform(ProcessContext self, Effect effect, Term cause) {
    switch (effect) {
      case Effect.Send(Address to, Term message) -> self.send(to, message);
      case Effect.SendIfConnected(Address to, Term message) ->
          self.send(to, message, ServerCall.WITHOUT_CONNECTING);
      case Effect.Monitor(Address watched, Reference reference) ->
          self.monitor(reference, watched, MonitorOptions.PLAIN);
      case Effect.Demonitor(Reference reference) ->
          self.demonitor(reference, DemonitorOptions.FLUSH);
      case Effect.Link(Pid other) -> self.link(other);
      case Effect.Unlink(Pid other) -> self.unlink(other);
      case Effect.Exit(Pid other, Term reason) -> self.exit(other, reason, ExitCause.EXIT_CALL);
      case Effect.Spawn(Routine body, SpawnOptions options, Term tag) ->
          handle(self, Tuple.of(tag, self.spawn(body.copy(), options, APPLY).pid()));
      case Effect.StartTimer(long delayNanos, Term message, Reference timer) ->
          self.startTimer(
              timer,
              delayNanos,
              new Address.OfProcess(self.self()),
              new TimerMessage(message, TimerMessage.Form.BARE));
      case Effect.CancelTimer(Reference timer) -> self.cancelTimer(timer);
      case Effect.MonitorNodes() -> self.distribution().monitorNodes(self.self(), Atom.TRUE);
      case Effect.Disconnect(Atom node) ->
          self.spawn(
              new Conversation(Turn.act(Nodes.disconnecting(node))), SpawnOptions.none(), APPLY);
      case Effect.Connect(Atom node) ->
          self.spawn(
              new Conversation(Turn.act(Nodes.connecting(node))), SpawnOptions.none(), APPLY);
      case Effect.Log(LogReport report) -> self.log(report);
      case Effect.Stop(Term reason) -> {
        stopped = reason;
        if (reason != Words.NORMAL && reason != Words.SHUTDOWN) {
          self.log(new LogReport(Atom.ERROR, self.self(), SERVER_CRASH, crash(cause, reason)));
        }
      }
    }
  }

  /** Name, last message, state, reason and stack, as servers report their crashes. */
  private Term crash(Term cause, Term reason) {
    Term shown = service.shown(Objects.requireNonNull(state));
    return reason instanceof Tuple pair && pair.size() == 2 && pair.get(1) instanceof ListTerm stack
        ? Tuple.of(introduction.name, cause, shown, pair.get(0), stack)
        : Tuple.of(introduction.name, cause, shown, Tuple.of(Words.EXIT, reason), ListTerm.empty());
  }

  @Override
  public Routine copy() {
    return new ServiceRoutine<>(this);
  }

  private record Around(ProcessContext context) implements Service.Surroundings {
    @Override
    public Pid self() {
      return context.self();
    }

    @Override
    public Atom node() {
      return context.node();
    }

    @Override
    public long now() {
      return context.now();
    }

    @Override
    public Reference makeReference() {
      return context.makeReference();
    }

    @Override
    public List<Atom> nodes() {
      return context.distribution().nodes(List.of(NodeKind.VISIBLE));
    }
  }
}
