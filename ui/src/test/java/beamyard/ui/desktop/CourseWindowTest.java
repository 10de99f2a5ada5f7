package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.learning.LessonModel.State;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons taken from the library to their last gap, as a newcomer takes them. */
class CourseWindowTest {
  private static final long SOON_NANOS = 500_000_000L;

  private static final Set<State> WAITING =
      EnumSet.of(State.READY, State.ASKING, State.WORKING, State.ENDED);

  @ParameterizedTest
  @ValueSource(strings = {"first-steps", "global-names", "partitions"})
  void aLessonIsTakenFromStartToEnd(String name) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.press(KeyCode.CONTROL, KeyCode.L);
      driver.scrollAndClick("lesson-" + name);
      LessonModel lessons = driver.window().lessons();
      await(() -> lessons.lessonProperty().get() != null, "the lesson is open");
      int pictures = 0;
      int steps = 0;
      while (true) {
        awaitSoon(driver, () -> WAITING.contains(lessons.stateProperty().get()));
        setPaused(
            driver, true); // a slow machine looks at it for long: what is cut would be given up
        State state = onJavaFx(() -> lessons.stateProperty().get());
        int line = onJavaFx(() -> lessons.lineProperty().get());
        if (state != State.READY || steps++ % 8 == 0) {
          driver.settle();
          driver.picture("course-" + name + "-" + String.format("%02d", pictures++) + "-" + state);
        }
        setPaused(driver, false);
        switch (state) {
          case ASKING -> driver.scrollAndClick(firstChoice(driver));
          case READY -> driver.press(KeyCode.F8);
          case WORKING -> {
            driver.scrollAndClick("task-hint");
            driver.press(KeyCode.F8);
          }
          default -> {}
        }
        if (state == State.ENDED) {
          break;
        }
        awaitSoon(
            driver,
            () ->
                lessons.lineProperty().get() != line
                    || lessons.stateProperty().get() != state
                    || lessons.stateProperty().get() == State.ENDED);
      }
      assertThat(onJavaFx(() -> lessons.marks().differingProperty().get())).isZero();
      Node gap = driver.lookupNow("gap-1");
      if (gap != null) {
        driver.scrollAndClick(gap);
        driver.type("something else");
        driver.press(KeyCode.ENTER);
        onJavaFx(
            () -> {
              ((TextField) gap).clear();
              return gap;
            });
        driver.press(KeyCode.ENTER);
        assertThat(onJavaFx(() -> gap.getPseudoClassStates().toString())).contains("success");
      }
      driver.picture("course-" + name + "-99-gaps");
      driver.click("run-next");
      await(() -> !lessons.name().contains(name), "the next lesson is open");
    }
  }

  /** Only what takes long goes ten times as fast: what was cut would be given up while a slow machine looks at the page. */
  private static void awaitSoon(WindowDriver driver, BooleanSupplier goesOn) throws Exception {
    long soon = System.nanoTime() + SOON_NANOS;
    while (System.nanoTime() < soon && !onJavaFx(goesOn::getAsBoolean)) {
      Thread.sleep(20);
    }
    setSpeed(driver, 10);
    await(goesOn, "the page goes on");
    setSpeed(driver, 1);
  }

  private static void setSpeed(WindowDriver driver, double speed) throws Exception {
    onJavaFx(
        () -> {
          driver.yard().speedProperty().set(speed);
          return driver;
        });
  }

  private static void setPaused(WindowDriver driver, boolean paused) throws Exception {
    onJavaFx(
        () -> {
          driver.yard().pausedProperty().set(paused);
          return driver;
        });
  }

  private static Node firstChoice(WindowDriver driver) throws Exception {
    return onJavaFx(
        () ->
            driver.stage().getScene().getRoot().lookupAll(".choice").stream()
                .filter(choice -> !choice.isDisabled())
                .findFirst()
                .orElseThrow());
  }
}
