package beamyard.lessons.shell;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.distribution.Transport;
import beamyard.simulator.network.Latency;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads faults as {@code Sandbox} says them; {@link BadSetup} for what is none. */
final class SandboxFaults {
  private static final double NANOS_A_MILLI = 1_000_000;
  private static final Atom CLOCK = Atom.of("clock");
  private final Node here;

  SandboxFaults(Node here) {
    this.here = here;
  }

  Fault read(Term asked) {
    if (!(asked instanceof Tuple tuple) || !(tuple.get(0) instanceof Atom what)) {
      throw unknown(asked);
    }
    return switch (what.name()) {
      case "partition" -> new Fault.Partition(cutName(tuple.get(1)), groups(tuple.get(2)));
      case "cut_hosts" -> new Fault.HostCut(cutName(tuple.get(1)), hosts(tuple.get(2)));
      case "blip" ->
          new Fault.Blip(groups(tuple.get(1)), nanos(tuple.get(2), "the length of a blip"));
      case "heal" -> new Fault.Heal(cutName(tuple.get(1)));
      case "block" -> new Fault.Block(label(tuple.get(1)), label(tuple.get(2)));
      case "unblock" -> new Fault.Unblock(label(tuple.get(1)), label(tuple.get(2)));
      case "latency" ->
          new Fault.Delay(label(tuple.get(1)), label(tuple.get(2)), latency(tuple.get(3)));
      case "bandwidth" ->
          new Fault.Narrow(
              label(tuple.get(1)),
              label(tuple.get(2)),
              tuple.get(3) == Atom.of("unlimited")
                  ? Optional.empty()
                  : Optional.of(whole(tuple.get(3), "a bandwidth")));
      case "loss" ->
          new Fault.Lose(
              label(tuple.get(1)),
              label(tuple.get(2)),
              (int) Math.round(number(tuple.get(3), "a loss") * 10));
      case "hold" -> new Fault.Hold(label(tuple.get(1)), label(tuple.get(2)));
      case "release" -> new Fault.Release(whole(tuple.get(1), "a packet"));
      case "drop" -> new Fault.Drop(whole(tuple.get(1), "a packet"));
      case "release_all" -> new Fault.ReleaseAll();
      case "reset" -> new Fault.Reset(label(tuple.get(1)), label(tuple.get(2)));
      case "crash" -> new Fault.Crash(label(tuple.get(1)));
      case "stop" -> new Fault.Stop(label(tuple.get(1)));
      case "start" -> start(tuple.get(1), tuple.get(2));
      case "restart" -> new Fault.Restart(label(tuple.get(1)));
      case "pause" -> new Fault.Pause(label(tuple.get(1)));
      case "resume" -> new Fault.Resume(label(tuple.get(1)));
      case "slow" -> new Fault.Slow(label(tuple.get(1)), number(tuple.get(2), "slowness"));
      case "skew" -> new Fault.Skew(label(tuple.get(1)), nanos(tuple.get(2), CLOCK.name()));
      default -> throw unknown(asked);
    };
  }

  private static BadSetup unknown(Term asked) {
    return new BadSetup("is " + asked, "a fault", "one that Sandbox knows");
  }

  /** The name by which people know a node. */
  static Atom nameOf(Node node) {
    return node.settings().name().map(name -> name.full().atom()).orElse(Atom.of(node.label()));
  }

  /** The label of the node that a term names. */
  String label(Term name) {
    String text = text(name, "a node");
    List<Node> nodes = here.simulation().nodes();
    for (Node node : nodes) {
      if (node.label().equals(text) || nameOf(node).name().equals(text)) {
        return node.label();
      }
    }
    for (Node node : nodes) {
      if (!node.hasEnded() && node.hasProcesses() && node.name().name().equals(text)) {
        return node.label();
      }
    }
    List<String> known = nodes.stream().map(node -> nameOf(node).name()).toList();
    throw new BadSetup("is not there", "node " + text, "one of " + String.join(", ", known));
  }

  private static String text(Term term, String what) {
    return switch (term) {
      case Atom atom -> atom.name();
      case Bits bits when bits.isBinary() -> bits.text();
      default -> throw new BadSetup("is " + term, what, "an atom such as :alice@localhost");
    };
  }

  private static Optional<String> cutName(Term name) {
    return name == Atom.NIL ? Optional.empty() : Optional.of(text(name, "the name of a cut"));
  }

  private List<List<String>> groups(Term term) {
    return lists(term).stream().map(group -> group.stream().map(this::label).toList()).toList();
  }

  private static List<List<String>> hosts(Term term) {
    return lists(term).stream()
        .map(group -> group.stream().map(host -> text(host, "a host")).toList())
        .toList();
  }

