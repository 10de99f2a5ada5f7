package beamyard.ui.desktop.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What terminals show, in order. Keeps the latest of it: a node can print for hours. */
final class PrintedLog {
  /** So many characters are kept. */
  private static final long MOST = 8_000_000;

  private final ArrayDeque<Printed> kept = new ArrayDeque<>();
  private long characters;
  private long dropped;

  void add(Printed printed) {
    kept.add(printed);
    characters += weight(printed);
    while (characters > MOST && kept.size() > 1) {
      characters -= weight(kept.removeFirst());
      dropped++;
    }
  }

  void addAll(Collection<Printed> all) {
    all.forEach(this::add);
  }

  /** An entry without a text takes room too. */
  private static long weight(Printed printed) {
    return 40L + printed.text().length();
  }

  /** How many entries there have been in all. */
  long count() {
    return dropped + kept.size();
  }

  /** What is kept of the entries from some number on, counted from 0. */
  List<Printed> since(long entry) {
    var found = new ArrayList<Printed>();
    var newestFirst = kept.descendingIterator();
    for (long number = count() - 1; number >= entry && newestFirst.hasNext(); number--) {
      found.add(newestFirst.next());
    }
    return found.reversed();
  }

  /** What had been printed at a place. */
  PrintedLog until(Position place) {
    var log = new PrintedLog();
    log.dropped = dropped;
    kept.stream().filter(each -> !each.at().isAfter(place)).forEach(log::add);
    return log;
  }
}
