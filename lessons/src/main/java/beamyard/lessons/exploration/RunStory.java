package beamyard.lessons.exploration;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.NodeFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.process.ProcessFact.ProcessSpawned;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.FactList.Dated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What happened in a run, told in lines: what went wrong, what processes of different nodes said to each other, and who was told
 * of whose end. What OTP's own processes do is left out, and so is most of what a node says to itself.
 */
public final class RunStory {
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
  private static final Atom RETURN = Atom.of("return");
  private static final Atom STRUCT = Atom.of("__struct__");
  private static final Atom EXCEPTION = Atom.of("__exception__");
  private static final Atom MESSAGE = Atom.of("message");
  private static final Atom NODEDOWN = Atom.of("nodedown");
  private static final Atom SPAWN_REPLY = Atom.of("spawn_reply");
  private static final Atom NODEUP = Atom.of("nodeup");

  private final Plot plot;
  private final Map<Pid, String> names = new LinkedHashMap<>();
  private final Set<Pid> hidden = new LinkedHashSet<>();
  private final List<String> lines = new ArrayList<>();
  private int faultsTold;

  /**
   * What there is to tell.
   *
   * @param startNanos from where times count
   * @param facts all that happened from the start on
   * @param faults in the order of time
   */
  public record Plot(long startNanos, long endNanos, List<Dated> facts, List<TimedFault> faults) {}

  /** Who is who in a story. */
  public interface Cast {
    /** The processes that are there at the start and of which is told, with their names. */
    SequencedMap<Pid, String> present();

    /**
     * The name of a process that starts; empty for one of which nothing is to be told.
     *
     * @param parent the name of the process that started it; empty if it has none in the story
     */
    Optional<String> name(ProcessSpawned spawned, Optional<String> parent);

    /** Whether that one process is told of the end of another goes without saying. */
    default boolean isOwnAffair(String told, String ended) {
      return false;
    }

    /** A message that only the story hears, as its line. */
    default Optional<String> aside(Term message) {
      return Optional.empty();
    }
  }

  private final Cast cast;

  private RunStory(Plot plot, Cast cast) {
    this.plot = plot;
    this.cast = cast;
    names.putAll(cast.present());
  }

  /**
   * The lines, without numbers, each beginning with its time in milliseconds; a long story is shortened in the middle.
   *
   * @param ending what the last line says; empty for none
   */
  public static List<String> of(Plot plot, Cast cast, Optional<String> ending) {
    var story = new RunStory(plot, cast);
    story.tell();
    ending.ifPresent(line -> story.add(plot.endNanos(), line));
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
    for (Dated dated : plot.facts()) {
      tellFaults(dated.atNanos());
      tell(dated.fact()).ifPresent(line -> add(dated.atNanos(), line));
    }
    tellFaults(plot.endNanos());
  }

  private void tellFaults(long beforeNanos) {
    while (faultsTold < plot.faults().size()
        && plot.faults().get(faultsTold).atNanos() < beforeNanos) {
      TimedFault fault = plot.faults().get(faultsTold);
      faultsTold++;
      add(fault.atNanos(), fault.told());
    }
  }

  private void add(long atNanos, String line) {
    long micros = (atNanos - plot.startNanos()) / (NANOS_A_MILLI / 1000);
    lines.add("%d.%03d ms: %s".formatted(micros / 1000, micros % 1000, line));
  }

  private Optional<String> tell(Fact fact) {
    return switch (fact) {
      case ProcessSpawned spawned -> spawned(spawned);
      case ProcessFact.MessageDelivered delivered -> delivered(delivered);
      case ProcessFact.SignalDelivered(var to, Signal.Exit exit) when names.containsKey(to) ->
          exit.reason().equals(NORMAL)
              ? Optional.empty()
              : Optional.of(name(to) + " gets an exit signal: " + text(exit.reason()));
      case ProcessFact.ProcessExited(var pid, var reason) when names.containsKey(pid) ->
          exited(pid, reason);
      case ProcessFact.NameRegistered(Atom name, Pid pid) when names.containsKey(pid) -> {
        names.put(pid, text(name) + " at " + label(pid));
        yield Optional.empty();
      }
      case NodeFact.NodeStarted(var node) -> Optional.of(node + " is up again");
      default -> Optional.empty();
    };
  }

