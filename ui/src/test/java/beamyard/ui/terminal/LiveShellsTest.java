package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Start;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A learner at the shells of three nodes, whose time is the wall's. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LiveShellsTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keyboard = new PipedOutputStream();
  private Terminal terminal;
  private Thread conversation;
  private int seen;

  @BeforeEach
  void sitDown() throws IOException {
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(new PipedInputStream(keyboard, 1 << 16), screen)
            .type(Terminal.TYPE_DUMB)
            .encoding(StandardCharsets.UTF_8)
            .build();
    List<Start> nodes = NodeNames.starts("alice,bob,carol");
    var stage = SimulatedStage.withSeed(1);
    stage.start(nodes);
    var shells = new LiveShells(IexCommand.reader(terminal, "test"), stage, nodes);
    conversation = new Thread(null, shells::converse, "conversation", 64L << 20);
    conversation.start();
  }

  @AfterEach
  void getUp() throws IOException, InterruptedException {
    keyboard.close();
    conversation.join();
    terminal.close();
  }

  private void type(String line) throws IOException {
    seen = screen.toString(StandardCharsets.UTF_8).length();
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Waits until the screen shows a text that was not there when the last line was typed. */
  private void awaits(String text) throws InterruptedException {
    while (!shownSince(seen).contains(text)) {
      assertThat(conversation.isAlive()).as(shownSince(0)).isTrue();
      Thread.sleep(10);
    }
  }

  private String shownSince(int from) {
    return screen.toString(StandardCharsets.UTF_8).substring(from).replace("\r", "");
  }

  @Test
  void whatOtherNodesPrintAppearsAsItComesWhileOneTypes() throws Exception {
    awaits("iex(alice@localhost)1> ");
    type("Node.connect(:bob@localhost)");
    awaits("true\n");
    awaits("iex(alice@localhost)2> ");
    type("@bob spawn(fn -> Process.sleep(300); IO.puts(\"much\" <> \" later\") end); :begun");
    awaits("bob| :begun");
    awaits("bob| much later");
    type("@carol");
    awaits("iex(carol@localhost)1> ");
    type("@all node()");
    awaits("alice| :alice@localhost");
    awaits("bob| :bob@localhost");
    awaits("\n:carol@localhost");
  }

  @Test
  void anExpressionMayGoOverSeveralLinesAndAProgramMayAskForOne() throws Exception {
    awaits("iex(alice@localhost)1> ");
    type("[1,");
    awaits("...(alice@localhost)1> ");
    type("2]");
    awaits("[1, 2]");
    awaits("iex(alice@localhost)2> ");
    type("String.upcase(IO.gets(\"name? \"))");
    awaits("name? ");
    type("@ada");
    awaits("\"@ADA\\n\"");
  }

  @Test
  void anEndlessLoopHangsNothing() throws Exception {
    awaits("iex(alice@localhost)1> ");
    type("@bob Enum.each(Stream.cycle([1]), fn _ -> :ok end)");
    awaits("iex(alice@localhost)1> ");
    type("1 + 41");
    awaits("42");
    type("Enum.each(Stream.cycle([1]), fn _ -> :ok end)");
    Thread.sleep(200);
    terminal.raise(Terminal.Signal.INT);
    awaits("BREAK: ");
    type("i");
    awaits("shell process exited with reason: killed");
    awaits("iex(alice@localhost)1> ");
    type("6 * 7");
    awaits("42");
  }

  @Test
  void aNodeThatIsDownIsToldAndCanBeStartedAgain() throws Exception {
    awaits("iex(alice@localhost)1> ");
    type("x = 5");
    awaits("iex(alice@localhost)2> ");
    type("System.halt()");
    awaits("(alice@localhost is down) ");
    type("@");
    awaits("* alice@localhost  down");
    type("@start alice");
    awaits("iex(alice@localhost)1> ");
    type("@nobody");
    awaits("there is no node 'nobody'; there are ");
    type("@skip 90s");
    awaits("(now at 9");
  }
}
