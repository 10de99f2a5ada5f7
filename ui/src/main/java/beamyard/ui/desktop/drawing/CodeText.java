package beamyard.ui.desktop.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.text.Text;

/** Code with colours, by the look of its words: nothing is parsed. */
public final class CodeText {
  private static final Pattern ELIXIR =
      Pattern.compile(
          "(?<comment>#.*$)|(?<string>\"(?:\\\\.|[^\"\\\\])*\"?|'(?:\\\\.|[^'\\\\])*')"
              + "|(?<atom>(?<![\\w:]):(?:\"[^\"]*\"|[a-z_][\\w@.]*[!?]?)|\\b[a-z_]\\w*[!?]?:(?=\\s)|\\b(?:true|false|nil)\\b)"
              + "|(?<module>\\b[A-Z]\\w*)"
              + "|(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?\\b)"
              + "|(?<keyword>\\b(?:def|defp|defmodule|defmacro|defstruct|defprotocol|defimpl|do|end|fn|case|cond|if|unless|else|receive|after|try|rescue|catch|use|import|alias|require|when|with|for|in|and|or|not)\\b(?!:))"
              + "|(?<attribute>@[a-z_]\\w*)"
              + "|(?<opaque>#(?:PID|Reference|Function|Port)<[^>]*>)");
  private static final Pattern JAVA =
      Pattern.compile(
          "(?<comment>//.*$|/\\*.*?(?:\\*/|$)|^\\s*\\*(?:\\s.*|/)?$)"
              + "|(?<string>\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"?|'(?:\\\\.|[^'\\\\])+')"
              + "|(?<atom>\\b(?:true|false|null)\\b)"
              + "|(?<module>\\b[A-Z]\\w*)"
              + "|(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?[LlFfDd]?\\b)"
              + "|(?<keyword>\\b(?:abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else"
              + "|enum|extends|final|finally|float|for|if|implements|import|instanceof|int|interface|long|new|package|permits"
              + "|private|protected|public|record|return|sealed|short|static|super|switch|synchronized|this|throw|throws|try"
              + "|var|void|volatile|when|while|yield)\\b)"
              + "|(?<attribute>@[A-Za-z_]\\w*)"
              + "|(?<opaque>(?!))");
  private static final List<String> KINDS =
      List.of("opaque", "comment", "string", "atom", "module", "number", "keyword", "attribute");

  private CodeText() {}

  /** Whose words have colours. */
  public enum Grammar {
    ELIXIR(CodeText.ELIXIR),
    JAVA(CodeText.JAVA);

    private final Pattern words;

    Grammar(Pattern words) {
      this.words = words;
    }
  }

  /** The pieces of a line of Elixir. */
  public static List<Text> line(String line) {
    return line(line, Grammar.ELIXIR);
  }

  /** The pieces of a line, each with the style classes {@code code-text} and {@code code-KIND}. */
  public static List<Text> line(String line, Grammar grammar) {
    var pieces = new ArrayList<Text>();
    // an opaque value begins like a comment
    Matcher words = grammar.words.matcher(line);
    int done = 0;
    int from = 0;
    while (from <= line.length() && words.find(from)) {
      int end = words.end();
      String kind = kindOf(words);
      if (grammar == Grammar.ELIXIR && kind.equals("comment") && isOpaque(line, words.start())) {
        end = line.indexOf('>', words.start()) + 1;
        kind = "opaque";
      }
      if (words.start() > done) {
        pieces.add(piece(line.substring(done, words.start()), "plain"));
      }
      pieces.add(piece(line.substring(words.start(), end), kind));
      done = end;
      from = Math.max(end, words.start() + 1);
    }
    if (done < line.length()) {
      pieces.add(piece(line.substring(done), "plain"));
    }
    return pieces;
  }

  private static boolean isOpaque(String line, int start) {
    return line.startsWith("<", start + 1)
        ? line.indexOf('>', start) > 0
        : line.substring(start).matches("#(PID|Reference|Function|Port|MapSet)<[^>]*>.*");
  }

  private static String kindOf(Matcher words) {
    for (String kind : KINDS) {
      if (words.group(kind) != null) {
        return kind;
      }
    }
    return "plain";
  }

  /** A piece of code in the colour of its kind. */
  public static Text piece(String text, String kind) {
    var piece = new Text(text);
    piece.getStyleClass().addAll("code-text", "code-" + kind);
    return piece;
  }
}
