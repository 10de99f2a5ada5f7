package beamyard.ui.terminal;

import beamyard.lessons.script.ClusterView;
import beamyard.lessons.script.ClusterView.NodeView;
import beamyard.lessons.script.LessonRun;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Tells a learner what the nodes of a lesson see, and what has changed in it, beside the output of their shells. */
record ClusterTeller(LessonRun run, PrintWriter out) {
  private static final String MARGIN = "  | ";

  private Optional<ClusterView> view() {
    return run.stage()
        .filter(SimulatedStage.class::isInstance)
        .map(SimulatedStage.class::cast)
        .map(ClusterView::of);
  }

  /** What there is before something happens. */
  Moment now() {
    return new Moment(run.stage(), view());
  }

  /** The nodes of a lesson at one moment, and what they see. */
  record Moment(Optional<Stage> stage, Optional<ClusterView> view) {}

  /** Tells what has changed since, unless other nodes have come. */
  void tellSince(Moment before) {
    if (before.view().isPresent() && run.stage().equals(before.stage())) {
      view()
          .ifPresent(
              now ->
                  now.changesSince(before.view().get())
                      .forEach(change -> out.println(MARGIN + change)));
    }
    out.flush();
  }

  /** Tells what every node sees now. */
  void look() {
    view()
        .ifPresent(
            view ->
                view.nodes()
                    .forEach((name, seen) -> out.println(MARGIN + name + " " + told(seen))));
  }

  private static String told(NodeView seen) {
    return switch (seen.presence()) {
      case DOWN -> "is down";
      case BUSY -> "is busy";
      case UP ->
          "sees "
              + list(seen.connected())
              + (seen.hidden().isEmpty() ? "" : ", hidden " + list(seen.hidden()))
              + "; global names "
              + list(seen.names())
              + "; groups "
              + list(seen.groups());
    };
  }

  private static String list(List<String> items) {
    return items.isEmpty() ? "none" : String.join(", ", items);
  }
}