  private Optional<String> spawned(ProcessSpawned spawned) {
    Optional<String> parent = spawned.parent().map(names::get);
    Optional<String> name =
        spawned.parent().filter(hidden::contains).isPresent()
            ? Optional.empty()
            : cast.name(spawned, parent);
    if (name.isEmpty()) {
      hidden.add(spawned.pid());
      return Optional.empty();
    }
    names.put(spawned.pid(), name.get());
    boolean elsewhere =
        spawned.parent().isPresent() && spawned.parent().get().node() != spawned.pid().node();
    return elsewhere
        ? Optional.of(name(spawned.parent().get()) + " starts " + name.get())
        : Optional.empty();
  }

  private Optional<String> exited(Pid pid, Term reason) {
    boolean usual = reason.equals(NORMAL) || reason.equals(SHUTDOWN) || isReturn(reason);
    return usual ? Optional.empty() : Optional.of(name(pid) + " ends: " + text(reason));
  }

  /** How a process ends that {@code erpc} started, when its function has returned: {@code {Reference, return, Value}}. */
  private static boolean isReturn(Term reason) {
    return reason instanceof Tuple tuple
        && tuple.size() == 3
        && tuple.get(0) instanceof Reference
        && tuple.get(1).equals(RETURN);
  }

  private Optional<String> delivered(ProcessFact.MessageDelivered delivered) {
    Pid to = delivered.to();
    Pid from = delivered.from();
    Term message = delivered.message();
    Optional<String> aside = cast.aside(message);
    if (aside.isPresent()) {
      return aside;
    }
    boolean known = names.containsKey(to) || names.containsKey(from);
    if (!known || hidden.contains(to) || hidden.contains(from)) {
      return Optional.empty();
    }
    if (message instanceof Tuple tuple && tuple.size() > 1 && tuple.get(0) instanceof Atom tag) {
      if (tag.equals(DOWN) && tuple.size() == 5) {
        if (isReturn(tuple.get(4))) {
          return Optional.of(
              name(to)
                  + " gets back "
                  + text(((Tuple) tuple.get(4)).get(2))
                  + " from "
                  + named(tuple.get(3)));
        }
        boolean own = cast.isOwnAffair(name(to), named(tuple.get(3)));
        return tuple.get(4).equals(NORMAL) || own
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
    boolean spawnReply =
        message instanceof Tuple reply && reply.size() > 1 && reply.get(0) == SPAWN_REPLY;
    if (to.node().equals(from.node()) || spawnReply) {
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
    if (message instanceof Tuple answer && answer.size() == 2 && isTag(answer.get(0))) {
      return name(from) + " answers " + name(to) + ": " + text(answer.get(1));
    }
    return name(from) + " sends to " + name(to) + ": " + text(message);
  }

  /** What marks an answer: the reference of the request, or an alias. */
  static boolean isTag(Term tag) {
    return tag instanceof Reference
        || tag instanceof Cons alias && alias.tail() instanceof Reference;
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
    return known != null ? known : "a process of " + label(pid);
  }

  /** How long after the start a line is, in nanoseconds; 0 for one that tells no time. */
  public static long nanosOf(String line) {
    int end = line.indexOf(" ms: ");
    if (end < 0 || !line.substring(0, end).matches("\\d+\\.\\d{3}")) {
      return 0;
    }
    return Math.round(Double.parseDouble(line.substring(0, end)) * NANOS_A_MILLI);
  }

  /** The short name of a process's node. */
  public static String label(Pid pid) {
    return label(pid.node());
  }

  /** A node's name without its host. */
  static String label(Atom node) {
    return node.name().replaceFirst("@.*", "");
  }

  private String named(Term term) {
    return term instanceof Pid pid ? name(pid) : text(term);
  }

  private static String text(Term term) {
    String text;
    Term shown = withoutStackTraces(term);
    try {
      text =
          shown instanceof MapTerm map && map.get(EXCEPTION) != null
              ? raised(map)
              : Inspector.inspect(shown, OPTIONS);
    } catch (Inspector.NeedsElixir struct) {
      text = struct.getMessage();
    }
    return text.length() <= TERM_LENGTH_MAX ? text : text.substring(0, TERM_LENGTH_MAX - 3) + "...";
  }

  private static String raised(MapTerm exception) {
    String name =
        exception.get(STRUCT) instanceof Atom module
            ? module.name().replaceFirst("^Elixir\\.", "")
            : "an exception";
    return exception.get(MESSAGE) instanceof Bits message && message.isBinary()
        ? "** (" + name + ") " + message.text()
        : "** (" + name + ")";
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
