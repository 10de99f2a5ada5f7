package beamyard.ui.desktop.sheets;

import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.kernel.KernelView.GlobalLock;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Turn;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The global locks: who holds them on which nodes and since when, and who waits. */
public final class LockModel extends SheetModel {
  /** A process tries again after 8 s at the latest. */
  private static final long PATIENCE_NANOS = 8_500_000_000L;

  private final List<Told> turns = new ArrayList<>();

  private record Told(long atNanos, Position place, LockTurn turn) {}

  private record Key(String resource, String requester) {}

  public LockModel(YardModel yard) {
    super(yard);
    yard.log()
        .listen(
            change -> {
              switch (change) {
                case RunLog.Change.Anew(List<Happening> all) -> {
                  turns.clear();
                  all.forEach(this::take);
                }
                case RunLog.Change.More(List<Happening> more) -> more.forEach(this::take);
              }
            });
  }

  private void take(Happening happening) {
    if (happening.what() instanceof LockTurn turn) {
      turns.add(new Told(happening.atNanos(), happening.place(), turn));
    }
  }

  @Override
  public void setLookedAt(boolean is) {
    if (!is) {
      yard().watch(this, List.of());
    }
    super.setLookedAt(is);
  }

  @Override
  Sheet make(Update update) {
    yard().watch(this, yard().labels());
    long now = update.cursor().atNanos();
    Map<Key, List<String>> held = new LinkedHashMap<>();
    Map<Key, String> holders = new LinkedHashMap<>();
    for (NodeInside inside : update.insides().values()) {
      for (GlobalLock lock : inside.kernel().locks()) {
        var key =
            new Key(TermText.fromOutside(lock.resource()), TermText.fromOutside(lock.requester()));
        held.computeIfAbsent(key, _ -> new ArrayList<>()).add(TermText.shortName(inside.label()));
        holders.put(
            key,
            String.join(
                ", ", lock.holders().stream().map(TermText::processOfNode).distinct().toList()));
      }
    }
    var rows = new ArrayList<Row>();
    held.forEach(
        (key, nodes) ->
            rows.add(
                Row.of(
                    new Cell(key.resource(), Tone.CODE),
                    new Cell(holders.get(key), Tone.GOOD),
                    Cell.plain(String.join(", ", nodes)),
                    new Cell(since(key, update.cursor(), now), Tone.QUIET))));
    List<Row> waiting = waiting(update.cursor(), now, held);
    return new Sheet(
        List.of(
            new Part(
                "Locks that are set",
                rows.isEmpty()
                    ? "No :global lock is set. Registering a global name sets one for a moment; :global.set_lock(:name) until it is freed."
                    : "",
                rows.isEmpty() ? List.of() : List.of("lock", "held by", "set on", "for"),
                rows),
            new Part(
                "Who waits",
                waiting.isEmpty() ? "Nobody waits for a lock." : "",
                waiting.isEmpty() ? List.of() : List.of("lock", "wanted by", "on", "tries", "for"),
                waiting),
            history(update.cursor())));
  }

  private String since(Key key, Position cursor, long now) {
    long since = now;
    for (Told told : turns) {
      if (told.place().isAfter(cursor)) {
        break;
      }
      if (key.equals(key(told.turn()))) {
        if (told.turn().turn() == Turn.FREED) {
          since = now;
        } else if (told.turn().turn() == Turn.GRANTED && since == now) {
          since = told.atNanos();
        }
      }
    }
    return Times.duration(now - since);
  }

  private static Key key(LockTurn turn) {
    return new Key(turn.resource(), turn.requester());
  }

  private List<Row> waiting(Position cursor, long now, Map<Key, List<String>> held) {
    record Wait(String node, long since, long last, int tries) {}
    Map<Key, Wait> waits = new LinkedHashMap<>();
    for (Told told : turns) {
      if (told.place().isAfter(cursor)) {
        break;
      }
      Key key = key(told.turn());
      if (told.turn().turn() == Turn.REFUSED) {
        Wait before = waits.get(key);
        boolean goesOn = before != null && told.atNanos() - before.last() < PATIENCE_NANOS;
        waits.put(
            key,
            new Wait(
                told.turn().node(),
                goesOn ? before.since() : told.atNanos(),
                told.atNanos(),
                goesOn ? before.tries() + 1 : 1));
      }
    }
    var rows = new ArrayList<Row>();
    waits.forEach(
        (key, wait) -> {
          if (!held.containsKey(key) && now - wait.last() < PATIENCE_NANOS) {
            rows.add(
                Row.of(
                    new Cell(key.resource(), Tone.CODE),
                    new Cell(key.requester(), Tone.WARNING),
                    Cell.plain(TermText.shortName(wait.node())),
                    Cell.plain(String.valueOf(wait.tries())),
                    new Cell(Times.duration(now - wait.since()), Tone.QUIET)));
          }
        });
    return rows;
  }

  private Part history(Position cursor) {
    var rows = new ArrayList<Row>();
    for (int i = turns.size() - 1; i >= 0 && rows.size() < 12; i--) {
      Told told = turns.get(i);
      if (!told.place().isAfter(cursor) && told.turn().turn() != Turn.ASKED) {
        String what =
            switch (told.turn().turn()) {
              case ASKED -> "asks";
              case GRANTED -> "gets it";
              case REFUSED -> "does not get it";
              case FREED -> "frees it";
            };
        rows.add(
            Row.of(
                new Cell(Times.instant(told.atNanos()), Tone.QUIET),
                Cell.plain(TermText.shortName(told.turn().node())),
                new Cell(told.turn().resource(), Tone.CODE),
                Cell.plain(told.turn().requester() + " " + what)));
      }
    }
    return new Part(
        "Lately",
        rows.isEmpty() ? "" : "Newest first.",
        rows.isEmpty() ? List.of() : List.of("at", "on", "lock", ""),
        rows);
  }
}
