package beamyard.ui.desktop.sheets;

import beamyard.simulator.Observation;
import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.Simulation;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.kernel.KernelView.GlobalName;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.Update.Branch;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Two branches side by side at one instant: what is otherwise in the other is marked. The instant is that of the time cursor; a
 * branch that has not come so far is shown as it is at its end.
 */
public final class CompareModel extends SheetModel {
  private static final int MOST_LINES = 4;
  private static final String NONE = "–";

  private @Nullable Long chosen;
  private @Nullable Sheet known;
  private boolean asking;

  /**
   * A branch at an instant.
   *
   * @param shown the last lines of each node's terminal
   */
  public record Seen(
      String name,
      long atNanos,
      Observation observation,
      Map<String, NodeInside> insides,
      Map<String, List<String>> shown) {
    /** A run as it was at an instant, or as it is now if it has not come so far. */
    public static Seen of(String name, Run run, long atNanos) {
      Position place = run.placeAt(atNanos);
      Simulation simulation = run.at(place);
      Map<String, NodeInside> insides = new LinkedHashMap<>();
      Map<String, List<String>> shown = new LinkedHashMap<>();
      simulation
          .nodes()
          .forEach(
              node -> {
                Observation.inside(simulation, node.label())
                    .ifPresent(inside -> insides.put(node.label(), inside));
                shown.put(node.label(), lastLines(run, node.label(), place));
              });
      return new Seen(name, place.atNanos(), Observation.of(simulation), insides, shown);
    }

    private static List<String> lastLines(Run run, String node, Position until) {
      String text =
          run.printedSince(0).stream()
              .filter(each -> each.node().equals(node) && !each.at().isAfter(until))
              .map(Printed::text)
              .collect(Collectors.joining());
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }
  }

  public CompareModel(YardModel yard) {
    super(yard);
  }

  /** Compares what is shown with another branch. */
  public void compareWith(long run) {
    chosen = run;
    known = null;
    refresh();
  }

  @Override
  Sheet make(Update update) {
    List<Branch> others =
        update.branches().stream().filter(branch -> branch.run() != update.run()).toList();
    if (others.isEmpty()) {
      return note(
          "There is one branch only",
          "Go back in time and do something else there: that begins a branch, to be compared here.");
    }
    Branch with =
        others.stream()
            .filter(branch -> chosen != null && branch.run() == chosen)
            .findFirst()
            .orElse(others.getLast());
    ask(update, with);
    Sheet made = known;
    return made == null ? note("Looking at " + with.name() + " …", "") : made;
  }

  private static Sheet note(String title, String text) {
    return new Sheet(List.of(new Part(title, text, List.of(), List.of())));
  }

  /** Looks at both branches on the yard's thread, and shows what came of it. */
  private void ask(Update update, Branch with) {
    if (asking) {
      return;
    }
    asking = true;
    long at = update.cursor().atNanos();
    String here =
        update.branches().stream()
            .filter(branch -> branch.run() == update.run())
            .map(Branch::name)
            .findFirst()
            .orElse("");
    yard()
        .thread()
        .lookAt(update.run(), run -> Seen.of(here, run, at))
        .thenCombine(
            yard().thread().lookAt(with.run(), run -> Seen.of(with.name(), run, at)),
            CompareModel::compared)
        .whenComplete(
            (sheet, problem) ->
                Platform.runLater(
                    () -> {
                      asking = false;
                      if (problem == null && !sheet.equals(known)) {
                        known = sheet;
                        refresh();
                      }
                    }));
  }

  // The comparison.

  /** The sheet of two branches. */
  public static Sheet compared(Seen one, Seen two) {
    List<String> heads = List.of("", heading(one), heading(two));
    Set<String> labels = new LinkedHashSet<>();
    one.observation().nodes().forEach(node -> labels.add(node.label()));
    two.observation().nodes().forEach(node -> labels.add(node.label()));
    var parts = new ArrayList<Part>();
    parts.add(
        new Part(
            one.name() + " and " + two.name(),
            "≠ marks what is otherwise in the other branch.",
            heads,
            List.of(row("cuts", cuts(one), cuts(two)))));
    for (String label : labels) {
      var rows = new ArrayList<Row>();
      rows.add(both("state", one, two, seen -> node(seen, label).map(CompareModel::state)));
      rows.add(both("sees", one, two, seen -> node(seen, label).map(CompareModel::sees)));
      rows.add(
          both("global names", one, two, seen -> inside(seen, label).map(CompareModel::names)));
      rows.add(
          both(
              "processes",
              one,
              two,
              seen -> inside(seen, label).map(it -> String.valueOf(it.processes().size()))));
      rows.add(both("mailboxes", one, two, seen -> inside(seen, label).map(CompareModel::waiting)));
      rows.add(
          both(
              "terminal",
              one,
              two,
              seen ->
                  Optional.ofNullable(seen.shown().get(label)).map(all -> String.join("\n", all))));
      parts.add(new Part(TermText.shortName(label), "", heads, rows));
    }
    return new Sheet(parts);
  }

  private static String heading(Seen seen) {
    return seen.name() + " at " + Times.instant(seen.atNanos());
  }

  private static Row both(
      String what, Seen one, Seen two, Function<Seen, Optional<String>> reader) {
    return row(what, reader.apply(one).orElse(NONE), reader.apply(two).orElse(NONE));
  }

  private static Row row(String what, String left, String right) {
    Tone tone = left.equals(right) ? Tone.PLAIN : Tone.DISPUTED;
    return Row.of(
        new Cell(what, Tone.QUIET),
        new Cell(left.isEmpty() ? NONE : left, tone),
        new Cell(right.isEmpty() ? NONE : right, tone));
  }

  private static String cuts(Seen seen) {
    return seen.observation().cuts().stream()
        .map(cut -> TermText.shortName(cut.from()) + " → " + TermText.shortName(cut.to()))
        .collect(Collectors.joining(", "));
  }

  private static Optional<NodeSeen> node(Seen seen, String label) {
    return seen.observation().nodes().stream()
        .filter(node -> node.label().equals(label))
        .findFirst();
  }

  private static Optional<NodeInside> inside(Seen seen, String label) {
    return Optional.ofNullable(seen.insides().get(label));
  }

  private static String state(NodeSeen node) {
    return node.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String sees(NodeSeen node) {
    return node.peers().stream()
        .filter(Peer::up)
        .map(peer -> TermText.shortName(peer.node().name()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String names(NodeInside inside) {
    return inside.kernel().names().stream()
        .map(CompareModel::told)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String told(GlobalName name) {
    return TermText.of(name.name(), 30) + " " + TermText.processOfNode(name.pid());
  }

  private static String waiting(NodeInside inside) {
    int count = inside.processes().stream().mapToInt(each -> each.messages().size()).sum();
    return count == 0 ? "empty" : count + " waiting";
  }
}
