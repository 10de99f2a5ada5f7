package beamyard.ui.desktop.map;

import beamyard.simulator.Fault;
import beamyard.simulator.Node.State;
import beamyard.simulator.Observation.Cut;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.network.Latency;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to nodes, links and the yard, as menus and by name. */
public final class MapMenus {
  private static final long[] LATENCIES_MILLIS = {0, 1, 10, 50, 200, 1000};

  private static final String USUAL_HOST = "localhost";

  private final YardModel yard;
  private final Runnable addNode;

  /**
   * @param addNode asks for a node to add
   */
  public MapMenus(YardModel yard, Runnable addNode) {
    this.yard = yard;
    this.addNode = addNode;
  }

  void addNode() {
    addNode.run();
  }

  ContextMenu ofYard() {
    var menu = new ContextMenu(item("Add a node…", addNode));
    if (!yard.update().observation().cuts().isEmpty()) {
      menu.getItems().add(item("Heal the network", this::heal));
    }
    return menu;
  }

  ContextMenu ofNodes(List<String> labels) {
    var menu = new ContextMenu();
    List<NodeSeen> nodes = labels.stream().map(yard::node).flatMap(Optional::stream).toList();
    String whom = nodes.size() == 1 ? labels.getFirst() : nodes.size() + " nodes";
    boolean anyRunning = nodes.stream().anyMatch(node -> node.state() == State.RUNNING);
    boolean anyPaused = nodes.stream().anyMatch(node -> node.state() == State.PAUSED);
    boolean anyUp = nodes.stream().anyMatch(NodeSeen::isUp);
    if (anyRunning) {
      menu.getItems().add(item("Pause " + whom, () -> doTo(labels, Fault.Pause::new)));
    }
    if (anyPaused) {
      menu.getItems().add(item("Let " + whom + " go on", () -> doTo(labels, Fault.Resume::new)));
    }
    menu.getItems().add(item("Restart " + whom, () -> doTo(labels, Fault.Restart::new)));
    if (anyUp) {
      menu.getItems().add(item("Stop " + whom, () -> doTo(labels, Fault.Stop::new)));
      menu.getItems().add(item("Kill " + whom, () -> doTo(labels, Fault.Crash::new)));
    }
    addRemovals(menu, labels, whom);
    List<String> others = others(labels);
    if (anyUp && !others.isEmpty()) {
      menu.getItems().add(new SeparatorMenuItem());
      var connect = new Menu("Connect to");
      var disconnect = new Menu("Disconnect from");
      for (String other : others) {
        connect
            .getItems()
            .add(item(other, () -> labels.forEach(label -> yard.connect(label, other))));
        disconnect
            .getItems()
            .add(item(other, () -> labels.forEach(label -> yard.disconnect(label, other))));
      }
      menu.getItems().addAll(connect, disconnect, new SeparatorMenuItem());
      menu.getItems().add(item("Cut " + whom + " off", () -> isolate(labels)));
    }
    if (!yard.update().observation().cuts().isEmpty()) {
      menu.getItems().add(item("Heal the network", this::heal));
    }
    return menu;
  }

  /** Nodes go for good, and a host that is not the usual one with them. */
  private void addRemovals(ContextMenu menu, List<String> labels, String whom) {
    menu.getItems().add(item("Remove " + whom + " for good", () -> yard.remove(labels)));
    List<String> hosts =
        labels.stream()
            .map(yard::node)
            .flatMap(Optional::stream)
            .map(NodeSeen::host)
            .distinct()
            .toList();
    for (String host : hosts) {
      long nodes =
          yard.update().observation().nodes().stream()
              .filter(node -> node.host().equals(host))
              .count();
      if (!host.equals(USUAL_HOST)) {
        String its = nodes == 1 ? "its node" : "its " + nodes + " nodes";
        menu.getItems()
            .add(item("Remove the host " + host + " with " + its, () -> yard.removeHost(host)));
      }
    }
  }

  ContextMenu ofLink(String from, String to) {
    var latency = new Menu("Latency");
    for (long millis : LATENCIES_MILLIS) {
      latency
          .getItems()
          .add(
              item(
                  millis == 0 ? "as on one machine (30 µs)" : millis + " ms",
                  () -> delay(from, to, millis == 0 ? 30_000 : millis * 1_000_000)));
    }
    boolean cut =
        yard.update().observation().cuts().stream()
            .anyMatch(
                each ->
                    each.from().equals(from) && each.to().equals(to)
                        || each.from().equals(to) && each.to().equals(from));
    var menu = new ContextMenu();
    if (cut) {
      menu.getItems().add(item("Mend this path", () -> mend(from, to)));
    } else {
      menu.getItems()
          .addAll(
              item("Cut this path", () -> cutPath(from, to)),
              item(
                  "Cut one way: " + from + " → " + to,
                  () -> yard.inflict(new Fault.Block(from, to))),
              item(
                  "Cut one way: " + to + " → " + from,
                  () -> yard.inflict(new Fault.Block(to, from))));
    }
    menu.getItems()
        .addAll(
            item("Disconnect", () -> yard.disconnect(from, to)), new SeparatorMenuItem(), latency);
    return menu;
  }

