package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.Node.State;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.map.Flights;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.yard.Selection;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** What the map tells without being asked. */
class MapSignsWindowTest {
  private static String written(WindowDriver driver) throws Exception {
    String picture = onJavaFx(() -> driver.map().picture());
    return SvgPenTest.parsed(picture).getDocumentElement().getTextContent();
  }

  private static void add(WindowDriver driver, NodeSettings settings) throws Exception {
    onJavaFx(
        () -> {
          driver.yard().addNode(settings);
          return settings;
        });
    driver.awaitState(settings.label(), State.RUNNING);
  }

  @Test
  void statesCookiesAndHiddenNodesAreWrittenOnTheirCards() throws Exception {
    try (var driver = WindowDriver.open()) {
      for (String name : List.of("alice", "bob", "carol", "dave")) {
        add(driver, NodeSettings.shortName(name + "@localhost").withCookie("oats"));
      }
      add(driver, NodeSettings.shortName("erin@attic").withCookie("rye").hidden());
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("bob@localhost");
      driver.press(KeyCode.P);
      driver.awaitState("bob@localhost", State.PAUSED);
      driver.clickNode("carol@localhost");
      driver.press(KeyCode.K);
      driver.awaitState("carol@localhost", State.DOWN);
      driver.settle();
      driver.picture("states");
      assertThat(written(driver))
          .contains(
              "paused", "down", "cookie oats", "cookie rye", "hidden", "attic", "sees nobody");
    }
  }

  @Test
  void aLinkTellsHowSlowItIsAndForHowLongNothingWasHeard() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.L);
      driver.awaitText("inspector", "last arrived");
      assertThat(driver.texts("inspector")).contains("packets", "bytes", "ticks", "on their way");
      driver.click("link-latency");
      await(
          () -> driver.map().model().notes().stream().anyMatch(note -> note.text().endsWith("ms")),
          "how slow it is stands beside it");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.P);
      onJavaFx(
          () -> {
            driver.yard().speedProperty().set(10);
            return driver;
          });
      await(() -> JavaFx.read(() -> silence(driver)), "alice's silence stands beside it");
      onJavaFx(
          () -> {
            driver.yard().pausedProperty().set(true);
            return driver;
          });
      driver.settle();
      driver.picture("silent");
      assertThat(written(driver)).contains("silent for");
    }
  }

  private static boolean silence(WindowDriver driver) {
    return driver.map().model().notes().stream().anyMatch(note -> note.text().contains("silent"));
  }

  /** Where a packet is drawn on the screen; nothing while it is not. */
  private static Optional<Point2D> packetWith(WindowDriver driver, String text) {
    List<Flights.Mark> packets = driver.map().packets();
    Point2D from = driver.map().toPane(driver.map().model().placeOf("alice@localhost"));
    Point2D to = driver.map().toPane(driver.map().model().placeOf("bob@localhost"));
    List<Point2D> near =
        IntStream.range(5, 95)
            .mapToObj(percent -> from.interpolate(to, percent / 100.0))
            .filter(
                point ->
                    driver
                        .map()
                        .painter()
                        .packetAt(driver.map().view(), packets, point)
                        .filter(mark -> mark.sent().text().contains(text))
                        .isPresent())
            .toList();
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of(driver.map().localToScreen(near.get(near.size() / 2)));
  }

  @Test
  void aPacketUnderTheMouseSaysWhatItCarriesAndIsSelectedByAClick() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      onJavaFx(
          () -> {
            driver
                .yard()
                .inflict(
                    new Fault.Partition(
                        Optional.empty(),
                        List.of(List.of("alice@localhost"), List.of("bob@localhost"))));
            return driver;
          });
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :hello)");
      driver.awaitTerminal("alice@localhost", ":hello)\n:hello");
      driver.stopTime();
      await(() -> packetWith(driver, "hello").isPresent(), "it waits where the path is cut");
      BufferedImage before = driver.picture("packet");
      Point2D at = onJavaFx(() -> packetWith(driver, "hello").orElseThrow());
      driver.moveTo(at);
      await(() -> driver.map().isHover(), "the mouse is on the map");
      driver.settle();
      BufferedImage hovered = driver.picture("packet-hovered");
      assertThat(differing(before, hovered)).as("pixels of what it says").isGreaterThan(1_000);
      driver.clickAt(() -> packetWith(driver, "hello").orElseThrow(), MouseButton.PRIMARY);
      await(
          () ->
              driver.yard().selection().get() instanceof Selection.OfHappening(Happening it)
                  && it.what() instanceof Sent sent
                  && sent.text().contains("hello"),
          "it is selected");
      driver.awaitText("inspector", "under way");
    }
  }

  private static int differing(BufferedImage one, BufferedImage other) {
    int count = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        if (one.getRGB(x, y) != other.getRGB(x, y)) {
          count++;
        }
      }
    }
    return count;
  }

  @Test
  void theLayoutStaysPutWhateverHappensAndPinnedNodesStayWhenOthersCome() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.settle();
      List<Point2D> places = places(driver);
      driver.typeAtShell("alice@localhost", "Node.disconnect(:bob@localhost)");
      driver.awaitTerminal("alice@localhost", ":bob@localhost)\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.SHIFT, KeyCode.G);
      driver.press(KeyCode.K);
      driver.awaitState("carol@localhost", State.DOWN);
      driver.settle();
      driver.press(KeyCode.I);
      driver.settle();
      assertThat(places(driver)).isEqualTo(places);

      driver.press(KeyCode.LEFT);
      driver.press(KeyCode.UP);
      driver.settle();
      Point2D put = onJavaFx(() -> driver.map().model().placeOf("carol@localhost"));
      assertThat(put).isEqualTo(places.getLast().add(-20, -20));
      add(driver, NodeSettings.shortName("dave@localhost").withCookie("beamyard"));
      driver.settle();
      assertThat(onJavaFx(() -> driver.map().model().placeOf("carol@localhost"))).isEqualTo(put);
      driver.press(KeyCode.CONTROL, KeyCode.Z);
      driver.press(KeyCode.CONTROL, KeyCode.Z);
      assertThat(onJavaFx(() -> driver.map().model().isPinned("carol@localhost"))).isFalse();
    }
  }

  private static List<Point2D> places(WindowDriver driver) throws Exception {
    return onJavaFx(
        () ->
            driver.yard().labels().stream()
                .map(label -> driver.map().model().placeOf(label))
                .toList());
  }

  @Test
  void manyNodesAreDotsUntilOneIsChosenOrTheMapIsZoomed() throws Exception {
    try (var driver = WindowDriver.open()) {
      onJavaFx(
          () -> {
            for (int i = 100; i < 220; i++) {
              driver
                  .yard()
                  .addNode(NodeSettings.shortName("n" + i + "@localhost").withCookie("beamyard"));
            }
            return driver;
          });
      await(
          () ->
              driver.yard().labels().size() == 120
                  && driver.yard().update().observation().nodes().stream()
                      .allMatch(node -> node.isUp()),
          "all are up");
      driver.press(KeyCode.ESCAPE);
      driver.settle();
      assertThat(written(driver)).doesNotContain("n107", "sees nobody");
      driver.clickNode("n107@localhost");
      assertThat(written(driver)).contains("n107@localhost").doesNotContain("n108");
      driver.press(KeyCode.P);
      driver.awaitState("n107@localhost", State.PAUSED);
      driver.settle();
      driver.picture("crowd");
      for (int i = 0; i < 5; i++) {
        driver.press(KeyCode.PLUS);
      }
      assertThat(written(driver)).contains("n107", "n108", "paused");
    }
  }
}
