package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Branches side by side, running until something is so, and completing what is typed. */
class BranchWindowTest {
  @Test
  void aBranchIsNamedComparedAndRunUntilSomethingHappens() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      long then = driver.instant();
      driver.typeAtShell("alice@localhost", ":global.register_name(:boss, self())");
      driver.awaitTerminal("alice@localhost", ":yes");
      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      driver.clickNode("carol@localhost");
      driver.press(KeyCode.K);
      await(() -> driver.yard().update().branches().size() == 2, "there is a branch");
      onJavaFx(
          () -> {
            driver.window().all().stream()
                .filter(action -> action.name().equals("Rename this branch"))
                .forEach(action -> action.deed().run());
            return driver;
          });
      driver.retype("name", "without carol");
      driver.click("dialog-ok");
      await(
          () -> driver.yard().update().branches().getLast().name().equals("without carol"),
          "the branch has its name");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.U);
      driver.retype("until", "tick");
      driver.click("dialog-ok");
      await(() -> driver.yard().pausedProperty().get(), "it has happened");
      assertThat(onJavaFx(() -> driver.yard().problemProperty().get())).isEmpty();
      assertThat(driver.terminal("alice@localhost"))
          .endsWith("Node.connect(:carol@localhost)\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT6);
      await(() -> driver.texts("branches").contains("≠"), "differences are marked");
      driver.settle();
      driver.picture("branches");
    }
  }

  @Test
  void tabCompletesWhatIsTyped() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "counter = 41");
      driver.awaitTerminal("alice@localhost", "= 41\n41");
      TextField line = (TextField) driver.find("line-alice@localhost");
      driver.retype(line, "coun");
      driver.press(KeyCode.TAB);
      await(() -> line.getText().equals("counter"), "what is bound is completed");
      driver.retype(line, "Node.l");
      driver.press(KeyCode.TAB);
      await(() -> line.getText().equals("Node.list"), "a function is completed");
      driver.retype(line, "String.re");
      driver.press(KeyCode.TAB);
      Label candidates = (Label) driver.find("candidates-alice@localhost");
      assertThat(onJavaFx(candidates::getText)).contains("replace").contains("reverse");
      driver.picture("completion");
      driver.retype(line, "Enum.min_m");
      driver.press(KeyCode.TAB);
      await(
          () -> candidates.getText().contains("min_max_by(enumerable,"),
          "few functions are told with what they do");
      driver.picture("completion-told");
    }
  }

  @Test
  void aNewcomerIsShownAroundInThreeSteps() throws Exception {
    try (var driver = WindowDriver.open()) {
      onJavaFx(
          () -> {
            driver.window().welcomeNewcomer();
            return driver;
          });
      driver.click("tour-next");
      driver.picture("welcome");
      driver.click("tour-next");
      driver.click("tour-next");
      await(() -> driver.lookupNow("welcome-tour") == null, "the tour is over");
      onJavaFx(
          () -> {
            driver.window().all().stream()
                .filter(action -> action.name().startsWith("Colours for all eyes"))
                .forEach(action -> action.deed().run());
            return driver;
          });
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.clickNode("bob@localhost");
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 4, "bob is cut off");
      driver.settle();
      driver.picture("for-all-eyes");
    }
  }
}
