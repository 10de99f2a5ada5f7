package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.yard.Selection;
import java.util.List;

/**
 * What a view of facts shows: parts with a title, each a table.
 *
 * @param parts from top to bottom
 */
public record Sheet(List<Part> parts) {
  static final Sheet EMPTY = new Sheet(List.of());

  /**
   * A table.
   *
   * @param note what explains it; empty if nothing needs to
   * @param columns their heads; empty for a table without
   * @param extent whether its rows are seen at first
   */
  public record Part(
      String title, String note, List<String> columns, List<Row> rows, Extent extent) {
    /** A table whose rows are seen. */
    public Part(String title, String note, List<String> columns, List<Row> rows) {
      this(title, note, columns, rows, Extent.OPEN);
    }
  }

  /** How much of a table is seen until somebody wants otherwise. */
  enum Extent {
    OPEN,
    /** Only its title, and how many rows there are. */
    FOLDED
  }

  /**
   * A row.
   *
   * @param subject what a click on it selects; {@link Selection.Nothing} if nothing
   */
  public record Row(Selection.Subject subject, List<Cell> cells) {
    static Row of(Cell... cells) {
      return new Row(new Selection.Nothing(), List.of(cells));
    }

    /** A name and its value. */
    static Row of(String name, String value) {
      return of(new Cell(name, Tone.QUIET), new Cell(value, Tone.PLAIN));
    }
  }

  /** A cell: its text and how it is toned. */
  public record Cell(String text, Tone tone) {
    static Cell plain(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  /** How a cell looks; each tone but the first three has a sign of its own besides its colour. */
  public enum Tone {
    PLAIN,
    QUIET,
    CODE,
    GOOD,
    WARNING,
    /** Others say otherwise. */
    DISPUTED
  }
}
