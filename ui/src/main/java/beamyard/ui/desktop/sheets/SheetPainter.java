package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.SvgPen;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/** Draws a {@link Sheet} into a picture as large as it needs. */
public final class SheetPainter {
  private static final double EDGE = 20;
  private static final double LINE = 20;
  private static final double GAP = 18;
  private static final Font PLAIN = Font.font(13);
  private static final Font HEAD = Font.font(12);
  private static final Font TITLE = Font.font(null, FontWeight.BOLD, 14);
  private static final Font MARKED = Font.font(null, FontWeight.BOLD, 13);

  private final Inks inks;
  private double y;
  private double widest;

  public SheetPainter(Inks inks) {
    this.inks = inks;
  }

  /** The picture as an SVG file. */
  public String picture(Sheet sheet) {
    draw(new SvgPen(0, 0), sheet); // to learn how large it is
    var pen = new SvgPen(widest + EDGE, y + EDGE);
    pen.setFill(inks.get(Ink.NODE_FILL));
    pen.fillRect(0, 0, widest + EDGE, y + EDGE);
    draw(pen, sheet);
    return pen.picture();
  }

  private void draw(SvgPen pen, Sheet sheet) {
    y = EDGE;
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.TOP);
    for (Part part : sheet.parts()) {
      if (!part.title().isEmpty()) {
        text(pen, TITLE, Ink.TEXT, part.title(), EDGE, y);
        y += LINE + 4;
      }
      if (!part.note().isEmpty()) {
        text(pen, PLAIN, Ink.QUIET, part.note(), EDGE, y);
        y += LINE;
      }
      drawTable(pen, part);
      y += GAP;
    }
  }

  private void drawTable(SvgPen pen, Part part) {
    List<Double> columns = columns(pen, part);
    if (!part.columns().isEmpty()) {
      for (int x = 0; x < part.columns().size(); x++) {
        text(pen, HEAD, Ink.QUIET, part.columns().get(x), columns.get(x), y);
      }
      y += LINE;
    }
    for (Row row : part.rows()) {
      int lines = 1;
      for (int x = 0; x < row.cells().size(); x++) {
        List<String> all = shown(row.cells().get(x)).lines().toList();
        for (int line = 0; line < all.size(); line++) {
          Tone tone = row.cells().get(x).tone();
          text(pen, font(tone), ink(tone), all.get(line), columns.get(x), y + line * LINE);
        }
        lines = Math.max(lines, all.size());
      }
      y += lines * LINE;
    }
  }

  private void text(SvgPen pen, Font font, Ink ink, String text, double x, double top) {
    pen.setFont(font);
    pen.setFill(inks.get(ink));
    pen.fillText(text, x, top);
    widest = Math.max(widest, x + pen.width(text));
  }

  /** Where each column begins. */
  private static List<Double> columns(SvgPen pen, Part part) {
    var widths = new ArrayList<Double>();
    pen.setFont(HEAD);
    part.columns().forEach(head -> widths.add(pen.width(head)));
    for (Row row : part.rows()) {
      for (int x = 0; x < row.cells().size(); x++) {
        Cell cell = row.cells().get(x);
        pen.setFont(font(cell.tone()));
        double wide = shown(cell).lines().mapToDouble(pen::width).max().orElse(0);
        if (x == widths.size()) {
          widths.add(0.0);
        }
        widths.set(x, Math.max(widths.get(x), wide));
      }
    }
    var starts = new ArrayList<Double>();
    double x = EDGE;
    for (double width : widths) {
      starts.add(x);
      x += width + GAP;
    }
    return starts;
  }

  private static String shown(Cell cell) {
    return (cell.tone() == Tone.DISPUTED ? "≠ " : "") + cell.text();
  }

  private static Font font(Tone tone) {
    return tone == Tone.DISPUTED || tone == Tone.WARNING ? MARKED : PLAIN;
  }

  private static Ink ink(Tone tone) {
    return switch (tone) {
      case PLAIN, CODE -> Ink.TEXT;
      case QUIET -> Ink.QUIET;
      case GOOD -> Ink.GOOD;
      case WARNING -> Ink.WARNING;
      case DISPUTED -> Ink.DANGER;
    };
  }
}
