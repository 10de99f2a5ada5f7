package beamyard.ui.desktop.drawing;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/**
 * A picture made of thin lines, squares and discs only, of which thousands are drawn in a few milliseconds: where there is no
 * graphics card, a canvas needs a second for as many. What lies beneath is kept apart from what moves above it.
 */
public final class Raster {
  private static final PixelFormat<IntBuffer> FORMAT = PixelFormat.getIntArgbPreInstance();
  private static final int OPAQUE = 256;
  private static final int ONE = 1 << 16;

  private final int width;
  private final int height;
  private final int[] pixels;
  private final int[] base;
  private final PixelBuffer<IntBuffer> buffer;
  private final Image image;

  /** Transparent, of at least one pixel. */
  public Raster(int width, int height) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    pixels = new int[this.width * this.height];
    base = new int[pixels.length];
    buffer = new PixelBuffer<>(this.width, this.height, IntBuffer.wrap(pixels), FORMAT);
    image = new WritableImage(buffer);
  }

  /** Whether it has this size in pixels. */
  public boolean hasSize(int wide, int high) {
    return width == wide && height == high;
  }

  /** The picture as it was when {@link #show} was called last. */
  public Image image() {
    return image;
  }

  /** A pixel, its colour multiplied by its opacity. */
  int pixel(int x, int y) {
    return pixels[y * width + x];
  }

  /** Makes every pixel transparent. */
  public void clear() {
    Arrays.fill(pixels, 0);
  }

  /** What is drawn now lies beneath what is drawn after {@link #restoreBase}. */
  public void keepAsBase() {
    System.arraycopy(pixels, 0, base, 0, pixels.length);
  }

  /** What was kept, and nothing else. */
  public void restoreBase() {
    System.arraycopy(base, 0, pixels, 0, pixels.length);
  }

  /** Lets the picture show what was drawn. */
  public void show() {
    buffer.updateBuffer(_ -> null);
  }

  /** The colour as {@link #line} and the others take it. */
  public static int ink(Color color) {
    double opacity = color.getOpacity();
    return (int) Math.round(opacity * 255) << 24
        | (int) Math.round(color.getRed() * opacity * 255) << 16
        | (int) Math.round(color.getGreen() * opacity * 255) << 8
        | (int) Math.round(color.getBlue() * opacity * 255);
  }

  /** Puts ink over a pixel; {@code coverage} from 0 to 256. */
  private void blend(int index, int ink, int coverage) {
    int alpha = (ink >>> 24) * coverage >> 8;
    int below = pixels[index];
    int left = OPAQUE - alpha - (alpha >> 7);
    int redBlue = (ink & 0xff00ff) * coverage + (below & 0xff00ff) * left;
    int alphaGreen = (ink >>> 8 & 0xff00ff) * coverage + (below >>> 8 & 0xff00ff) * left;
    pixels[index] = redBlue >>> 8 & 0xff00ff | alphaGreen & 0xff00ff00;
  }

  /**
   * A line one pixel wide.
   *
   * @param dash how many pixels are drawn, and then as many left out; 0 for a whole line
   */
  public void line(double fromX, double fromY, double toX, double toY, int ink, int dash) {
    double[] part = clipped(fromX, fromY, toX, toY);
    if (part.length == 0) {
      return;
    }
    double dx = part[2] - part[0];
    double dy = part[3] - part[1];
    boolean flat = Math.abs(dx) >= Math.abs(dy);
    int steps = (int) Math.max(Math.abs(dx), Math.abs(dy));
    // along goes by whole pixels, across by fractions of 1/65536
    int along = (int) ((flat ? part[0] : part[1]) + 0.5);
    int way = (flat ? dx : dy) < 0 ? -1 : 1;
    int across = (int) ((flat ? part[1] : part[0]) * ONE);
    int slope = steps == 0 ? 0 : (int) ((flat ? dy : dx) / steps * ONE);
    int aside = flat ? width : 1;
    for (int i = 0; i <= steps; i++) {
      if (dash == 0 || i / dash % 2 == 0) {
        int whole = across >> 16;
        int rest = across >> 8 & 0xff;
        int index = flat ? whole * width + along : along * width + whole;
        blend(index, ink, OPAQUE - rest);
        blend(index + aside, ink, rest);
      }
      along += way;
      across += slope;
    }
  }

  /** The part of a line that is within the picture, a pixel from its edges; empty if none is. */
  private double[] clipped(double fromX, double fromY, double toX, double toY) {
    double[] share = {0, 1};
    double dx = toX - fromX;
    double dy = toY - fromY;
    boolean inside =
        clip(-dx, fromX - 1, share)
            && clip(dx, width - 3 - fromX, share)
            && clip(-dy, fromY - 1, share)
            && clip(dy, height - 3 - fromY, share);
    return inside
        ? new double[] {
          fromX + share[0] * dx, fromY + share[0] * dy, fromX + share[1] * dx, fromY + share[1] * dy
        }
        : new double[0];
  }

  private static boolean clip(double towards, double room, double[] share) {
    if (towards == 0) {
      return room >= 0;
    }
    double at = room / towards;
    if (towards < 0) {
      share[0] = Math.max(share[0], at);
    } else {
      share[1] = Math.min(share[1], at);
    }
    return share[0] <= share[1];
  }

  /** A filled square around a place, {@code side} pixels wide. */
  public void square(double x, double y, int side, int ink) {
    int left = (int) Math.round(x - side / 2.0);
    int top = (int) Math.round(y - side / 2.0);
    for (int row = Math.max(0, top); row < Math.min(height, top + side); row++) {
      for (int column = Math.max(0, left); column < Math.min(width, left + side); column++) {
        blend(row * width + column, ink, OPAQUE);
      }
    }
  }

  /** A disc with an edge around it. */
  public void disc(double x, double y, double radius, int fill, int edge, double edgeWidth) {
    double outer = radius + edgeWidth / 2;
    double inner = radius - edgeWidth / 2;
    int top = Math.max(0, (int) (y - outer - 1));
    int bottom = Math.min(height - 1, (int) (y + outer + 1));
    int left = Math.max(0, (int) (x - outer - 1));
    int right = Math.min(width - 1, (int) (x + outer + 1));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double distance = Math.sqrt((column - x) * (column - x) + (row - y) * (row - y));
        int index = row * width + column;
        if (distance < inner + 0.5) {
          blend(index, fill, OPAQUE);
        }
        double within = Math.min(outer + 0.5 - distance, distance - inner + 0.5);
        if (within > 0) {
          blend(index, edge, (int) (Math.min(1, within) * OPAQUE));
        }
      }
    }
  }
}
