package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation.Cut;
import beamyard.ui.desktop.yard.Selection;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** Hosts, cookies and single paths, by mouse and keys. */
class FreeYardWindowTest {
  private static void add(WindowDriver driver, String name, String host, String cookie)
      throws Exception {
    driver.press(KeyCode.ESCAPE);
    driver.press(KeyCode.N);
    driver.retype("node-name", name);
    driver.retype("node-host", host);
    driver.retype("node-cookie", cookie);
    driver.click("dialog-ok");
    driver.awaitState(name + "@" + host, State.RUNNING);
  }

  @Test
  void nodesOfTwoHostsWithTwoCookiesDoNotMeetUntilOneIsChanged() throws Exception {
    try (var driver = WindowDriver.open()) {
      add(driver, "alice", "kitchen", "oats");
      add(driver, "bob", "attic", "rye");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.C);
      driver.click("dialog-ok");
      driver.awaitTerminal("alice@kitchen", "Node.connect(:bob@attic)\nfalse");
      driver.typeAtShell("alice@kitchen", "Node.set_cookie(:bob@attic, :rye)");
      driver.awaitTerminal("alice@kitchen", ":rye)\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.C);
      driver.click("dialog-ok");
      driver.awaitTerminal("alice@kitchen", "Node.connect(:bob@attic)\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.awaitText("inspector", "kitchen");
      assertThat(driver.texts("inspector")).contains("cookie\noats", "bob@attic\nup");
    }
  }

  @Test
  void onePathOfAPartitionIsMendedAlone() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.clickNode("alice@localhost");
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 4, "alice is cut off");
      driver.press(KeyCode.L);
      await(
          () ->
              driver
                  .yard()
                  .selection()
                  .get()
                  .equals(new Selection.OfLink("alice@localhost", "bob@localhost")),
          "the link to bob is selected");
      driver.click("link-cut");
      await(
          () ->
              driver
                  .yard()
                  .update()
                  .observation()
                  .cuts()
                  .equals(
                      List.of(
                          new Cut("alice@localhost", "carol@localhost"),
                          new Cut("carol@localhost", "alice@localhost"))),
          "only the path to carol is still cut");
    }
  }

  @Test
  void aLinkIsCutOneWayAndSlowedDownByItsMenu() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.L);
      driver.press(KeyCode.M);
      driver.chooseFromMenu("Cut one way: alice@localhost → bob@localhost");
      await(
          () ->
              driver
                  .yard()
                  .update()
                  .observation()
                  .cuts()
                  .equals(List.of(new Cut("alice@localhost", "bob@localhost"))),
          "one way is cut");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.M);
      driver.chooseFromMenu("Mend this path");
      await(() -> driver.yard().update().observation().cuts().isEmpty(), "it is mended");
    }
  }

  @Test
  void aDoubleClickOnTheMapAddsANodeThere() throws Exception {
    try (var driver = WindowDriver.open()) {
      add(driver, "alice", "localhost", "oats");
      driver.settle();
      var beside = driver.onScreen("alice@localhost").add(0, 140);
      onJavaFx(
          () -> {
            driver.twice(beside);
            return beside;
          });
      driver.retype("node-name", "bob");
      driver.click("dialog-ok");
      driver.awaitState("bob@localhost", State.RUNNING);
      driver.click(driver.onScreen("bob@localhost"), MouseButton.PRIMARY);
    }
  }
}
