package beamyard.ui.desktop.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import javafx.geometry.Point2D;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SeamTest {
  @Provide
  Arbitrary<List<Point2D>> side() {
    Arbitrary<Double> coordinate = Arbitraries.doubles().between(-500, 500);
    return Combinators.combine(coordinate, coordinate)
        .as(Point2D::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(tries = 300)
  void aSeamHasOneSideBeforeItAndTheOtherBehindIt(
      @ForAll("side") List<Point2D> one, @ForAll("side") List<Point2D> other) {
    Seam.between(one, other)
        .ifPresent(
            seam -> {
              assertThat(one).allMatch(place -> seam.way().dotProduct(place) < seam.distance());
              assertThat(other).allMatch(place -> seam.way().dotProduct(place) > seam.distance());
            });
  }

  @Property(tries = 300)
  void everyWayFromSideToSideCrossesTheSeamWhereItsShareSays(
      @ForAll("side") List<Point2D> one, @ForAll("side") List<Point2D> other) {
    Seam.between(one, other)
        .ifPresent(
            seam -> {
              for (Point2D from : one) {
                for (Point2D to : other) {
                  Point2D crossing = from.interpolate(to, seam.share(from, to));
                  assertThat(seam.way().dotProduct(crossing))
                      .isCloseTo(seam.distance(), within(1e-6));
                  assertThat(seam.share(from, to) + seam.share(to, from))
                      .isCloseTo(1, within(1e-9));
                }
              }
            });
  }

  @Test
  void sidesThatStandAmongEachOtherHaveNoSeam() {
    var one = List.of(new Point2D(-100, 0), new Point2D(300, 0));
    var other = List.of(new Point2D(0, 0), new Point2D(250, 0));
    assertThat(Seam.between(one, other)).isEmpty();
  }
}
