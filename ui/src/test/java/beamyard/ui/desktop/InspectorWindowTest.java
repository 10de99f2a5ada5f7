package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.yard.Selection;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** What is selected is looked into, and things are done to it. */
class InspectorWindowTest {
  private static Point2D onTheLink(WindowDriver driver, double share) throws Exception {
    return driver.onScreen("alice@localhost").interpolate(driver.onScreen("bob@localhost"), share);
  }

  private static void selectTheLink(WindowDriver driver) throws Exception {
    // a packet that comes by is selected in its place
    do {
      await(() -> driver.map().isAtRest(), "no packet is on its way");
      driver.click(onTheLink(driver, 0.5), MouseButton.PRIMARY);
    } while (!(onJavaFx(() -> driver.yard().selection().get()) instanceof Selection.OfLink));
  }

  @Test
  void aLinkIsSlowedDownAndItsPacketsAreHeldDroppedAndDelivered() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      selectTheLink(driver);
      await(() -> driver.texts("inspector").contains("last arrived"), "traffic is counted");
      driver.click("link-latency");
      await(
          () ->
              driver.yard().update().paths().stream().anyMatch(path -> path.latency().isPresent()),
          "the link is slower");
      driver.press(KeyCode.HOME);
      await(
          () ->
              driver.map().model().notes().stream().anyMatch(note -> note.text().contains("30 µs")),
          "it is as fast as it was");
      driver.click("link-hold");
      await(() -> driver.yard().update().paths().size() == 2, "what is sent is held");
      driver.typeAtShell("alice@localhost", "Node.spawn(:bob@localhost, fn -> :ok end)");
      driver.find("held-deliver");
      assertThat(driver.texts("deeds")).contains("→ bob  spawn");
      driver.settle();
      driver.picture("held");
      assertThat(onJavaFx(() -> driver.map().model().notes().getFirst().text()))
          .contains("holds 1");
      long first = onJavaFx(() -> driver.yard().update().held().getFirst().id());
      driver.click("held-drop");
      await(
          () ->
              driver.yard().update().held().size() == 1
                  && driver.yard().update().held().getFirst().id() != first,
          "it is dropped and was sent again");
      driver.click("held-deliver");
      await(
          () ->
              driver.yard().update().held().stream()
                  .anyMatch(packet -> packet.from().name().equals("bob@localhost")),
          "bob has answered");
      driver.click("link-hold");
      await(() -> driver.yard().update().held().isEmpty(), "all is let go");
      driver.awaitTerminal("alice@localhost", "#PID<");
    }
  }

  @Test
  void aPacketSaysWhatItCarriesAndItsBytesAreShown() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      selectTheLink(driver);
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, {:hello, \"bob\"})");
      driver.clickOnText("inspector", "{:hello, \"bob\"}");
      await(() -> driver.texts("inspector").contains("Terms on the wire"), "terms are decoded");
      assertThat(driver.texts("inspector")).contains("{6,", "0000  00 00 00", "hello");
      driver.settle();
      driver.picture("wire");
    }
  }

  @Test
  void aProcessShowsWhereItIs() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "seats = 42");
      driver.typeAtShell(
          "alice@localhost",
          "defmodule Waiter do def wait(guests) do receive do :go -> guests end end end");
      driver.typeAtShell(
          "alice@localhost", "spawn(Waiter, :wait, [:many]) |> Process.register(:waiter)");
      driver.typeAtShell("alice@localhost", "send(:waiter, :not_that)");
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("alice@localhost");
      await(() -> driver.texts("inspector").contains("Modules of its own"), "modules are shown");
      assertThat(driver.texts("inspector")).contains("Waiter\n", "waiter\n");
      onJavaFx(
          () -> {
            String pid =
                driver.yard().update().insides().get("alice@localhost").processes().stream()
                    .filter(
                        process ->
                            process
                                .registeredName()
                                .filter(n -> n.name().equals("waiter"))
                                .isPresent())
                    .map(process -> TermText.process(process.pid()))
                    .findFirst()
                    .orElseThrow();
            driver.yard().selection().select(new Selection.OfProcess("alice@localhost", pid));
            return pid;
          });
      await(() -> driver.texts("inspector").contains("Waiter.wait/1"), "its stack is shown");
      assertThat(driver.texts("inspector")).contains("guests\n:many", ":not_that");
      driver.settle();
      driver.picture("process");
    }
  }

  @Test
  void aNodeIsPulledOutOfTheGroup() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.X);
      Point2D bob = driver.onScreen("bob@localhost");
      driver.drag(bob, bob.add(-20, 5), bob.add(-40, 10));
      await(() -> driver.yard().update().observation().cuts().size() == 4, "bob is cut off");
      assertThat(onJavaFx(() -> driver.map().isCutting())).isFalse();
      driver.click("deed-kill");
      await(
          () -> driver.yard().node("bob@localhost").stream().noneMatch(node -> node.isUp()),
          "bob is killed");
      driver.click("deed-restart");
      await(
          () -> driver.yard().node("bob@localhost").stream().anyMatch(node -> node.isUp()),
          "bob is started again");
    }
  }

  /** Selects a process of alice by its registered name, in the inspector's list. */
  private static void select(WindowDriver driver, String name) throws Exception {
    driver.press(KeyCode.ESCAPE);
    driver.clickNode("alice@localhost");
    driver.clickOnText("inspector", name);
    await(
        () -> driver.yard().selection().get() instanceof Selection.OfProcess,
        name + " is selected");
  }

  @Test
  void aProcessTellsItsLinksMonitorsAndDictionary() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell(
          "alice@localhost",
          "spawn(fn -> Process.register(self(), :keeper); Process.put(:seats, 42);"
              + " Process.flag(:trap_exit, true); spawn_link(fn -> Process.sleep(:infinity) end);"
              + " Process.monitor(:global_name_server); Process.sleep(:infinity) end)");
      driver.awaitTerminal("alice@localhost", "#PID<");
      select(driver, "keeper");
      driver.awaitText("inspector", "seats: 42");
      assertThat(driver.texts("inspector"))
          .contains("traps exits\nyes", "Where it is", "Process.sleep/1")
          .containsPattern("Links\n(?!None)")
          .containsPattern("Monitors\n(?!None).*");
      driver.clickOnText("inspector", "‹ alice@localhost");
      await(
          () -> driver.yard().selection().get().equals(new Selection.OfNode("alice@localhost")),
          "the way leads back");
    }
  }

  @Test
  void aNodeTellsItsConnectionsTablesAndFiles() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "File.write!(\"notes.txt\", \"hello\")");
      driver.awaitTerminal("alice@localhost", "hello\")\n:ok");
      driver.typeAtShell(
          "alice@localhost", ":ets.insert(:ets.new(:seats, [:named_table]), {:row, 7})");
      driver.awaitTerminal("alice@localhost", "{:row, 7})\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("alice@localhost");
      driver.awaitText("inspector", "notes.txt");
      assertThat(driver.texts("inspector"))
          .contains("Table :seats", "{:row, 7}", "5 bytes", "bob@localhost\nup", "Processes");
    }
  }

  @Test
  void aLinkTellsWhatWaitsOnIt() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      selectTheLink(driver);
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 2, "the path is cut");
      driver.awaitText("inspector", "network\ncut");
      driver.typeAtShell(
          "alice@localhost", "for _ <- 1..3, do: send({:nobody, :bob@localhost}, :hello)");
      driver.awaitTerminal("alice@localhost", "[:hello, :hello, :hello]");
      driver.awaitText("inspector", "on their way\n3\n");
      driver.click("link-cut");
      driver.awaitText("inspector", "on their way\n0\n0");
    }
  }
}
