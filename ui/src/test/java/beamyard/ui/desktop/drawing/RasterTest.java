package beamyard.ui.desktop.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class RasterTest {
  private static final int WHITE = Raster.ink(Color.WHITE);

  private final Raster raster = new Raster(60, 40);

  private int drawn() {
    int count = 0;
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 60; x++) {
        count += raster.pixel(x, y) == 0 ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void inkIsMultipliedByItsOpacity() {
    assertThat(Raster.ink(new Color(1, 0.5, 0, 0.5))).isEqualTo(0x80804000);
    assertThat(WHITE).isEqualTo(0xffffffff);
  }

  @Test
  void aLineIsAsLongAsItIs() {
    raster.line(5, 10, 25, 10, WHITE, 0);
    for (int x = 5; x <= 25; x++) {
      assertThat(raster.pixel(x, 10)).isEqualTo(WHITE);
    }
    assertThat(drawn()).isEqualTo(21);
  }

  @Test
  void aSlantingLineHasFullInkInEveryColumn() {
    raster.line(5, 5, 45, 19, WHITE, 0);
    for (int x = 6; x < 45; x++) {
      int ink = 0;
      for (int y = 0; y < 40; y++) {
        ink += raster.pixel(x, y) >>> 24;
      }
      assertThat(ink).as("column " + x).isBetween(250, 258);
    }
  }

  @Test
  void linesThatLeaveThePictureStayWithinIt() {
    var random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      raster.line(
          random.nextInt(-200, 300),
          random.nextInt(-200, 300),
          random.nextInt(-200, 300),
          random.nextInt(-200, 300),
          WHITE,
          random.nextInt(0, 5));
    }
    raster.disc(-3, 39, 8, WHITE, WHITE, 2);
    raster.square(60, -1, 5, WHITE);
    assertThat(drawn()).isPositive();
  }

  @Test
  void whatIsKeptAsBaseComesBackAlone() {
    raster.line(5, 10, 25, 10, WHITE, 0);
    raster.keepAsBase();
    raster.disc(30, 20, 6, WHITE, WHITE, 1);
    assertThat(drawn()).isGreaterThan(100);
    raster.restoreBase();
    assertThat(drawn()).isEqualTo(21);
  }

  @Test
  void inkThatIsHalfOpaqueMixesWithWhatIsBelow() {
    raster.square(10, 10, 3, Raster.ink(Color.BLACK));
    raster.square(10, 10, 3, Raster.ink(new Color(1, 1, 1, 0.5)));
    assertThat(raster.pixel(10, 10) >>> 24).isGreaterThanOrEqualTo(254);
    assertThat(raster.pixel(10, 10) & 0xff).isBetween(126, 130);
  }
}