  private static MenuItem item(String text, Runnable action) {
    var item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    return item;
  }

  // Deeds.

  private List<String> others(List<String> labels) {
    return yard.update().observation().nodes().stream()
        .map(NodeSeen::label)
        .filter(label -> !labels.contains(label))
        .toList();
  }

  /** Does something to each of some nodes. */
  void doTo(List<String> labels, Function<String, Fault> fault) {
    labels.forEach(label -> yard.inflict(fault.apply(label)));
  }

  /** Pauses nodes that run and lets paused ones go on. */
  void togglePause(List<String> labels) {
    for (String label : labels) {
      yard.node(label)
          .ifPresent(
              node -> {
                switch (node.state()) {
                  case RUNNING -> yard.inflict(new Fault.Pause(label));
                  case PAUSED -> yard.inflict(new Fault.Resume(label));
                  case BOOTING, STOPPING, DOWN, NOT_STARTED -> {}
                }
              });
    }
  }

  /** Cuts nodes off from all others. */
  void isolate(List<String> labels) {
    List<String> others = others(labels);
    if (labels.isEmpty() || others.isEmpty()) {
      yard.tell("select the nodes of one side first; the others are the other side");
      return;
    }
    yard.inflict(new Fault.Partition(Optional.empty(), List.of(labels, others)));
  }

  void cutPath(String from, String to) {
    yard.inflict(new Fault.Block(from, to));
    yard.inflict(new Fault.Block(to, from));
  }

  /** Sets how long packets take between two nodes, each way. */
  void delay(String from, String to, long nanos) {
    var latency = new Latency.Constant(nanos);
    yard.inflict(new Fault.Delay(from, to, latency));
    yard.inflict(new Fault.Delay(to, from, latency));
  }

  /** Opens the path between two nodes, whatever cut it. */
  void mend(String from, String to) {
    boolean past = yard.update().isPast();
    yard.thread()
        .look(run -> run.simulation().cuts().isEmpty())
        .thenAcceptAsync(
            alone -> {
              if (alone && !past) {
                yard.inflict(new Fault.Unblock(from, to));
                yard.inflict(new Fault.Unblock(to, from));
              } else {
                mendOnly(from, to);
              }
            },
            Platform::runLater);
  }

  /** A partition cuts many paths in one: all others of them are cut one by one in its place. */
  private void mendOnly(String from, String to) {
    List<Cut> others =
        yard.update().observation().cuts().stream()
            .filter(cut -> !List.of(cut.from(), cut.to()).containsAll(List.of(from, to)))
            .toList();
    yard.inflict(new Fault.Heal(Optional.empty()));
    others.forEach(cut -> yard.inflict(new Fault.Block(cut.from(), cut.to())));
  }

  /**
   * Cuts paths. If there is no other way left between the nodes on both sides of them, it is a partition: then also pairs that are not
   * connected are cut.
   */
  void cut(List<LinkMark> links) {
    if (links.isEmpty()) {
      return;
    }
    List<String> labels =
        yard.update().observation().nodes().stream().map(NodeSeen::label).toList();
    var side = new LinkedHashSet<String>();
    side.add(links.getFirst().from());
    boolean grown = true;
    var uncut = new ArrayList<String>();
    yard.update()
        .observation()
        .nodes()
        .forEach(
            node ->
                node.peers().stream()
                    .filter(peer -> peer.up())
                    .forEach(peer -> uncut.add(node.name().name() + " " + peer.node().name())));
    links.forEach(
        link -> {
          uncut.remove(link.from() + " " + link.to());
          uncut.remove(link.to() + " " + link.from());
        });
    while (grown) {
      grown = false;
      for (String label : labels) {
        if (!side.contains(label)
            && side.stream()
                .anyMatch(
                    member ->
                        uncut.contains(member + " " + label)
                            || uncut.contains(label + " " + member))) {
          side.add(label);
          grown = true;
        }
      }
    }
    if (side.contains(links.getFirst().to())) {
      links.forEach(link -> cutPath(link.from(), link.to()));
    } else {
      isolate(List.copyOf(side));
    }
  }

  void heal() {
    yard.inflict(new Fault.Heal(Optional.empty()));
  }
}
