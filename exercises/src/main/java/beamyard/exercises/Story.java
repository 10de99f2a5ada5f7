package beamyard.exercises;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.NodeFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.FactList.Dated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in a trial, told in lines: what the check did, what processes of different nodes said to each other, who was
 * told of whose end, and what went wrong. What OTP's own processes do is left out.
 */
final class Story {
  private static final int LINES_AT_THE_START = 8;
  private static final int LINES_AT_THE_END = 16;
  private static final int TERM_LENGTH_MAX = 100;
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final InspectOptions OPTIONS = InspectOptions.ONE_LINE.withLimit(12);

  private static final Atom NORMAL = Atom.of("normal");
  private static final Atom SHUTDOWN = Atom.of("shutdown");
  private static final Atom DOWN = Atom.of("DOWN");
  private static final Atom EXIT = Atom.of("EXIT");
  private static final Atom CALL = Atom.of("$gen_call");
  private static final Atom CAST = Atom.of("$gen_cast");
  private static final Atom NODEDOWN = Atom.of("nodedown");
  private static final Atom NODEUP = Atom.of("nodeup");
  private static final String CHECK = "the check";
  private static final Atom STEP = Atom.of("step");

  private final Trial trial;
  private final Map<Pid, String> names = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private boolean faultTold;

  private Story(Trial trial) {
    this.trial = trial;
  }

