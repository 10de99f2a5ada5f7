package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A learner taken through a lesson. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GuidedPlayTest {
  private static final String PAGE =
      """
      ## Joining

      {{< question title="Guess" >}}
      Does bob know alice?

      - [ ] yes
      - [x] no

      {{< reveal >}}
      {{< iex >}}
      iex(bob@localhost)> Node.list()
      []
      {{< /iex >}}
      {{< /reveal >}}
      {{< /question >}}

      {{< task title="Join them" stage="apart" >}}
      Make them know each other.

      ```check
      # alice sees bob
      # On alice@localhost
      :bob@localhost in Node.list()
      ```

      {{< hint >}}
      There is a function in `Node`.
      {{< /hint >}}

      {{< solution >}}
      {{< iex >}}
      iex(alice@localhost)> Node.connect(:bob@localhost)
      true
      {{< /iex >}}
      {{< /solution >}}
      {{< /task >}}

      ## End

      {{< summary >}}
      Nodes are joined by `Node.[[connect]]`.
      {{< /summary >}}
      """;

  @TempDir private Path state;

  private String play(String... lines) throws IOException {
    Lesson lesson = LessonReader.read("p.md", PAGE);
    assertThat(lesson.problems()).isEmpty();
    var out = new StringWriter();
    byte[] typed = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    var keyboard = new PipedOutputStream();
    var wire = new PipedInputStream(keyboard, 1 << 16);
    keyboard.write(typed);
    keyboard.flush();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(wire, new ByteArrayOutputStream())
            .type(Terminal.TYPE_DUMB)
            .build()) {
      new PlayCommand.Guide(
              IexCommand.reader(terminal, "test"), new PrintWriter(out, true), Progress.in(state))
          .lead("p", "p.md", lesson, 1);
    }
    return out.toString();
  }

  @Test
  void aLearnerGuessesDoesTheTaskAndFillsTheGaps() throws IOException {
    String shown =
        play(
            "2",
            "",
            "",
            "@hint",
            "@hint",
            "1 + 41",
            "@alice",
            "Node.connect(:bob@localhost)",
            "connect");
    assertThat(shown)
        .containsSubsequence(
            "Does bob know alice?",
            "  2) no",
            "Right.",
            "next, at bob@localhost:",
            "[]",
            "[task: Join them]",
            "not yet: alice sees bob",
            "There is a function in `Node`.",
            "(hint 1 of 1)",
            "that was the last hint",
            "42",
            "true",
            "  | alice@localhost sees :bob@localhost",
            "Done: Join them.",
            "Nodes are joined by `Node.[__?__]`.",
            "Yes.",
            "That was the last step.");
    assertThat(Progress.in(state).of("p").isDone()).isTrue();
  }

  @Test
  void typingWhatIsShownDoesTheStep() throws IOException {
    assertThat(play("2", "  Node.list() ", "@quit"))
        .containsSubsequence("next, at bob@localhost:", "[]", "[task: Join them]", "Kept:");
    assertThat(Progress.in(state).of("p").step()).isEqualTo(2);
  }

  @Test
  void whatIsNoChoiceIsAskedAgain() throws IOException {
    assertThat(play("maybe", "7", "1 2", "@quit"))
        .containsSubsequence(
            "Write a number from 1 to 2, or Enter to be told.",
            "Does bob know alice?",
            "Write a number from 1 to 2, or Enter to be told.",
            "Does bob know alice?",
            "Not quite. It is 2) no");
  }

  @Test
  void anExpressionThatIsNotCompleteCanBeGivenUp() throws IOException {
    assertThat(play("2", "foo(", "", "@break", "quit", "@quit"))
        .containsSubsequence(
            "(the expression is not complete: go on with it, or @break)",
            "next, at bob@localhost:",
            "undefined function quit/0",
            "(to the guide one writes it with an @: @quit)",
            "Kept:");
  }

  @Test
  void lookingAroundBetweenTwoGapsAsksTheSameOneAgain() throws IOException {
    assertThat(play("2", "", "@solve", "@look", "connect"))
        .containsSubsequence(
            "done: alice sees bob",
            "`Node.[__?__]`",
            "  | alice@localhost sees :bob@localhost",
            "`Node.[__?__]`",
            "Yes.",
            "That was the last step.");
  }

  @Test
  void linesOfTextAreBrokenAtTheWidthOfTheTerminal() {
    assertThat(Paragraphs.of("one two three\nfour\n\n- a list item\n- b\n\n| a | table |", 9))
        .containsExactly(
            "one two", "three", "four", "", "- a list", "  item", "- b", "", "| a | table |");
  }

  @Test
  void oneGoesOnWhereOneLeftAndMayGoBack() throws IOException {
    assertThat(play("1", "", "@quit")).contains("Not quite. It is 2) no", "Kept:");
    assertThat(Progress.in(state).of("p").step()).isEqualTo(2);
    String shown = play("@back", "", "@bob", "node()", "@carol", "@solve", "@quit");
    assertThat(shown)
        .containsSubsequence(
            "(going on at step 3 of 4",
            "[task: Join them]",
            "(step 2 of 4, in 'Joining')",
            "next, at bob@localhost:",
            ":bob@localhost",
            "there is no node 'carol'; there are",
            "done: alice sees bob",
            "Kept:");
  }

  @Test
  void progressIsKeptWhereThePlatformKeepsSuchThings() {
    assertThat(StateFolder.of(Map.of(), "Linux", "/home/ada"))
        .isEqualTo(Path.of("/home/ada/.local/state/beamyard"));
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/s"), "Linux", "/home/ada"))
        .isEqualTo(Path.of("/s/beamyard"));
    assertThat(StateFolder.of(Map.of(), "Mac OS X", "/Users/ada"))
        .isEqualTo(Path.of("/Users/ada/Library/Application Support/beamyard"));
    assertThat(StateFolder.of(Map.of("LOCALAPPDATA", "/L"), "Windows 11", "/u"))
        .isEqualTo(Path.of("/L/beamyard"));
    assertThat(StateFolder.of(Map.of("BEAMYARD_STATE", "/here"), "Linux", "/home/ada"))
        .isEqualTo(Path.of("/here"));
  }

  @Test
  void aMarkThatCannotBeReadIsLeftOut() throws IOException {
    Files.writeString(state.resolve("progress"), "nonsense\np\t3\t4\nq\tx\t4\n");
    assertThat(Progress.in(state).of("p").step()).isEqualTo(3);
    assertThat(Progress.in(state).of("q").step()).isZero();
  }
}
