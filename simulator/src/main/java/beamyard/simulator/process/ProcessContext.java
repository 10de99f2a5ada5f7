package beamyard.simulator.process;

import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a process can do while it runs, as seen by its {@link Routine}. Everything here takes effect at {@link #now}, the
 * instant inside the time slice.
 */
public interface ProcessContext {
  Pid self();

  /**
   * A term kept outside of the process, with the pids and references of this node as they are since it got or lost its name; the
   * term itself if it holds none of a former name.
   */
  Term upToDate(Term kept);

  /** The node's name now; {@code nonode@nohost} while distribution is off. */
  Atom node();

  /** Virtual time in nanoseconds since the start of the simulation: the start of the slice plus 10 ns a reduction. */
  long now();

  /** How the node's clocks differ from true time. */
  default Clock clock() {
    return Clock.EXACT;
  }

  /** How many reductions are left of this time slice; 0 or less means: stop and yield. */
  int reductionsLeft();

  /** Counts work done. */
  void consume(int reductions);

  /** The messages of this process, with the place where the selective receive in progress has come to. */
  Mailbox mailbox();

  /** A new reference, unique to the node. */
  Reference makeReference();

  void send(Address to, Term message);

  /** Sends any other signal. */
  void signal(Address to, Signal signal);

  /** What {@code erlang:send/3} does rather not, for the sake of a message. */
  enum SendOption {
    /** Connect to the receiver's node. */
    NOCONNECT,
    /** Be suspended because the connection is busy. */
    NOSUSPEND
  }

  /** {@code erlang:send/3}: {@code ok}; {@code noconnect} or {@code nosuspend} if the message was not sent for that reason. */
  Atom send(Address to, Term message, Set<SendOption> options);

  /**
   * Spawns on this node. Link and monitor are in place before the new process runs.
   *
   * @return the pid, and the monitor's reference if asked for
   * @throws SystemLimit if there are too many processes
   */
  Spawned spawn(Routine body, SpawnOptions options, InitialCall initialCall);

  /**
   * What this process spawns from here on is no kin of it: if such a process and its descendants fill the runtime, they are
   * ended, and this one is not. The same is true of the processes that were there at the boot.
   */
  void beginFamilies();

  /** What {@link #spawn} made. */
  record Spawned(Pid pid, Optional<Reference> monitor) {}

  /** What a process was spawned to call: shown by {@code Process.info} and crash reports. */
  record InitialCall(Atom module, Atom function, int arity) {}

  /** The body of a process that calls {@code module:function(arguments)}, made by the language of this node. */
  Routine call(Atom module, Atom function, List<Term> arguments);

  /** A call of a function value; an argument that is no function gives a routine that raises {@code badfun}. */
  Routine apply(Term function, List<Term> arguments);

  /**
   * Links to another process; if that does not live, the exit signal {@code noproc} comes back. OTP's {@code link/1} looks
   * first: on a dead pid of the own node it fails with {@code noproc} unless the caller traps exits. That is the caller's to do.
   */
  void link(Pid other);

  void unlink(Pid other);

  /**
   * Sends an exit signal, also to itself. If that ends the process itself, {@link #reductionsLeft} is 0 from here on, and
   * nothing that the routine still does before it yields has an effect.
   */
  void exit(Pid other, Term reason, ExitCause cause);

  Reference monitor(Address watched, MonitorOptions options);

  /** As {@link #monitor(Address, MonitorOptions)}, with a reference that {@link #makeReference} gave beforehand. */
  void monitor(Reference reference, Address watched, MonitorOptions options);

  /**
   * How to monitor.
   *
   * @param alias whether, and until when, the reference is also an alias
   * @param tag replaces {@code 'DOWN'} in the message
   */
  record MonitorOptions(AliasMode alias, Optional<Term> tag) {
    public static final MonitorOptions PLAIN = new MonitorOptions(AliasMode.NONE, Optional.empty());
  }

  /** Until when an alias is active. */
  enum AliasMode {
    NONE,
    EXPLICIT_UNALIAS,
    DEMONITOR,
    REPLY_DEMONITOR,
    /** A plain alias that ends with the first message through it. */
    REPLY
  }

  /** Removes a monitor; {@code false} if there was none. */
  boolean demonitor(Reference reference, DemonitorOptions options);

  /** Whether a {@code DOWN} that is already in the mailbox is removed. */
  enum DemonitorOptions {
    KEEP,
    FLUSH
  }

  Reference alias(AliasMode mode);

  /** Ends an alias; {@code false} if it was not active. */
  boolean unalias(Reference alias);

  /** Whether exit signals become messages. */
  boolean trapExit();

  void setTrapExit(boolean trap);

  Pid groupLeader();

  void setGroupLeader(Pid leader);

  /** The process dictionary. */
  MapTerm dictionary();

  void setDictionary(MapTerm dictionary);

  /** Values of {@code process_flag/2} other than {@code trap_exit}; a flag that was never set is absent. */
  MapTerm flags();

  void setFlags(MapTerm flags);

  /** Registers a name on this node; {@code false} if the name is taken, or the process has one or is not alive. */
  boolean register(Atom name, Pid pid);

  /** Frees a name; {@code false} if nobody has it. */
  boolean unregister(Atom name);

  Optional<Pid> whereis(Atom name);

  List<Atom> registeredNames();

  /** Whether a pid of this node is of a living process. */
  boolean isAlive(Pid pid);

  List<Pid> processes();

  /** A view of a process of this node; empty if it is not alive. */
  Optional<ProcessView> view(Pid pid);

  /** Sends a message after a delay, unless cancelled; a name is resolved when the timer fires. */
  Reference startTimer(long delayNanos, Address to, TimerMessage message);

  /** As {@link #startTimer(long, Address, TimerMessage)}, with a reference that {@link #makeReference} gave beforehand. */
  void startTimer(Reference timer, long delayNanos, Address to, TimerMessage message);

  /** What a timer sends: {@code message} itself, or {@code {timeout, Ref, message}}. */
  record TimerMessage(Term message, Form form) {
    /** The two forms of timer messages. */
    public enum Form {
      BARE,
      TIMEOUT_TUPLE
    }
  }

  /** Cancels a timer: nanoseconds that were left; empty if it has fired or is unknown. */
  Optional<Long> cancelTimer(Reference timer);

  Optional<Long> readTimer(Reference timer);

  /** How this process suspends others of its node. */
  Suspending suspending();

  /** The distribution of this node. */
  NodeLink distribution();

  /**
   * Anything else that the node owns, by its class: the code server, tables, the host's files, the state of kernel services.
   * Fails with {@link AssertionError} if the node has none.
   */
  <T> T owned(Class<T> type);

  /** Hands a report to the node's logger, as {@code logger} events: crash reports, name conflicts. */
  void log(LogReport report);

  /** Says that the process uses something which others use too: see {@link Footprint}. */
  default void use(Footprint.Access access, Footprint.Thing thing) {}

  /** Whether others may come first, as after a use of {@linkplain Footprint.Thing.Data data}: then the slice is to end here. */
  default boolean isInterrupted() {
    return false;
  }

  /** Tells the trace of something that a kernel routine did, if anybody watches. */
  default void record(Supplier<? extends Fact> fact) {}
}
