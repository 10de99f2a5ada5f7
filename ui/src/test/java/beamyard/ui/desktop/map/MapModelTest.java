package beamyard.ui.desktop.map;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation;
import beamyard.simulator.Observation.Cut;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.ui.desktop.map.MapModel.Kind;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import org.junit.jupiter.api.Test;

class MapModelTest {
  private final MapModel map = new MapModel();

  private static NodeSeen node(String label, State state, String... peers) {
    return new NodeSeen(
        label,
        1,
        Atom.of(label),
        state,
        "h",
        "c",
        Visibility.VISIBLE,
        Stream.of(peers)
            .map(peer -> new Peer(Atom.of(peer), 1, true, true, 1, 0, 0, 0, 0, false))
            .toList());
  }

  private void show(List<Cut> cuts, NodeSeen... nodes) {
    map.show(new Observation(0, List.of(nodes), cuts));
  }

  private static List<Cut> both(String one, String other) {
    return List.of(new Cut(one, other), new Cut(other, one));
  }

  @Test
  void aLinkThatOneSideDoesNotSeeIsOneSided() {
    show(
        List.of(),
        node("a@h", State.RUNNING, "b@h"),
        node("b@h", State.RUNNING),
        node("c@h", State.RUNNING));
    assertThat(map.links()).containsExactly(new LinkMark("a@h", "b@h", Kind.ONE_SIDED, false));
  }

  @Test
  void sidesAreThoseThatReachEachOther() {
    var cuts = Stream.of(both("a@h", "b@h"), both("a@h", "c@h")).flatMap(List::stream).toList();
    show(
        cuts,
        node("a@h", State.RUNNING),
        node("b@h", State.RUNNING, "c@h"),
        node("c@h", State.RUNNING, "b@h"));
    assertThat(map.sides()).containsExactly(List.of("a@h"), List.of("b@h", "c@h"));
  }

  @Test
  void nodesThatReachEachOtherByAThirdAreOfOneSide() {
    show(
        both("a@h", "b@h"),
        node("a@h", State.RUNNING),
        node("b@h", State.RUNNING),
        node("c@h", State.RUNNING));
    assertThat(map.sides()).isEmpty();
    assertThat(map.links()).containsExactly(new LinkMark("a@h", "b@h", Kind.NONE, true));
  }

  @Test
  void aPinnedNodeStaysWhenOthersComeAndGo() {
    show(List.of(), node("a@h", State.RUNNING), node("b@h", State.RUNNING));
    map.pin("a@h", new Point2D(12, 34));
    show(
        List.of(), node("a@h", State.RUNNING), node("b@h", State.DOWN), node("c@h", State.BOOTING));
    map.move(1);
    assertThat(map.placeOf("a@h")).isEqualTo(new Point2D(12, 34));
    map.unpinAll();
    map.move(1);
    assertThat(map.placeOf("a@h")).isNotEqualTo(new Point2D(12, 34));
  }

  @Test
  void whatDoesNotChangeIsNotDrawnAgain() {
    show(List.of(), node("a@h", State.RUNNING));
    long version = map.version();
    show(List.of(), node("a@h", State.RUNNING));
    assertThat(map.version()).isEqualTo(version);
    show(List.of(), node("a@h", State.PAUSED));
    assertThat(map.version()).isGreaterThan(version);
  }
}
