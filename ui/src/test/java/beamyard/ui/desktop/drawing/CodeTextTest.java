package beamyard.ui.desktop.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.drawing.CodeText.Grammar;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.text.Text;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class CodeTextTest {
  private static List<String> of(String kind, String line, Grammar grammar) {
    return CodeText.line(line, grammar).stream()
        .filter(piece -> piece.getStyleClass().contains("code-" + kind))
        .map(Text::getText)
        .toList();
  }

  @Property
  void thePiecesOfALineAreTheLine(
      @ForAll @CharRange(from = ' ', to = '~') String line, @ForAll Grammar grammar) {
    assertThat(
            CodeText.line(line, grammar).stream().map(Text::getText).collect(Collectors.joining()))
        .isEqualTo(line);
  }

  @Test
  void wordsOfJavaAreToldApart() {
    String line = "  @Override public String call(Node node) { return \"a \\\" b\" + 12L; } // so";
    assertThat(of("keyword", line, Grammar.JAVA)).containsExactly("public", "return");
    assertThat(of("module", line, Grammar.JAVA)).containsExactly("String", "Node");
    assertThat(of("string", line, Grammar.JAVA)).containsExactly("\"a \\\" b\"");
    assertThat(of("number", line, Grammar.JAVA)).containsExactly("12L");
    assertThat(of("attribute", line, Grammar.JAVA)).containsExactly("@Override");
    assertThat(of("comment", line, Grammar.JAVA)).containsExactly("// so");
    assertThat(of("comment", " * of a comment", Grammar.JAVA)).containsExactly(" * of a comment");
    assertThat(of("comment", "a * b", Grammar.JAVA)).isEmpty();
  }

  @Test
  void wordsOfElixirAreToldApart() {
    String line = "def add(n) when n > 1, do: send(self(), {:ok, nil}) # so";
    assertThat(of("keyword", line, Grammar.ELIXIR)).containsExactly("def", "when");
    assertThat(of("atom", line, Grammar.ELIXIR)).containsExactly("do:", ":ok", "nil");
    assertThat(of("comment", line, Grammar.ELIXIR)).containsExactly("# so");
    assertThat(of("opaque", "#PID<0.1.0>", Grammar.ELIXIR)).containsExactly("#PID<0.1.0>");
  }
}
