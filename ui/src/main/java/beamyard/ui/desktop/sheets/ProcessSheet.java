package beamyard.ui.desktop.sheets;

import beamyard.lessons.shell.NodeInsight.Call;
import beamyard.simulator.Observation.ProcessSeen;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection.OfNode;
import beamyard.ui.desktop.yard.Selection.OfProcess;
import beamyard.ui.desktop.yard.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A process from inside: where it is, what it knows, who is tied to it. */
final class ProcessSheet {
  private static final int MOST_MESSAGES = 30;
  private static final int MOST_ROWS = 60;
  private static final int MOST_CHARACTERS = 200;

  private ProcessSheet() {}

  static Sheet of(String node, String pid, Update update) {
    Optional<ProcessSeen> found =
        Optional.ofNullable(update.insides().get(node)).stream()
            .flatMap(inside -> inside.processes().stream())
            .filter(process -> TermText.process(process.pid()).equals(pid))
            .findFirst();
    var back = new Row(new OfNode(node), List.of(new Cell("‹ " + node, Tone.QUIET)));
    if (found.isEmpty()) {
      return new Sheet(
          List.of(new Part(pid, "It is not there at this instant.", List.of(), List.of(back))));
    }
    ProcessSeen process = found.get();
    var parts = new ArrayList<Part>();
    parts.add(
        new Part(
            NodeSheet.nameOf(process),
            "",
            List.of(),
            List.of(
                back,
                Row.of("pid", pid),
                Row.of("status", process.status().name().toLowerCase(Locale.ROOT)),
                Row.of("traps exits", process.trapsExits() ? "yes" : "no"),
                Row.of("group leader", TermText.processOfNode(process.groupLeader())),
                Row.of("reductions", String.valueOf(process.reductions())))));
    List<Call> stack =
        Optional.ofNullable(update.insights().get(node))
            .map(insight -> insight.stacks().getOrDefault(process.pid(), List.of()))
            .orElse(List.of());
    if (!stack.isEmpty()) {
      parts.add(calls(stack));
      addVariables(parts, stack.getFirst());
    }
    parts.add(
        new Part(
            "Mailbox",
            mail(process.messages().size()),
            List.of(),
            process.messages().stream()
                .limit(MOST_MESSAGES)
                .map(message -> Row.of(new Cell(TermText.of(message, 200), Tone.CODE)))
                .toList()));
    parts.add(pids("Links", process.links()));
    parts.add(
        new Part(
            "Monitors",
            process.monitors().isEmpty() ? "None." : "",
            List.of(),
            process.monitors().stream()
                .limit(MOST_ROWS)
                .map(term -> Row.of(new Cell(TermText.of(term, 60), Tone.CODE)))
                .toList()));
    parts.add(pids("Monitored by", process.monitoredBy()));
    String dictionary = TermText.of(process.dictionary(), 400);
    parts.add(
        new Part("Dictionary", "", List.of(), List.of(Row.of(new Cell(dictionary, Tone.CODE)))));
    return new Sheet(parts);
  }

  private static String mail(int count) {
    return count == 0
        ? "It is empty."
        : count > MOST_MESSAGES ? "The first " + MOST_MESSAGES + " of " + count + "." : "";
  }

  private static Part pids(String title, List<Pid> pids) {
    return new Part(
        title,
        pids.isEmpty() ? "None." : "",
        List.of(),
        pids.stream()
            .limit(MOST_ROWS)
            .map(
                pid ->
                    new Row(
                        new OfProcess(pid.node().name(), TermText.process(pid)),
                        List.of(new Cell(TermText.processOfNode(pid), Tone.CODE))))
            .toList());
  }

  private static Part calls(List<Call> stack) {
    return new Part(
        "Where it is",
        "",
        List.of(),
        stack.stream()
            .limit(MOST_ROWS)
            .map(
                call ->
                    Row.of(
                        new Cell(called(call), Tone.CODE),
                        new Cell(call.line() == 0 ? "" : "line " + call.line(), Tone.QUIET)))
            .toList());
  }

  /** A call as people write it. */
  static String called(Call call) {
    return call.module().name().equals("erl_eval")
        ? "what was typed"
        : TermText.of(call.module()) + "." + call.function().name() + "/" + call.arity();
  }

  private static void addVariables(List<Part> parts, Call call) {
    if (!call.variables().isEmpty()) {
      parts.add(
          new Part(
              "Variables there",
              "",
              List.of(),
              call.variables().entrySet().stream().map(ProcessSheet::variable).toList()));
    }
  }

  private static Row variable(Map.Entry<String, Term> variable) {
    return Row.of(
        new Cell(variable.getKey(), Tone.QUIET),
        new Cell(TermText.of(variable.getValue(), MOST_CHARACTERS), Tone.CODE));
  }
}
