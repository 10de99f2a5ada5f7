package beamyard.ui.desktop.map;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.JavaFx;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.drawing.SvgPen;
import beamyard.ui.desktop.map.MapModel.Kind;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.run.Happening.Cargo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told by a colour is told by a shape too: without colours no two signs look alike. */
class SignsTest {
  private static Inks inks;

  @BeforeAll
  static void begin() throws Exception {
    JavaFx.start();
    inks = JavaFx.onJavaFx(Inks::new);
  }

  /** A drawing of which only lines and areas are left. */
  private static String colourless(Consumer<Pen> drawing) {
    return JavaFx.read(
        () -> {
          var pen = new SvgPen(100, 100);
          drawing.accept(pen);
          return pen.picture()
              .replaceAll("(fill|stroke)=\"#[0-9a-f]+\"", "$1=\"x\"")
              .replaceAll("(fill|stroke)-opacity=\"[0-9.]+\"", "");
        });
  }

  private static String link(Kind kind, boolean cut) {
    var link = new LinkMark("a@h", "b@h", kind, cut);
    return colourless(
        pen ->
            new LinkPainter(inks)
                .draw(pen, link, new Point2D(10, 10), new Point2D(90, 90), 0.5, false));
  }

  @Test
  void statesOfNodesDifferByTheirShape() {
    assertThat(
            Stream.of(State.RUNNING, State.PAUSED, State.BOOTING, State.DOWN)
                .map(
                    state -> colourless(pen -> NodePainter.drawState(pen, inks, state, 50, 50, 1))))
        .doesNotHaveDuplicates();
  }

  @Test
  void kindsOfPacketsDifferByTheirShape() {
    assertThat(
            Stream.of(Cargo.values())
                .map(
                    cargo ->
                        colourless(pen -> PacketPainter.drawSign(pen, inks, cargo, 50, 50, 5))))
        .doesNotHaveDuplicates();
  }

  @Test
  void kindsOfLinksDifferByTheirDashesOrASign() {
    var all = new ArrayList<String>();
    for (Kind kind : List.of(Kind.VISIBLE, Kind.HIDDEN, Kind.ONE_SIDED, Kind.PENDING)) {
      all.add(link(kind, false));
    }
    all.add(link(Kind.VISIBLE, true));
    all.add(link(Kind.NONE, true));
    assertThat(all).doesNotHaveDuplicates();
  }
}
