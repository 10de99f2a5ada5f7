package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.yard.Selection;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** Nodes come with options and go for good; many of them are spoken to at once. */
class NodesWindowTest {
  private static void unfold(WindowDriver driver, String section) throws Exception {
    TitledPane pane = (TitledPane) driver.find(section);
    driver.click(onJavaFx(() -> pane.lookup(".title")));
    await(pane::isExpanded, section + " is unfolded");
  }

  private static NodeSettings settings(WindowDriver driver, String label) {
    return driver.yardThread().look(run -> run.settings(label)).join().orElseThrow();
  }

  /** Adds a node that speaks TLS, by mouse and keys. */
  private static void addSecure(WindowDriver driver, String name) throws Exception {
    driver.press(KeyCode.N);
    TextField field = (TextField) driver.find("node-name");
    await(field::isFocused, "the name can be typed");
    driver.retype(field, name);
    unfold(driver, "node-connections");
    driver.click("node-tls");
    driver.retype("node-netticktime", "8");
    unfold(driver, "node-limits");
    TextField processes = (TextField) driver.find("node-p");
    driver.retype(processes, "7");
    Button add = (Button) driver.find("dialog-ok");
    assertThat(onJavaFx(add::isDisabled)).isTrue();
    Pictures.of(processes.getScene(), "node-dialog");
    driver.retype(processes, "2048");
    driver.click(add);
    driver.awaitState(name + "@localhost", State.RUNNING);
  }

  private static void selectLink(WindowDriver driver) throws Exception {
    onJavaFx(
        () -> {
          driver
              .yard()
              .selection()
              .select(new Selection.OfLink("alice@localhost", "bob@localhost"));
          return driver;
        });
  }

  @Test
  void whatIsTypedAtMarkedLinesGoesToTheLineBelow() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "20 + 1");
      driver.awaitTerminal("alice@localhost", "21");
      onJavaFx(
          () -> {
            Node line = driver.stage().getScene().getRoot().lookup("#line-alice@localhost");
            Node terminal = line.getParent().getParent().lookup(".terminal");
            terminal.requestFocus();
            return terminal;
          });
      driver.type("20 ");
      driver.type("+ 22");
      driver.press(KeyCode.ENTER);
      driver.awaitTerminal("alice@localhost", "42");
    }
  }

  @Test
  void twoNodesOverTlsShowAListenerOnlyBytes() throws Exception {
    try (var driver = WindowDriver.open()) {
      addSecure(driver, "alice");
      addSecure(driver, "bob");
      NodeSettings alice = settings(driver, "alice@localhost");
      assertThat(alice.options())
          .containsEntry("-proto_dist", "inet_tls")
          .containsEntry("+P", "2048");
      assertThat(alice.kernel().netTickTime()).isEqualTo(8);
      driver.typeAtShell("alice@localhost", "Node.connect(:bob@localhost)");
      driver.awaitTerminal("alice@localhost", "Node.connect(:bob@localhost)\ntrue");
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, {:secret, 4711})");
      driver.awaitTerminal("alice@localhost", "4711})\n{:secret, 4711}");
      driver.press(KeyCode.ESCAPE);
      selectLink(driver);
      driver.clickOnText("inspector", "TLS application data");
      await(() -> driver.texts("inspector").contains("Bytes on the wire"), "there are bytes");
      assertThat(driver.texts("inspector"))
          .contains("0000  17 03 03")
          .doesNotContain("4711", "Terms on the wire");
      driver.settle();
      driver.picture("tls");
    }
  }

  @Test
  void aHandshakeIsSeenStepByStepWithItsBytes() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      selectLink(driver);
      driver.clickOnText("inspector", "handshake: challenge");
      await(() -> driver.texts("inspector").contains("Bytes on the wire"), "there are bytes");
      assertThat(driver.texts("inspector")).contains("challenge  ", "creation", "16#", "4e 00 00");
      driver.settle();
      driver.picture("handshake");
    }
  }

  @Test
  void nodesAreRemovedForGoodAndAHostWithAllOfItsOwn() throws Exception {
    try (var driver = WindowDriver.open()) {
      long beginning = driver.instant();
      driver.startNodes("alice@localhost", "bob@localhost", "carol@attic", "dave@attic");
      driver.clickNode("bob@localhost");
      driver.press(KeyCode.DELETE);
      await(() -> !driver.yard().labels().contains("bob@localhost"), "bob is gone from the map");
      assertThat(onJavaFx(() -> driver.yard().selection().nodes())).isEmpty();
      await(
          () ->
              driver.yard().shells().stream()
                  .noneMatch(shell -> shell.node().equals("bob@localhost")),
          "his shell is gone");
      driver.settle();
      driver.click(driver.onScreen("carol@attic"), MouseButton.SECONDARY);
      driver.chooseFromMenu("Remove the host attic with its 2 nodes");
      await(() -> driver.yard().labels().size() == 1, "only alice is left");
      driver.typeAtShell("alice@localhost", "Node.list()");
      driver.awaitTerminal("alice@localhost", "Node.list()\n[]");
      long now = driver.instant();
      driver.seek(beginning);
      await(() -> driver.yard().labels().isEmpty(), "nothing was there in the beginning");
      driver.seek(now / 2);
      await(() -> driver.yard().labels().size() > 1, "bob was there then");
    }
  }

  @Test
  void aLineIsTypedAtTheNodesThatAreChosen() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      Node tab = onJavaFx(() -> driver.stage().getScene().getRoot().lookup(".shells"));
      Point2D many =
          onJavaFx(
              () ->
                  tab.lookupAll(".tab-label").stream()
                      .filter(
                          label ->
                              label instanceof Labeled its && its.getText().equals("Many nodes"))
                      .map(label -> label.localToScreen(5, 5))
                      .findFirst()
                      .orElseThrow());
      driver.click(many, MouseButton.PRIMARY);
      driver.click("ask-bob@localhost");
      TextField line = (TextField) driver.find("line-all");
      driver.picture("many");
      driver.retype(line, "length(Node.list()) + 40");
      driver.press(KeyCode.ENTER);
      driver.awaitTerminal("alice@localhost", "+ 40\n42");
      driver.awaitTerminal("carol@localhost", "+ 40\n42");
      assertThat(driver.terminal("bob@localhost")).doesNotContain("+ 40");
      driver.click("ask-none");
      assertThat(onJavaFx(line::isDisabled)).isTrue();
    }
  }
}
