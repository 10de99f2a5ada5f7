package beamyard.ui.desktop.yard;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.run.Printed.Source;
import beamyard.ui.desktop.yard.ShellModel.Line;
import beamyard.ui.desktop.yard.ShellModel.Look;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellModelTest {
  private final List<String> typed = new ArrayList<>();
  private final ShellModel shell = new ShellModel("a@h", typed::add);

  private static Printed printed(long step, Source source, String text) {
    return new Printed(at(step), "a@h", source, text);
  }

  private static Position at(long step) {
    return new Position(step, step);
  }

  @Test
  void piecesOfALineAreOneLine() {
    shell.show(
        List.of(
            printed(1, Source.OUTPUT, "one "),
            printed(2, Source.OUTPUT, "line\nand another\n"),
            printed(3, Source.OUTPUT, "")),
        at(9));
    assertThat(shell.text()).isEqualTo("one line\nand another");
  }

  @Test
  void thePromptOfAnInputIsKnownAndAnErrorLooksLikeOneToItsEnd() {
    shell.show(
        List.of(
            printed(1, Source.INPUT, "iex(a@h)1> raise \"x\"\n"),
            printed(2, Source.OUTPUT, "** (RuntimeError) x\n    here\n"),
            printed(3, Source.OUTPUT, "fine\n")),
        at(9));
    assertThat(shell.lines())
        .containsExactly(
            new Line(Look.INPUT, "iex(a@h)1> raise \"x\"", "iex(a@h)1> ".length()),
            new Line(Look.ERROR, "** (RuntimeError) x", 0),
            new Line(Look.ERROR, "    here", 0),
            new Line(Look.OUTPUT, "fine", 0));
  }

  @Test
  void whatIsLaterThanTheCursorIsNotShown() {
    shell.show(
        List.of(printed(1, Source.OUTPUT, "early\n"), printed(5, Source.OUTPUT, "late\n")), at(9));
    shell.show(List.of(), at(3));
    assertThat(shell.text()).isEqualTo("early");
    shell.show(List.of(), at(5));
    assertThat(shell.text()).isEqualTo("early\nlate");
  }

  @Test
  void whatWasTypedIsRecalled() {
    shell.type("one");
    shell.type("two");
    shell.type("two");
    assertThat(typed).containsExactly("one", "two", "two");
    assertThat(shell.earlier()).isEqualTo("two");
    assertThat(shell.earlier()).isEqualTo("one");
    assertThat(shell.earlier()).isEqualTo("one");
    assertThat(shell.later()).isEqualTo("two");
    assertThat(shell.later()).isEmpty();
  }
}
