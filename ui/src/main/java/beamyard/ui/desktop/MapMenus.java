package beamyard.ui.desktop;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.ui.desktop.Command.NodeDeed;
import beamyard.ui.desktop.MapModel.LinkMark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to nodes, links and the yard, as menus and by name. */
final class MapMenus {
  private static final long[] LATENCIES_MILLIS = {0, 1, 10, 50, 200, 1000};

  private final YardModel yard;
  private final Runnable addNode;

  /**
   * @param addNode asks for a node to add
   */
  MapMenus(YardModel yard, Runnable addNode) {
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
      menu.getItems().add(item("Pause " + whom, () -> doTo(labels, NodeDeed.PAUSE)));
    }
    if (anyPaused) {
      menu.getItems().add(item("Let " + whom + " go on", () -> doTo(labels, NodeDeed.RESUME)));
    }
    menu.getItems().add(item("Restart " + whom, () -> labels.forEach(yard::restart)));
    if (anyUp) {
      menu.getItems().add(item("Stop " + whom, () -> doTo(labels, NodeDeed.STOP)));
      menu.getItems().add(item("Kill " + whom, () -> doTo(labels, NodeDeed.KILL)));
    }
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

  ContextMenu ofLink(String from, String to) {
    var latency = new Menu("Latency");
    for (long millis : LATENCIES_MILLIS) {
      latency
          .getItems()
          .add(
              item(
                  millis == 0 ? "as on one machine (30 µs)" : millis + " ms",
                  () ->
                      yard.obey(
                          new Command.Latency(
                              from, to, millis == 0 ? 30_000 : millis * 1_000_000))));
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
                  () -> yard.obey(new Command.Block(from, to))),
              item(
                  "Cut one way: " + to + " → " + from,
                  () -> yard.obey(new Command.Block(to, from))));
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

  void doTo(List<String> labels, NodeDeed deed) {
    labels.forEach(label -> yard.doTo(label, deed));
  }

  /** Pauses nodes that run and lets paused ones go on. */
  void togglePause(List<String> labels) {
    for (String label : labels) {
      yard.node(label)
          .ifPresent(
              node -> {
                switch (node.state()) {
                  case RUNNING -> yard.doTo(label, NodeDeed.PAUSE);
                  case PAUSED -> yard.doTo(label, NodeDeed.RESUME);
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
    yard.obey(new Command.Partition(List.of(labels, others)));
  }

  void cutPath(String from, String to) {
    yard.obey(new Command.Block(from, to));
    yard.obey(new Command.Block(to, from));
  }

  void mend(String from, String to) {
    yard.obey(new Command.Unblock(from, to));
    yard.obey(new Command.Unblock(to, from));
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
    yard.obey(new Command.Heal());
  }
}
