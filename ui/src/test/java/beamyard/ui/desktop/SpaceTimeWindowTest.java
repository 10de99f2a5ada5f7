package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.spacetime.SpaceTimePane;
import beamyard.ui.desktop.yard.Selection;
import java.util.regex.Pattern;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** The space-time diagram: what became of messages, what is shown of them, and what can have caused what. */
class SpaceTimeWindowTest {
  /** How things are drawn that are not meant. */
  private static final Pattern DIMMED = Pattern.compile("opacity=\"0\\.18\"");

  private static SpaceTimePane diagram(WindowDriver driver) throws Exception {
    driver.press(KeyCode.ESCAPE);
    driver.press(KeyCode.DIGIT2);
    return (SpaceTimePane) onJavaFx(driver.find("space-time")::getParent);
  }

  private static String written(SpaceTimePane diagram) {
    try {
      return SvgPenTest.parsed(JavaFx.read(diagram::picture)).getDocumentElement().getTextContent();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Two nodes that have told each other all they know: nothing goes between them but what is sent from now on. */
  private static void startQuietNodes(WindowDriver driver) throws Exception {
    driver.startNodes("alice@localhost", "bob@localhost");
    driver.typeAtShell("alice@localhost", ":global.sync()");
    driver.awaitTerminal("alice@localhost", ":global.sync()\n:ok");
  }

  private static long dimmed(SpaceTimePane diagram) {
    return DIMMED.matcher(JavaFx.read(diagram::picture)).results().count();
  }

  private static void search(WindowDriver driver, String text) throws Exception {
    driver.retype("space-time-search", text);
    driver.press(KeyCode.ENTER);
    await(
        () ->
            driver.yard().selection().get() instanceof Selection.OfHappening(Happening it)
                && it.what() instanceof Sent sent
                && sent.text().contains(text),
        text + " is found");
  }

  @Test
  void openedWhileTimeStandsStillItShowsTheNewest() throws Exception {
    try (var driver = WindowDriver.open()) {
      startQuietNodes(driver);
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :hello)");
      driver.awaitTerminal("alice@localhost", ":hello)\n:hello");
      driver.stopTime();
      SpaceTimePane diagram = diagram(driver);
      await(
          () -> written(diagram).contains(":hello"),
          () -> "the newest message is shown, not " + written(diagram));
    }
  }

  @Test
  void openedAfterABranchItShowsTheNewest() throws Exception {
    try (var driver = WindowDriver.open()) {
      startQuietNodes(driver);
      long then = driver.instant();
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :first)");
      driver.awaitTerminal("alice@localhost", ":first)\n:first");
      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :second)");
      driver.awaitTerminal("alice@localhost", ":second)\n:second");
      SpaceTimePane diagram = diagram(driver);
      await(
          () -> written(diagram).contains(":second"),
          () -> "the newest message is shown, not " + written(diagram));
    }
  }

  @Test
  void aMessageIsDeliveredUnderWayOrLostAndSaysSo() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :first)");
      driver.awaitTerminal("alice@localhost", ":first)\n:first");
      SpaceTimePane diagram = diagram(driver);
      search(driver, ":first");
      driver.awaitText("inspector", "arrived after");

      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.L);
      driver.click("link-hold");
      await(() -> driver.yard().update().paths().size() == 2, "what is sent is held");
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :second)");
      driver.awaitTerminal("alice@localhost", ":second)\n:second");
      search(driver, ":second");
      driver.awaitText("inspector", "under way");
      driver.settle();
      driver.picture("fate-under-way");

      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.G);
      driver.press(KeyCode.K);
      await(
          () -> driver.yard().node("bob@localhost").stream().noneMatch(node -> node.isUp()),
          "bob is killed");
      search(driver, ":second");
      driver.awaitText("inspector", "fate\nlost");
      driver.settle();
      driver.picture("fate-lost");
      onJavaFx(
          () -> {
            ScrollBar bar = (ScrollBar) diagram.getRight();
            bar.setValue(bar.getMax());
            return bar;
          });
      await(
          () -> written(diagram).contains("was killed"),
          () -> "its end says why it was lost, not " + written(diagram));
    }
  }

  @Test
  void kindsOfPacketsAreShownOrHidden() throws Exception {
    try (var driver = WindowDriver.open()) {
      startQuietNodes(driver);
      SpaceTimePane diagram = diagram(driver);
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :hello)");
      await(
          () -> written(diagram).contains(":hello"),
          () -> "messages are shown, not " + written(diagram));
      driver.stopTime();
      assertThat(written(diagram)).doesNotContain("challenge");
      driver.click("cargo-handshake");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DOWN);
      await(
          () ->
              driver.yard().selection().get() instanceof Selection.OfHappening(Happening it)
                  && it.what() instanceof Sent,
          "an arrow is selected by a key");
      while (!written(diagram).contains("challenge")) {
        Selection.Subject before = onJavaFx(() -> driver.yard().selection().get());
        driver.press(KeyCode.UP);
        await(() -> !driver.yard().selection().get().equals(before), "handshakes are further up");
      }
      driver.click("cargo-handshake");
      driver.click("cargo-message");
      await(() -> !written(diagram).contains(":hello"), "messages are hidden");
      assertThat(written(diagram)).doesNotContain("challenge");
    }
  }

  @Test
  void whatCannotHaveCausedTheSelectedMessageIsDimmedAndItsClockIsTold() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.stopTime();
      driver.press(KeyCode.SPACE);
      driver.typeAtShell("carol@localhost", "send({:nobody, :bob@localhost}, :aside)");
      driver.awaitTerminal("carol@localhost", ":aside)\n:aside");
      driver.typeAtShell(
          "alice@localhost", ":rpc.call(:bob@localhost, String, :upcase, [\"hello\"])");
      driver.awaitTerminal("alice@localhost", "\"HELLO\"");
      driver.stopTime();
      SpaceTimePane diagram = diagram(driver);
      assertThat(dimmed(diagram)).isZero();
      driver.retype("space-time-search", ":aside");
      assertThat(dimmed(diagram)).as("what is not searched for").isPositive();
      driver.press(KeyCode.ENTER);
      driver.retype("space-time-search", " ");
      driver.awaitText("inspector", "vector clock");
      assertThat(driver.texts("inspector")).containsPattern("vector clock\\n.*carol \\d+");
      assertThat(dimmed(diagram)).as("what carol's message has nothing to do with").isPositive();
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT1);
      driver.press(KeyCode.G);
      driver.press(KeyCode.DIGIT2);
      assertThat(dimmed(diagram)).as("nothing, once a node is selected").isZero();
    }
  }

  @Test
  void anEventOfTheLogLeadsTheWholeWindowToItsInstant() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.K);
      await(
          () -> driver.yard().node("alice@localhost").stream().noneMatch(node -> node.isUp()),
          "alice is killed");
      driver.press(KeyCode.R);
      await(
          () -> driver.yard().node("alice@localhost").stream().anyMatch(node -> node.isUp()),
          "alice is there again");
      SpaceTimePane diagram = diagram(driver);
      driver.press(KeyCode.CONTROL, KeyCode.E);
      driver.click(() -> eventNow(driver, "was killed"), "the event");
      await(
          () ->
              driver.yard().selection().get() instanceof Selection.OfHappening(Happening it)
                  && it.what() instanceof Moment moment
                  && moment.text().equals("was killed"),
          "it is selected");
      driver.awaitText("inspector", "was killed");
      await(
          () ->
              driver.yard().update().isPast()
                  && diagram.shows(driver.yard().update().cursor().atNanos())
                  && driver.yard().node("alice@localhost").stream().noneMatch(node -> node.isUp()),
          "every view shows that instant");
    }
  }

  private static javafx.scene.Node eventNow(WindowDriver driver, String text) {
    return driver.stage().getScene().getRoot().lookupAll(".event-text").stream()
        .filter(
            node ->
                node instanceof javafx.scene.control.Label label && label.getText().equals(text))
        .findFirst()
        .orElse(null);
  }
}
