package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file, the window tells it in a banner, shows what is good, and goes on. */
class DamagedFilesWindowTest {
  private static final int TIMES = 20;

  private static final String PAGE =
      """
      ---
      title: A page
      hexdocsLinks:
        - title: "Node"
          url: "https://hexdocs.pm/elixir/1.14/Node.html"
      ---

      ## One

      ```bash
      iex --sname alice@localhost
      iex --sname bob@localhost
      ```

      ```elixir
      defmodule Greeter do
        def hello(name), do: "Hello " <> name
      end
      ```

      {{< callout type="note" >}}
      Careful.
      {{< /callout >}}

      ```elixir
      iex(alice@localhost)> Greeter.hello("bob")
      "Hello bob"
      iex(alice@localhost)> Node.connect(:bob@localhost)
      true
      ```
      """;

  private static void open(WindowDriver driver, Path file) throws Exception {
    long begun = System.nanoTime();
    driver.open(file);
    // what the window was given to do is done at once: the long part goes on beside it
    assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    await(() -> driver.window().opener().doingProperty().get().isEmpty(), "it is opened");
  }

  private static void awaitLife(WindowDriver driver) throws Exception {
    onJavaFx(
        () -> {
          driver.yard().pausedProperty().set(false);
          driver.yard().thread().goLive();
          return driver;
        });
    driver.instant();
  }

  /** A yard's file of each kind, as the window itself saves it. */
  private static void save(Path setup, Path recording) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "x = 6 * 7");
      driver.awaitTerminal("alice@localhost", "x = 6 * 7\n42");
      onJavaFx(() -> driver.window().opener().saveSetup(setup)).join();
      onJavaFx(() -> driver.window().opener().saveRecording(recording)).join();
    }
  }

  @Test
  void recordingsAndSetUpsThatAreCutAnywhereOpenToTheirLastGoodPoint(@TempDir Path directory)
      throws Exception {
    Path setup = directory.resolve("setup.yard");
    Path recording = directory.resolve("run.yard");
    save(setup, recording);
    var random = new Random(7);
    try (var driver = WindowDriver.open()) {
      for (Path good : new Path[] {recording, setup}) {
        String text = Files.readString(good);
        for (int i = 0; i < TIMES; i++) {
          Path cut = directory.resolve("cut.yard");
          int at = "beamyard yard 1\n".length() + random.nextInt(text.length() - 16);
          Files.writeString(cut, text.substring(0, at));
          open(driver, cut);
          String line = text.substring(0, at).lines().toList().getLast();
          boolean whole = text.lines().anyMatch(line::equals);
          if (!whole && !line.startsWith("seed") && !line.startsWith("place")) {
            assertThat(driver.banner()).as(line).contains("cut.yard");
          }
          awaitLife(driver);
        }
      }
    }
  }

  @Test
  void pagesWithMistakesOpenWithWhatIsGoodInThem(@TempDir Path directory) throws Exception {
    var random = new Random(8);
    try (var driver = WindowDriver.open()) {
      for (int i = 0; i < TIMES; i++) {
        Path page = directory.resolve("page.md");
        int at = random.nextInt(PAGE.length());
        String damaged =
            switch (i % 4) {
              case 0 -> PAGE.substring(0, at);
              case 1 -> PAGE.substring(0, at) + "\n```\n" + PAGE.substring(at);
              case 2 -> PAGE.substring(0, at) + "{{<" + PAGE.substring(at);
              default ->
                  PAGE.replaceFirst("(?m)^.*" + (i % 2 == 0 ? "url" : "end") + ".*$", "\t: [");
            };
        Files.writeString(page, damaged);
        open(driver, page);
        boolean shown = onJavaFx(() -> driver.window().lessons().lessonProperty().get() != null);
        assertThat(shown || !driver.banner().isEmpty()).as(damaged).isTrue();
        assertThat(driver.banner()).doesNotContain("Exception");
        awaitLife(driver);
      }
    }
  }

  @Test
  void aPromptOfWhichOnlyThePromptIsLeftIsShown(@TempDir Path directory) throws Exception {
    Path cut = directory.resolve("cut.md");
    Files.writeString(cut, PAGE.substring(0, PAGE.indexOf("Greeter.hello(\"bob")));
    try (var driver = WindowDriver.open()) {
      open(driver, cut);
      await(() -> driver.window().lessons().lessonProperty().get() != null, "the page is open");
      driver.awaitState("alice@localhost", State.RUNNING);
    }
  }
}