  /** Groups are lists; a lone member is a group of its own. */
  private static List<List<Term>> lists(Term term) {
    if (!(term instanceof ListTerm list)) {
      throw new BadSetup(
          "is " + term,
          "a partition",
          "a list of groups such as [[:alice@localhost], [:bob@localhost]]");
    }
    var groups = new ArrayList<List<Term>>();
    for (Term group : list) {
      groups.add(group instanceof ListTerm members ? members.toList() : List.of(group));
    }
    return groups;
  }

  private static double number(Term term, String what) {
    return switch (term) {
      case SmallInt whole -> whole.value();
      case Float64(double value) -> value;
      default -> throw new BadSetup("is " + term, what, "a number");
    };
  }

  private static long whole(Term term, String what) {
    if (term instanceof SmallInt number) {
      return number.value();
    }
    throw new BadSetup("is " + term, what, "a whole number");
  }

  private static long nanos(Term millis, String what) {
    return Math.round(number(millis, what) * NANOS_A_MILLI);
  }

  private static Latency latency(Term term) {
    try {
      return switch (term) {
        case Tuple shape when shape.isTagged(Atom.of("uniform"), 3) ->
            new Latency.Uniform(nanos(shape.get(1), "latency"), nanos(shape.get(2), "latency"));
        case Tuple shape when shape.isTagged(Atom.of("exponential"), 3) ->
            new Latency.Exponential(nanos(shape.get(1), "latency"), nanos(shape.get(2), "latency"));
        case Tuple shape when shape.isTagged(Atom.of("long_tail"), 2) ->
            new Latency.LongTail(nanos(shape.get(1), "latency"));
        case Tuple _ ->
            throw new BadSetup(
                "is " + term,
                "latency",
                "milliseconds, {:uniform, lowest, highest}, {:exponential, least, mean} or {:long_tail, typical}");
        default -> new Latency.Constant(nanos(term, "latency"));
      };
    } catch (BadSetup bad) {
      throw bad;
    } catch (IllegalArgumentException bad) {
      throw new BadSetup("is impossible: " + bad.getMessage(), "latency", "a possible one");
    }
  }

  private Fault start(Term name, Term options) {
    String asked = text(name, "a node");
    String full = asked.contains("@") ? asked : asked + "@" + hereHost();
    for (Node node : here.simulation().nodes()) {
      if (node.label().equals(asked)
          || nameOf(node).name().equals(full)
          || node.label().equals(full)) {
        return new Fault.Start(node.label());
      }
    }
    NodeSettings settings =
        full.substring(full.indexOf('@')).contains(".")
            ? NodeSettings.longName(full)
            : NodeSettings.shortName(full);
    settings = settings.withKernel(here.settings().kernel()).over(here.settings().transport());
    if (here.settings().cookie().isPresent()) {
      settings = settings.withCookie(here.settings().cookie().get());
    }
    for (Term option : (ListTerm) options) {
      Tuple pair = (Tuple) option;
      settings = with(settings, text(pair.get(0), "an option"), pair.get(1));
    }
    return new Fault.Boot(settings);
  }

  private String hereHost() {
    return here.settings().name().map(name -> name.full().host()).orElse(here.host().name());
  }

  private static NodeSettings with(NodeSettings settings, String option, Term value) {
    return switch (option) {
      case "cookie" -> settings.withCookie(text(value, "cookie"));
      case "hidden" -> value == Atom.TRUE ? settings.hidden() : settings;
      case "kernel" -> {
        KernelParameters kernel = settings.kernel();
        for (Term each : (ListTerm) value) {
          Tuple pair = (Tuple) each;
          String text =
              pair.get(1) instanceof SmallInt n ? n.toString() : text(pair.get(1), "a parameter");
          kernel = kernel.with(text(pair.get(0), "a parameter"), text);
        }
        yield settings.withKernel(kernel);
      }
      case "tls" -> settings.over(transport(value));
      case "processes" -> settings.with("+P", count(value, option));
      case "atoms" -> settings.with("+t", count(value, option));
      case "busy_limit" -> settings.with("+zdbbl", count(value, option));
      case "max_heap_size" -> settings.with("+hmax", count(value, option));
      case "memory" -> settings.with(option, count(value, option));
      default ->
          throw new BadSetup(
              "is unknown",
              "option " + option,
              "cookie, hidden, kernel, tls, processes, atoms, max_heap_size, busy_limit or memory");
    };
  }

  /** {@code true}, {@code false}, or the authority that has signed the node's certificate. */
  private static Transport transport(Term value) {
    if (value == Atom.TRUE || value == Atom.FALSE) {
      return value == Atom.TRUE ? Transport.SECURE : Transport.PLAIN;
    }
    return new Transport.Tls(text(value, "tls"));
  }

  private static String count(Term value, String option) {
    if (value instanceof SmallInt number) {
      return number.toString();
    }
    throw new BadSetup("is " + value, "option " + option, "a whole number");
  }
}
