package beamyard.ui.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/** Markdown text as panes: paragraphs, headings, lists and tables, with emphasis, code and links in them. */
final class Prosaic {
  private static final Pattern INLINE =
      Pattern.compile(
          "`(?<code>[^`]+)`|\\*\\*(?<bold>[^*]+)\\*\\*|(?<![\\w*])[*_](?<em>[^*_]+)[*_](?![\\w*])"
              + "|\\[(?<link>[^\\]]+)\\]\\([^)]*\\)");
  private static final Pattern ITEM = Pattern.compile("^\\s*([-*+]|\\d+[.)])\\s+(.*)$");

  private Prosaic() {}

  /** One pane for each block of the text. */
  static List<Node> panes(String markdown) {
    var panes = new ArrayList<Node>();
    for (String block : markdown.strip().split("\n\\s*\n")) {
      List<String> lines = block.lines().toList();
      if (lines.isEmpty()) {
        continue;
      }
      String first = lines.getFirst();
      if (first.startsWith("#")) {
        var heading = new Label(first.replaceFirst("^#+\\s*", ""));
        heading.getStyleClass().add("sub-title");
        heading.setWrapText(true);
        panes.add(heading);
        if (lines.size() > 1) {
          panes.addAll(panes(String.join("\n", lines.subList(1, lines.size()))));
        }
      } else if (first.startsWith("|")) {
        var table = new Label(block);
        table.getStyleClass().addAll("code", "mono");
        panes.add(table);
      } else if (ITEM.matcher(first).matches()) {
        panes.add(list(lines));
      } else {
        panes.add(flow(String.join(" ", lines.stream().map(String::strip).toList())));
      }
    }
    return panes;
  }

  private static VBox list(List<String> lines) {
    var items = new ArrayList<String[]>();
    for (String line : lines) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        String mark = item.group(1).matches("\\d.*") ? item.group(1) : "•";
        items.add(new String[] {mark, item.group(2)});
      } else {
        items.getLast()[1] += " " + line.strip();
      }
    }
    var list = new VBox();
    list.getStyleClass().add("list");
    for (String[] item : items) {
      var mark = new Label(item[0]);
      mark.setMinWidth(18);
      TextFlow text = flow(item[1]);
      HBox.setHgrow(text, Priority.ALWAYS);
      list.getChildren().add(new HBox(mark, text));
    }
    return list;
  }

  /** A paragraph. */
  static TextFlow flow(String text) {
    String typeset = text.replace(" -- ", " – ");
    var flow = new TextFlow();
    flow.getStyleClass().add("prose");
    Matcher inline = INLINE.matcher(typeset);
    int done = 0;
    while (inline.find()) {
      add(flow, typeset.substring(done, inline.start()), "prose-text");
      add(flow, inline.group("code"), "prose-code");
      add(flow, inline.group("bold"), "prose-bold");
      add(flow, inline.group("em"), "prose-em");
      add(flow, inline.group("link"), "prose-link");
      done = inline.end();
    }
    add(flow, typeset.substring(done), "prose-text");
    return flow;
  }

  private static void add(TextFlow flow, @Nullable String text, String style) {
    if (text != null && !text.isEmpty()) {
      var piece = new Text(text);
      piece.getStyleClass().addAll("prose-text", style);
      flow.getChildren().add(piece);
    }
  }
}
