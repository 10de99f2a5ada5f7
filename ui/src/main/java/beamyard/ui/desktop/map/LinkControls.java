package beamyard.ui.desktop.map;

import beamyard.simulator.Fault;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Latency;
import beamyard.simulator.network.PathView;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.run.PacketText;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** What can be done to a link: cut it, slow it down, lose packets, hold them and decide of each what becomes of it. */
final class LinkControls extends VBox {
  /** The latencies that can be chosen, in nanoseconds; the first is that of one machine. */
  private static final long[] LATENCIES = {
    30_000L,
    1_000_000L,
    5_000_000L,
    10_000_000L,
    20_000_000L,
    50_000_000L,
    100_000_000L,
    200_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_000_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  private static final int[] LOSSES_PER_MILLE = {0, 10, 20, 50, 100, 200, 300, 500};
  private static final int HELD_CHARACTERS = 40;
  private static final int MOST_HELD = 12;

  private final YardModel yard;
  private final MapMenus menus;
  private final String from;
  private final String to;
  private final FlowPane buttons = new FlowPane();
  private final VBox held = new VBox(2);
  private final Steps latency;
  private final Steps loss;
  private Shown shown = new Shown(false, false, List.of(), List.of());
  private Subscription following = () -> {};

  /** What is drawn here. */
  private record Shown(
      boolean cut, boolean holding, List<HeldPacket> packets, List<PathView> paths) {}

  LinkControls(YardModel yard, MapMenus menus, String from, String to) {
    this.yard = yard;
    this.menus = menus;
    this.from = from;
    this.to = to;
    setSpacing(8);
    buttons.getStyleClass().add("deed-buttons");
    latency =
        new Steps(
            "Latency",
            "link-latency",
            LATENCIES.length,
            step -> step == 0 ? "30 µs" : Times.duration(LATENCIES[step]),
            step -> menus.delay(from, to, LATENCIES[step]));
    loss =
        new Steps(
            "Loss",
            "link-loss",
            LOSSES_PER_MILLE.length,
            step -> step == 0 ? "none" : LinkNotes.percent(LOSSES_PER_MILLE[step]),
            step -> lose(LOSSES_PER_MILLE[step]));
    var grid = new GridPane(10, 4);
    latency.addTo(grid, 0);
    loss.addTo(grid, 1);
    getChildren().setAll(buttons, grid, held);
    fill();
    sceneProperty()
        .subscribe(
            scene -> {
              following.unsubscribe();
              following = scene == null ? () -> {} : yard.updateProperty().subscribe(this::follow);
            });
  }

  private void lose(int perMille) {
    yard.inflict(new Fault.Lose(from, to, perMille));
    yard.inflict(new Fault.Lose(to, from, perMille));
  }

  private boolean isHere(String one, String other) {
    return one.equals(from) && other.equals(to) || one.equals(to) && other.equals(from);
  }

  private void follow() {
    Update update = yard.update();
    List<PathView> paths =
        update.paths().stream()
            .filter(path -> isHere(path.from().name(), path.to().name()))
            .toList();
    var now =
        new Shown(
            update.observation().cuts().stream().anyMatch(cut -> isHere(cut.from(), cut.to())),
            paths.stream().anyMatch(PathView::holding),
            update.held().stream()
                .filter(packet -> isHere(packet.from().name(), packet.to().name()))
                .toList(),
            paths);
    if (!now.equals(shown)) {
      shown = now;
      fill();
    }
  }

  private void fill() {
    buttons
        .getChildren()
        .setAll(
            shown.cut()
                ? DeedsPane.button("Mend", "link-cut", "Mend this path", () -> menus.mend(from, to))
                : DeedsPane.button(
                    "Cut",
                    "link-cut",
                    "Cut this path both ways (X)",
                    () -> menus.cutPath(from, to)),
            shown.holding()
                ? DeedsPane.button(
                    "Let all go",
                    "link-hold",
                    "End all holding, and let arrive what is held",
                    () -> yard.inflict(new Fault.ReleaseAll()))
                : DeedsPane.button(
                    "Hold",
                    "link-hold",
                    "Hold what is sent from now on, and decide of each packet what becomes of it",
                    () -> hold()),
            DeedsPane.button(
                "Disconnect",
                "link-disconnect",
                "Node.disconnect at " + from,
                () -> yard.disconnect(from, to)));
    latency.show(
        shown.paths().stream()
            .flatMap(path -> path.latency().stream())
            .mapToInt(LinkControls::stepOf)
            .max()
            .orElse(0));
    loss.show(
        shown.paths().stream().mapToInt(path -> lossStepOf(path.lossPerMille())).max().orElse(0));
    fillHeld();
  }

  private void hold() {
    yard.inflict(new Fault.Hold(from, to));
    yard.inflict(new Fault.Hold(to, from));
  }

  private static int stepOf(Latency latency) {
    long nanos = latency instanceof Latency.Constant(long each) ? each : LATENCIES[0];
    int step = 0;
    while (step < LATENCIES.length - 1 && LATENCIES[step] < nanos) {
      step++;
    }
    return step;
  }

  private static int lossStepOf(int perMille) {
    int step = 0;
    while (step < LOSSES_PER_MILLE.length - 1 && LOSSES_PER_MILLE[step] < perMille) {
      step++;
    }
    return step;
  }

  // What is held.

  private void fillHeld() {
    held.getChildren().clear();
    if (shown.packets().isEmpty()) {
      return;
    }
    held.getChildren().add(Prosaic.label("Held on the way", "sheet-title"));
    Set<String> begun = new LinkedHashSet<>();
    for (HeldPacket packet : shown.packets()) {
      boolean oldest = begun.add(packet.stream() + packet.from().name());
      if (held.getChildren().size() <= MOST_HELD) {
        held.getChildren().add(row(packet, oldest));
      }
    }
    int more = shown.packets().size() - MOST_HELD;
    if (more > 0) {
      held.getChildren().add(Prosaic.label("and " + more + " more", "hint"));
    }
  }

  /** A stream keeps its order: only its oldest packet can arrive. */
  private HBox row(HeldPacket packet, boolean oldest) {
    String says = packet.packet().map(PacketText::label).orElse("opens or closes a stream");
    var text =
        new Label(
            "→ "
                + TermText.shortName(packet.to().name())
                + "  "
                + TermText.shortened(says, HELD_CHARACTERS));
    text.setMinWidth(0);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button deliver =
        DeedsPane.button(
            "Deliver",
            "held-deliver",
            "Let it arrive",
            () -> yard.inflict(new Fault.Release(packet.id())));
    Button drop =
        DeedsPane.button(
            "Drop",
            "held-drop",
            "Lose it: its sender sends it again",
            () -> yard.inflict(new Fault.Drop(packet.id())));
    deliver.setDisable(!oldest);
    drop.setDisable(!oldest);
    var row = new HBox(6, text, deliver, drop);
    row.getStyleClass().add("held");
    return row;
  }

  /** A slider with few steps, each of which has a name. */
  private static final class Steps {
    private final Label title;
    private final Slider slider;
    private final Label value = new Label();
    private final IntFunction<String> name;
    private boolean showing;

    Steps(String title, String id, int count, IntFunction<String> name, IntConsumer chosen) {
      this.title = new Label(title);
      this.title.getStyleClass().add("tone-quiet");
      this.title.setMinWidth(Region.USE_PREF_SIZE);
      this.name = name;
      slider = new Slider(0, count - 1, 0);
      slider.setId(id);
      slider.setMajorTickUnit(1);
      slider.setMinorTickCount(0);
      slider.setBlockIncrement(1);
      slider.setSnapToTicks(true);
      slider.setAccessibleText(title);
      slider.setMinWidth(60);
      value.setText(name.apply(0));
      value.setMinWidth(Region.USE_PREF_SIZE);
      slider.valueProperty().subscribe(each -> value.setText(name.apply(each.intValue())));
      Runnable tell =
          () -> {
            if (!showing && !slider.isValueChanging()) {
              chosen.accept((int) Math.round(slider.getValue()));
            }
          };
      slider
          .valueChangingProperty()
          .addListener(
              (_, _, changing) -> {
                if (!changing) {
                  tell.run();
                }
              });
      slider
          .valueProperty()
          .addListener(
              (_, before, after) -> {
                if (Math.round(before.doubleValue()) != Math.round(after.doubleValue())) {
                  tell.run();
                }
              });
    }

    void addTo(GridPane grid, int row) {
      GridPane.setHgrow(slider, Priority.ALWAYS);
      grid.addRow(row, title, slider, value);
    }

    void show(int step) {
      if (!slider.isValueChanging()) {
        showing = true;
        slider.setValue(step);
        value.setText(name.apply(step));
        showing = false;
      }
    }
  }
}
