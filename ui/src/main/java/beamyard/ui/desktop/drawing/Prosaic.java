package beamyard.ui.desktop.drawing;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Markdown text as panes: paragraphs, headings, lists and tables, with emphasis, code and links in them. A link that is
 * followed tells so by a {@link LinkEvent}.
 */
public final class Prosaic {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private Prosaic() {}

  /** A paragraph of plain text that wraps, in a class of the style sheet. */
  public static Label label(String text, String styleClass) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    label.getStyleClass().add(styleClass);
    return label;
  }

  /** One pane for each block of the text. */
  public static List<Node> panes(String markdown) {
    var blocks = new Blocks();
    PARSER.parse(markdown).accept(blocks);
    return List.copyOf(blocks.panes);
  }

  /** A paragraph. */
  public static TextFlow flow(String text) {
    TextFlow flow = paragraph();
    PARSER.parse(text).accept(new Pieces(flow, "prose-text"));
    return flow;
  }

  /** A link that stands alone. */
  public static Hyperlink link(String text, String target) {
    var link = new Hyperlink(text);
    link.getStyleClass().add("prose-link");
    link.setTooltip(new Tooltip(target));
    link.setOnAction(_ -> link.fireEvent(new LinkEvent(target)));
    return link;
  }

  private static TextFlow paragraph() {
    var flow = new TextFlow();
    flow.getStyleClass().add("prose");
    return flow;
  }

  private static TextFlow flow(org.commonmark.node.Node block) {
    TextFlow flow = paragraph();
    block.accept(new Pieces(flow, "prose-text"));
    return flow;
  }

  /** Makes a pane of each block. */
  private static final class Blocks extends AbstractVisitor {
    private final List<Node> panes = new ArrayList<>();

    @Override
    public void visit(Paragraph paragraph) {
      panes.add(flow(paragraph));
    }

    @Override
    public void visit(Heading heading) {
      TextFlow flow = paragraph();
      flow.getStyleClass().add("sub-title");
      heading.accept(new Pieces(flow, "prose-bold"));
      panes.add(flow);
    }

    @Override
    public void visit(BulletList list) {
      panes.add(items(list, 0, "•"));
    }

    @Override
    public void visit(OrderedList list) {
      Integer first = list.getMarkerStartNumber();
      panes.add(items(list, first == null ? 1 : first, "."));
    }

    @Override
    public void visit(BlockQuote quote) {
      var box = new VBox();
      box.getStyleClass().addAll("frame", "callout");
      box.getChildren().setAll(inside(quote));
      panes.add(box);
    }

    @Override
    public void visit(FencedCodeBlock code) {
      panes.add(verbatim(code.getLiteral()));
    }

    @Override
    public void visit(IndentedCodeBlock code) {
      panes.add(verbatim(code.getLiteral()));
    }

    @Override
    public void visit(HtmlBlock html) {
      panes.add(verbatim(html.getLiteral()));
    }

    @Override
    public void visit(CustomBlock table) {
      var grid = new GridPane();
      grid.getStyleClass().add("table");
      table.accept(new Cells(grid));
      panes.add(grid);
    }

    private static List<Node> inside(org.commonmark.node.Node block) {
      var blocks = new Blocks();
      blocks.visitChildren(block);
      return blocks.panes;
    }

    private static VBox items(org.commonmark.node.Node list, int first, String mark) {
      var box = new VBox();
      box.getStyleClass().add("list");
      int number = first;
      for (var item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
        var sign = new Label(first > 0 ? number++ + mark : mark);
        sign.setMinWidth(18);
        var text = new VBox();
        text.getStyleClass().add("list");
        text.getChildren().setAll(inside(item));
        HBox.setHgrow(text, Priority.ALWAYS);
        box.getChildren().add(new HBox(sign, text));
      }
      return box;
    }

    private static Label verbatim(String text) {
      var label = new Label(text.stripTrailing());
      label.getStyleClass().addAll("code", "mono");
      return label;
    }
  }

  /** Puts the cells of a table into a grid. */
  private static final class Cells extends AbstractVisitor {
    private final GridPane grid;
    private int row;
    private int column;

    private Cells(GridPane grid) {
      this.grid = grid;
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableRow) {
        column = 0;
        visitChildren(node);
        row++;
      } else if (node instanceof TableCell cell) {
        TextFlow flow = paragraph();
        flow.getStyleClass().add(cell.isHeader() ? "table-head" : "table-cell");
        cell.accept(new Pieces(flow, cell.isHeader() ? "prose-bold" : "prose-text"));
        GridPane.setHgrow(flow, Priority.SOMETIMES);
        grid.add(flow, column++, row);
      } else {
        visitChildren(node);
      }
    }
  }

  /** Adds the pieces of a paragraph to a flow, each in the style of what it stands in. */
  private static final class Pieces extends AbstractVisitor {
    private final TextFlow flow;
    private String style;

    private Pieces(TextFlow flow, String style) {
      this.flow = flow;
      this.style = style;
    }

    @Override
    public void visit(org.commonmark.node.Text text) {
      add(text.getLiteral().replace(" -- ", " – "), style);
    }

    @Override
    public void visit(Code code) {
      add(code.getLiteral(), "prose-code");
    }

    @Override
    public void visit(Emphasis emphasis) {
      within(emphasis, "prose-em");
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
      within(emphasis, "prose-bold");
    }

    @Override
    public void visit(Link link) {
      flow.getChildren().add(link(words(link), link.getDestination()));
    }

    @Override
    public void visit(Image image) {
      add(words(image), "prose-em");
    }

    @Override
    public void visit(SoftLineBreak end) {
      add(" ", style);
    }

    @Override
    public void visit(HardLineBreak end) {
      add("\n", style);
    }

    @Override
    public void visit(HtmlInline html) {
      add(html.getLiteral(), style);
    }

    @Override
    public void visit(ThematicBreak line) {
      add("\n", style);
    }

    private void within(org.commonmark.node.Node node, String inner) {
      String outer = style;
      style = inner;
      visitChildren(node);
      style = outer;
    }

    private void add(String text, String its) {
      var piece = new Text(text);
      piece.getStyleClass().add("prose-text");
      if (!its.equals("prose-text")) {
        piece.getStyleClass().add(its);
      }
      flow.getChildren().add(piece);
    }

    /** All words within a node, without their styles. */
    private static String words(org.commonmark.node.Node node) {
      var words = new StringBuilder();
      node.accept(
          new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Text text) {
              words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
              words.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak end) {
              words.append(' ');
            }
          });
      return words.toString();
    }
  }
}
