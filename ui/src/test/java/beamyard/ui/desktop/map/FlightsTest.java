package beamyard.ui.desktop.map;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.ui.desktop.map.Flights.Gait;
import beamyard.ui.desktop.map.Flights.Mark;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Position;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FlightsTest {
  private static final long MILLI = 1_000_000;
  private final Flights flights = new Flights();
  private long now = 1;

  private void happens(Happening.What what) {
    flights.follow(List.of(new Happening(0, Position.START, 0, what)), now);
  }

  private void send(long transfer) {
    happens(
        new Sent(transfer, 1, Cargo.MESSAGE, "a@h", "b@h", "", "", new ConnectionPacket.Tick()));
  }

  private List<Mark> after(long millis, double cutAt) {
    now += millis * MILLI;
    return flights.marks(now, (_, _) -> cutAt);
  }

  @Property
  void aPacketNeverGoesBack(
      @ForAll @Size(min = 2, max = 30) List<@LongRange(min = 0, max = 200) Long> pauses,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double cutAt) {
    var fresh = new FlightsTest(); // an instance is for all tries of a property
    fresh.send(1);
    double reached = 0;
    for (int i = 0; i < pauses.size(); i++) {
      // the path is cut now and then
      List<Mark> marks = fresh.after(pauses.get(i), i % 3 == 0 ? cutAt : 1);
      assertThat(marks).hasSize(1);
      assertThat(marks.getFirst().progress()).isGreaterThanOrEqualTo(reached).isLessThan(1);
      reached = marks.getFirst().progress();
    }
  }

  @Test
  void whatIsSentWaitsBeforeTheCutAndGoesOnFromThereWhenItIsHealed() {
    send(1);
    after(3_000, 0.5);
    Mark waiting = after(10, 0.5).getFirst();
    assertThat(waiting.gait()).isEqualTo(Gait.WAITS);
    assertThat(waiting.progress()).isBetween(0.4, 0.5);
    happens(new Arrived(1));
    Mark on = after(50, 1).getFirst();
    assertThat(on.progress()).isBetween(waiting.progress(), 0.7);
    assertThat(on.gait()).isEqualTo(Gait.FLIES);
    assertThat(after(1_000, 1)).isEmpty();
  }

  @Test
  void packetsWaitOneBehindTheOther() {
    send(1);
    send(2);
    List<Mark> marks = after(3_000, 0.5);
    assertThat(marks.get(0).progress()).isGreaterThan(marks.get(1).progress());
  }

  @Test
  void whatIsLostFadesWhereItWas() {
    send(1);
    double reached = after(3_000, 0.5).getFirst().progress();
    happens(new Lost(1));
    Mark fading = after(450, 0.5).getFirst();
    assertThat(fading.progress()).isEqualTo(reached);
    assertThat(fading.fade()).isBetween(0.3, 0.7);
    assertThat(after(1_000, 0.5)).isEmpty();
  }
}
