package beamyard.ui.desktop.drawing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;

/**
 * A picture as a PNG file.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics</a>
 */
public final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int RGBA = 6;

  private PngFile() {}

  /** Writes a picture; an {@link IOException} says why it could not be. */
  public static void write(Image picture, Path file) throws IOException {
    Files.write(file, bytes(picture));
  }

  /** A picture as the bytes of such a file. */
  public static byte[] bytes(Image picture) {
    int width = (int) picture.getWidth();
    int height = (int) picture.getHeight();
    var out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) 8)
            .put((byte) RGBA)
            .put(new byte[3])
            .array());
    chunk(out, "IDAT", pixels(picture.getPixelReader(), width, height));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] pixels(PixelReader reader, int width, int height) {
    var packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      var row = new byte[1 + width * 4];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int argb = reader.getArgb(x, y);
          row[1 + x * 4] = (byte) (argb >> 16);
          row[2 + x * 4] = (byte) (argb >> 8);
          row[3 + x * 4] = (byte) argb;
          row[4 + x * 4] = (byte) (argb >> 24);
        }
        deflater.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory is always there to be written to
    }
    return packed.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