  /** The lines, without numbers; the last one says how it ended. */
  static List<String> of(Trial trial) {
    var story = new Story(trial);
    story.tell();
    return shortened(story.lines);
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= LINES_AT_THE_START + LINES_AT_THE_END + 1) {
      return List.copyOf(lines);
    }
    var shorter = new ArrayList<>(lines.subList(0, LINES_AT_THE_START));
    int left = lines.size() - LINES_AT_THE_START - LINES_AT_THE_END;
    shorter.add("... (" + left + " more steps)");
    shorter.addAll(lines.subList(lines.size() - LINES_AT_THE_END, lines.size()));
    return List.copyOf(shorter);
  }

  private void tell() {
    for (Dated dated : trial.facts()) {
      tellFault(dated.atNanos());
      tell(dated.fact()).ifPresent(line -> add(dated.atNanos(), line));
    }
    tellFault(trial.endNanos());
    if (trial.ending() instanceof Trial.Ending.Failed(String message)) {
      add(trial.endNanos(), message);
    }
  }

  private void tellFault(long atNanos) {
    if (!faultTold && trial.fault().isPresent() && trial.fault().get().atNanos() < atNanos) {
      faultTold = true;
      add(trial.fault().get().atNanos(), trial.fault().get().told());
    }
  }

  private void add(long atNanos, String line) {
    long micros = (atNanos - trial.startNanos()) / (NANOS_A_MILLI / 1000);
    lines.add("%d.%03d ms: %s".formatted(micros / 1000, micros % 1000, line));
  }

  private Optional<String> tell(Fact fact) {
    return switch (fact) {
      case ProcessFact.ProcessSpawned spawned -> spawned(spawned);
      case ProcessFact.MessageDelivered delivered -> delivered(delivered);
      case ProcessFact.SignalDelivered(var to, Signal.Exit exit) when names.containsKey(to) ->
          exit.reason().equals(NORMAL)
              ? Optional.empty()
              : Optional.of(name(to) + " gets an exit signal: " + text(exit.reason()));
      case ProcessFact.ProcessExited(var pid, var reason) when names.containsKey(pid) ->
          exited(pid, reason);
      case NodeFact.NodeStarted(var node) -> Optional.of(node + " is up again");
      default -> Optional.empty();
    };
  }

  private Optional<String> spawned(ProcessFact.ProcessSpawned spawned) {
    String node = Trial.nodeOf(spawned.pid());
    Optional<Pid> parent = spawned.parent();
    names.put(spawned.pid(), nameFor(node, parent));
    boolean elsewhere = parent.isPresent() && !parent.get().node().equals(spawned.pid().node());
    return elsewhere
        ? Optional.of(name(parent.get()) + " starts " + name(spawned.pid()))
        : Optional.empty();
  }

  /** The check comes first; what it starts on its own node is the learner's code that it tries. */
  private String nameFor(String node, Optional<Pid> parent) {
    if (names.isEmpty()) {
      return CHECK;
    }
    boolean attempt = parent.isPresent() && name(parent.get()).equals(CHECK);
    String kind =
        attempt && node.equals(trial.labels().getFirst()) ? "the caller" : node + "'s process";
    int number = counts.merge(kind, 1, Integer::sum);
    return attempt && number == 1 && kind.equals("the caller") ? kind : kind + " " + number;
  }

  private Optional<String> exited(Pid pid, Term reason) {
    boolean usual = reason.equals(NORMAL) || reason.equals(SHUTDOWN);
    return usual ? Optional.empty() : Optional.of(name(pid) + " ends: " + text(reason));
  }

  private Optional<String> delivered(ProcessFact.MessageDelivered delivered) {
    Pid to = delivered.to();
    Pid from = delivered.from();
    Term message = delivered.message();
    if (message instanceof Tuple step
        && step.isTagged(STEP, 2)
        && step.get(1) instanceof Bits text) {
      return Optional.of(text.text());
    }
    if (!names.containsKey(to) && !names.containsKey(from)) {
      return Optional.empty();
    }
    if (message instanceof Tuple tuple && tuple.size() > 1 && tuple.get(0) instanceof Atom tag) {
      if (tag.equals(DOWN) && tuple.size() == 5) {
        boolean ownAttempt = name(to).equals(CHECK) && named(tuple.get(3)).startsWith("the caller");
        return tuple.get(4).equals(NORMAL) || ownAttempt
            ? Optional.empty()
            : Optional.of(
                name(to)
                    + " is told that "
                    + named(tuple.get(3))
                    + " is down: "
                    + text(tuple.get(4)));
      }
      if (tag.equals(EXIT) && tuple.size() == 3) {
        return tuple.get(2).equals(NORMAL)
            ? Optional.empty()
            : Optional.of(
                name(to)
                    + " is told that "
                    + named(tuple.get(1))
                    + " has exited: "
                    + text(tuple.get(2)));
      }
      if (tag.equals(NODEDOWN) || tag.equals(NODEUP)) {
        return Optional.of(name(to) + " is told " + text(message));
      }
    }
    if (to.node().equals(from.node())) {
      return Optional.empty();
    }
    return Optional.of(said(from, to, message));
  }

  private String said(Pid from, Pid to, Term message) {
    if (message instanceof Tuple call && call.isTagged(CALL, 3)) {
      return name(from) + " calls " + name(to) + ": " + text(withoutInsides(call.get(2)));
    }
    if (message instanceof Tuple cast && cast.isTagged(CAST, 2)) {
      return name(from) + " casts to " + name(to) + ": " + text(cast.get(1));
    }
    return name(from) + " sends to " + name(to) + ": " + text(message);
  }

  /** A request to start a child holds the inner workings of Task; its first word says enough. */
  private static Term withoutInsides(Term request) {
    boolean internal =
        request instanceof Tuple tuple
            && tuple.size() > 2
            && tuple.get(0) instanceof Atom tag
            && (tag.name().equals("start_task") || tag.name().equals("start_child"));
    return internal ? ((Tuple) request).get(0) : request;
  }

  private String name(Pid pid) {
    String known = names.get(pid);
    return known != null ? known : "a process of " + Trial.nodeOf(pid);
  }

  private String named(Term term) {
    return term instanceof Pid pid ? name(pid) : text(term);
  }

  private static String text(Term term) {
    String text = Inspector.inspect(withoutStackTraces(term), OPTIONS);
    return text.length() <= TERM_LENGTH_MAX ? text : text.substring(0, TERM_LENGTH_MAX - 3) + "...";
  }

  /** Leaves out the stack of an exit reason {@code {Reason, Stack}}. */
  private static Term withoutStackTraces(Term term) {
    boolean withStack =
        term instanceof Tuple pair
            && pair.size() == 2
            && (pair.get(0) instanceof MapTerm
                || pair.get(0) instanceof Atom
                || pair.get(0) instanceof Tuple)
            && pair.get(1) instanceof ListTerm stack
            && stack.iterator().hasNext()
            && stack.iterator().next() instanceof Tuple entry
            && entry.size() >= 3;
    return withStack ? ((Tuple) term).get(0) : term;
  }
}
