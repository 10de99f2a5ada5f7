package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** What one types at a shell, and how it is shown. */
class ShellWindowTest {
  private static String prompt(WindowDriver driver, String node) {
    return driver.yard().shells().stream()
        .filter(shell -> shell.node().equals(node))
        .map(shell -> shell.promptProperty().get())
        .findFirst()
        .orElse("");
  }

  @Test
  void anInputOfSeveralLinesIsTypedLineByLine() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "defmodule Sum do");
      await(() -> prompt(driver, "alice@localhost").startsWith("...("), "it goes on");
      driver.typeAtShell("alice@localhost", "  def of(a, b), do: a + b");
      driver.typeAtShell("alice@localhost", "end");
      driver.awaitTerminal("alice@localhost", "{:module, Sum,");
      driver.typeAtShell("alice@localhost", "Sum.of(40, 2)");
      driver.awaitTerminal("alice@localhost", "Sum.of(40, 2)\n42");
      // what was begun by mistake is left as in iex
      driver.typeAtShell("alice@localhost", "x = [1,");
      await(() -> prompt(driver, "alice@localhost").startsWith("...("), "it goes on");
      driver.typeAtShell("alice@localhost", "#iex:break");
      driver.awaitTerminal("alice@localhost", "** (TokenMissingError)");
      await(() -> prompt(driver, "alice@localhost").startsWith("iex("), "a new input begins");
    }
  }

  @Test
  void whatIsTypedAndPrintedHasItsColours() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "if true, do: {:atom, \"text\", 42, String} # said");
      driver.awaitTerminal("alice@localhost", "# said\n{:atom");
      driver.typeAtShell("alice@localhost", "raise \"no\"");
      driver.awaitTerminal("alice@localhost", "** (RuntimeError) no");
      for (String kind :
          List.of("error", "atom", "string", "number", "module", "keyword", "comment", "prompt")) {
        await(
            () -> driver.stage().getScene().getRoot().lookup(".terminal .code-" + kind) != null,
            "there is a colour for " + kind);
      }
      driver.picture("colours");
    }
  }

  @Test
  void eachShellRemembersItsOwnInputs() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "1 + 1");
      driver.awaitTerminal("alice@localhost", "1 + 1\n2");
      driver.typeAtShell("bob@localhost", "2 + 2");
      driver.awaitTerminal("bob@localhost", "2 + 2\n4");
      driver.press(KeyCode.UP);
      TextField bob = (TextField) driver.find("line-bob@localhost");
      assertThat(onJavaFx(() -> bob.getText())).isEqualTo("2 + 2");
      driver.press(KeyCode.CONTROL, KeyCode.TAB);
      driver.typeAtShell("alice@localhost", "");
      driver.press(KeyCode.UP);
      TextField alice = (TextField) driver.find("line-alice@localhost");
      assertThat(onJavaFx(() -> alice.getText())).isEqualTo("1 + 1");
    }
  }
}
