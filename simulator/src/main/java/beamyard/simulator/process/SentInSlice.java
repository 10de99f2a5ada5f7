package beamyard.simulator.process;

import beamyard.simulator.process.ProcessEvent.Arrival;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the running slice has sent to processes of its own runtime, in the order of sending: each with the ticket of its arrival. */
final class SentInSlice {
  private static final int USUALLY_ENOUGH = 8;

  private long[] tickets = new long[USUALLY_ENOUGH];
  private @Nullable LocalProcess[] targets = new LocalProcess[USUALLY_ENOUGH];
  private @Nullable Arrival[] arrivals = new Arrival[USUALLY_ENOUGH];
  private int count;

  void add(long ticket, LocalProcess target, Arrival arrival) {
    if (count == tickets.length) {
      tickets = Arrays.copyOf(tickets, count * 2);
      targets = Arrays.copyOf(targets, count * 2);
      arrivals = Arrays.copyOf(arrivals, count * 2);
    }
    tickets[count] = ticket;
    targets[count] = target;
    arrivals[count] = arrival;
    count++;
  }

  int size() {
    return count;
  }

  @Nullable LocalProcess target(int place) {
    return targets[place];
  }

  long ticket(int place) {
    return tickets[place];
  }

  Arrival arrival(int place) {
    Arrival arrival = arrivals[place];
    if (arrival == null) {
      throw new AssertionError("nothing was sent at place " + place);
    }
    return arrival;
  }

  void clear() {
    if (count > 0) {
      Arrays.fill(targets, 0, count, null);
      Arrays.fill(arrivals, 0, count, null);
      count = 0;
    }
  }
}
