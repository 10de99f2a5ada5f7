package beamyard.ui.desktop.map;

import beamyard.simulator.Fault;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import java.util.function.Function;

/** What is done to what is selected. */
public final class SelectedDeeds {
  private final YardModel yard;
  private final MapMenus menus;
  private final ClusterMap map;

  public SelectedDeeds(YardModel yard, MapMenus menus, ClusterMap map) {
    this.yard = yard;
    this.menus = menus;
    this.map = map;
  }

  /** Selects the node so many after the one that was selected last; the first one after the last. */
  public void go(int steps) {
    List<String> labels = yard.labels();
    if (!labels.isEmpty()) {
      yard.selection().select(new Selection.OfNode(labels.get(beside(labels, steps))));
    }
  }

  /** Selects the next node that is not selected besides those that are. */
  public void addNext() {
    List<String> labels = yard.labels();
    List<String> selected = yard.selection().nodes();
    for (int steps = 1; steps <= labels.size(); steps++) {
      String next = labels.get(beside(labels, steps));
      if (!selected.contains(next)) {
        yard.selection().toggle(next);
        return;
      }
    }
  }

  private int beside(List<String> labels, int steps) {
    List<String> selected = yard.selection().nodes();
    int last = selected.isEmpty() ? -1 : labels.indexOf(selected.getLast());
    return Math.floorMod(last < 0 && steps < 0 ? steps : last + steps, labels.size());
  }

  /** Selects the link so many after the selected one; the first one after the last. */
  public void goToLink(int steps) {
    List<Selection.OfLink> links = map.links();
    if (!links.isEmpty()) {
      int before = links.indexOf(yard.selection().get());
      int next = before < 0 && steps < 0 ? steps : before + steps;
      yard.selection().select(links.get(Math.floorMod(next, links.size())));
    }
  }

  /** Kills the selected nodes: they crash. */
  public void kill() {
    doTo(Fault.Crash::new);
  }

  /** Stops the selected nodes in order. */
  public void stop() {
    doTo(Fault.Stop::new);
  }

  /** Starts the selected nodes anew. */
  public void restart() {
    doTo(Fault.Restart::new);
  }

  private void doTo(Function<String, Fault> fault) {
    menus.doTo(yard.selection().nodes(), fault);
  }

  /** Pauses the selected nodes, or lets them go on. */
  public void togglePause() {
    menus.togglePause(yard.selection().nodes());
  }

  /** Takes nodes away for good. */
  public void remove() {
    List<String> selected = yard.selection().nodes();
    if (selected.isEmpty()) {
      yard.tell("select the nodes first that are to be removed");
    } else {
      yard.remove(selected);
    }
  }

  /** Cuts the path or the nodes that are selected, or else what a line is drawn across. */
  public void cut() {
    switch (yard.selection().get()) {
      case Selection.OfLink(String from, String to) -> menus.cutPath(from, to);
      case Selection.OfNode _, Selection.OfNodes _ -> menus.isolate(yard.selection().nodes());
      case Selection.OfProcess _, Selection.OfHappening _, Selection.Nothing _ ->
          map.setCutting(!map.isCutting());
    }
  }

  /** Heals every cut. */
  public void heal() {
    menus.heal();
  }
}
