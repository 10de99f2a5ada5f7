package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.yard.Selection;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Time that runs faster, and until something is so. */
class TimeRunWindowTest {
  private static final long SECOND = 1_000_000_000L;

  private static void runUntil(WindowDriver driver, String kind, String text) throws Exception {
    driver.press(KeyCode.ESCAPE);
    driver.press(KeyCode.U);
    var kinds = (ComboBox<?>) driver.find("until-kind");
    await(kinds::isVisible, "it can be chosen");
    onJavaFx(
        () -> {
          kinds.requestFocus();
          return kinds;
        });
    int at =
        onJavaFx(
            () ->
                kinds.getItems().stream().map(String::valueOf).toList().indexOf(kind)
                    - kinds.getSelectionModel().getSelectedIndex());
    for (int i = 0; i < at; i++) {
      driver.press(KeyCode.DOWN);
    }
    await(() -> String.valueOf(kinds.getValue()).equals(kind), kind + " is chosen by keys");
    driver.retype("until", text);
    driver.click("dialog-ok");
  }

  @Test
  void itRunsUntilATimeAPredicateOrAnEvent() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      runUntil(driver, "the time is", "42.5");
      await(() -> driver.yard().pausedProperty().get(), "the time is reached");
      assertThat(driver.yardThread().look(run -> run.position().atNanos()).join())
          .isEqualTo(42_500_000_000L);

      driver.press(KeyCode.SPACE);
      driver.typeAtShell(
          "alice@localhost",
          "spawn(fn -> Process.sleep(20_000); Application.put_env(:my, :done, true) end)");
      driver.awaitTerminal("alice@localhost", "#PID<");
      long before = driver.instant();
      runUntil(driver, "it holds at alice@localhost", "Application.get_env(:my, :done)");
      await(() -> driver.yard().pausedProperty().get(), "it holds");
      assertThat(onJavaFx(() -> driver.yard().update().end().atNanos()))
          .isGreaterThan(before + 15 * SECOND);
      assertThat(driver.banner()).isEmpty();
      assertThat(driver.terminal("alice@localhost")).doesNotContain("get_env");

      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.G);
      driver.press(KeyCode.P);
      driver.awaitState("bob@localhost", State.PAUSED);
      runUntil(driver, "something happens that says", "sees bob@localhost down");
      await(() -> driver.yard().pausedProperty().get(), "alice has given bob up");
      assertThat(onJavaFx(() -> driver.yard().node("alice@localhost").orElseThrow().peers()))
          .isEmpty();
    }
  }

  @Test
  void whatCannotBeAskedIsToldAtOnce() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      runUntil(driver, "it holds at alice@localhost", "nobody_knows == 1");
      driver.awaitBanner("nobody_knows == 1 cannot be asked at alice@localhost");
      assertThat(driver.banner()).contains("undefined function nobody_knows");
      assertThat(onJavaFx(() -> driver.yard().update().end().atNanos())).isLessThan(60 * SECOND);
    }
  }

  @Test
  void whatNeverComesAboutIsLeftByPausingOrCancelling() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      // so much is to be done in every second that ten minutes take longer than anybody waits
      driver.typeAtShell(
          "alice@localhost", "spawn(fn -> Enum.reduce(Stream.cycle([1]), 0, &+/2) end)");
      driver.awaitTerminal("alice@localhost", "#PID<");
      runUntil(driver, "something happens that says", "never to be seen");
      driver.find("run-until-cancel");
      driver.picture("run-until");
      driver.press(KeyCode.SPACE);
      await(() -> driver.lookupNow("run-until-cancel") == null, "pausing ends it");
      long still = driver.yardThread().look(run -> run.position().atNanos()).join();
      driver.settle();
      assertThat(driver.yardThread().look(run -> run.position().atNanos()).join()).isEqualTo(still);
      assertThat(driver.banner()).isEmpty();

      runUntil(driver, "something happens that says", "never to be seen");
      driver.click("run-until-cancel");
      await(() -> driver.yard().pausedProperty().get(), "it stands still");
      assertThat(driver.banner()).isEmpty();
    }
  }

  @Test
  void aSpeedIsChosenByKeys() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.stopTime();
      var speed = (ComboBox<?>) driver.find("time-speed");
      onJavaFx(
          () -> {
            speed.requestFocus();
            return speed;
          });
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.DOWN);
      await(() -> driver.yard().speedProperty().get() == 100, "a hundred times as fast");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.SPACE);
      long before = onJavaFx(() -> driver.yard().update().end().atNanos());
      await(
          () -> driver.yard().update().end().atNanos() > before + 60 * SECOND, "a minute goes by");
    }
  }

  @Test
  void whatIsSelectedAndTheInstantAreTheSameInEveryView() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      long then = driver.instant();
      driver.typeAtShell("alice@localhost", ":global.register_name(:boss, self())");
      driver.awaitTerminal("alice@localhost", ":yes");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT3);
      driver.awaitText("beliefs", ":boss");
      driver.clickOnText("beliefs", "bob");
      // the first bob is the head of a column, which selects nothing
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.ENTER);
      await(
          () -> driver.yard().selection().get().equals(new Selection.OfNode("bob@localhost")),
          "bob is selected among the beliefs");
      driver.awaitText("inspector", "bob@localhost\n");
      driver.press(KeyCode.DIGIT1);
      driver.press(KeyCode.K);
      driver.awaitState("bob@localhost", State.DOWN);
      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      driver.awaitState("bob@localhost", State.RUNNING);
      driver.press(KeyCode.DIGIT3);
      await(() -> !driver.texts("beliefs").contains(":boss"), "the name was not registered then");
      driver.awaitText("inspector", "running");
      assertThat(driver.terminal("alice@localhost")).doesNotContain(":boss");
    }
  }
}
