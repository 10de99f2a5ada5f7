package beamyard.ui.desktop;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.process.Address;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;

/** Terms as people read them. */
final class TermText {
  private TermText() {}

  /** As {@code inspect} prints it, on one line. */
  static String of(Term term) {
    return Inspector.inspect(term, InspectOptions.ONE_LINE);
  }

  /** At most so many characters of it. */
  static String of(Term term, int most) {
    return shortened(of(term), most);
  }

  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** A process without its node: the lane or heading names that. */
  static String process(Pid pid) {
    return "<" + pid.number() + "." + pid.serial() + ">";
  }

  static String process(Address address) {
    return switch (address) {
      case Address.OfProcess(Pid pid) -> process(pid);
      case Address.OfName(var name, _) -> name.name();
      case Address.OfAlias _ -> "alias";
    };
  }
}
