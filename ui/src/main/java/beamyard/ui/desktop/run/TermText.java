package beamyard.ui.desktop.run;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.process.Address;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;

/** Terms as people read them. */
public final class TermText {
  private TermText() {}

  /** As {@code inspect} prints it, on one line, but for numbers with so many digits that to print them takes seconds. */
  public static String of(Term term) {
    return Inspector.inspect(Readable.of(term), InspectOptions.ONE_LINE);
  }

  /** At most so many characters of it. */
  public static String of(Term term, int most) {
    return shortened(of(term), most);
  }

  /** The text, cut to so many characters with an ellipsis as the last. */
  public static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** A process without its node: the lane or heading names that. */
  public static String process(Pid pid) {
    return "<0." + pid.number() + "." + pid.serial() + ">";
  }

  /** A process with its node's short name. */
  public static String processOfNode(Pid pid) {
    return shortName(pid.node().name()) + " " + process(pid);
  }

  /** A term seen from outside of all nodes: processes with the names of theirs. */
  public static String fromOutside(Term term) {
    return switch (term) {
      case Pid pid -> processOfNode(pid);
      case Tuple tuple -> "{" + joined(tuple.elements()) + "}";
      case ListTerm list
          when !list.isEmpty() && list.toList().stream().allMatch(Pid.class::isInstance) ->
          "[" + joined(list.toList()) + "]";
      default -> of(term, 40);
    };
  }

  private static String joined(List<Term> terms) {
    return String.join(", ", terms.stream().map(TermText::fromOutside).toList());
  }

  /** A node's name without its host. */
  public static String shortName(String node) {
    int at = node.indexOf('@');
    return at < 0 ? node : node.substring(0, at);
  }

  /** A process as people name it: its registered name, or node and number. */
  public static String process(Address address) {
    return switch (address) {
      case Address.OfProcess(Pid pid) -> process(pid);
      case Address.OfName(var name, _) -> name.name();
      case Address.OfAlias _ -> "alias";
    };
  }
}
