package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Kind;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The log of what happened, up to the time cursor and filtered. Of the JavaFX thread. */
final class EventsModel {
  private static final int MOST_ROWS = 4_000;

  private final YardModel yard;
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ObservableList<Row> shownRows = FXCollections.unmodifiableObservableList(rows);
  private final StringProperty search = new SimpleStringProperty(this, "search", "");
  private final Set<Topic> topics =
      EnumSet.of(Topic.NODES, Topic.FAULTS, Topic.MESSAGES, Topic.INPUTS, Topic.LOGS);
  private boolean looked;
  private long shownRun = -1;
  private int shownCount;

  /** What the log can be filtered by. */
  enum Topic {
    NODES("Nodes"),
    FAULTS("Faults"),
    MESSAGES("Messages"),
    HANDSHAKES("Handshakes"),
    TICKS("Ticks"),
    PROCESSES("Processes"),
    INPUTS("Inputs"),
    LOGS("Logs");

    private final String title;

    Topic(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** A line of the log. */
  record Row(Happening happening, Topic topic, String time, String node, String text) {}

  EventsModel(YardModel yard) {
    this.yard = yard;
    yard.updateProperty().subscribe(this::follow);
    search.subscribe(this::refill);
  }

  /** The newest last. */
  ObservableList<Row> rows() {
    return shownRows;
  }

  /** Only lines with this text are shown. */
  StringProperty searchProperty() {
    return search;
  }

  boolean isShown(Topic topic) {
    return topics.contains(topic);
  }

  void show(Topic topic) {
    topics.add(topic);
    refill();
  }

  void hide(Topic topic) {
    topics.remove(topic);
    refill();
  }

  /** Selects what a line tells, and goes to its instant. */
  void choose(Row row) {
    yard.selection().select(new Selection.OfHappening(row.happening()));
    yard.pausedProperty().set(true);
    yard.thread().seek(row.happening().place());
  }

  /** Somebody looks, or no longer: then nothing is done for the log. */
  void setLookedAt(boolean is) {
    looked = is;
    if (is) {
      refill();
    }
  }

  private void follow(Update update) {
    if (!looked) {
      return;
    }
    int count = yard.log().countUntil(update.cursor());
    if (update.run() != shownRun || count < shownCount || yard.log().all().size() < shownCount) {
      shownRun = update.run();
      refill();
    } else if (count > shownCount) {
      add(yard.log().all().subList(shownCount, count));
      shownCount = count;
    }
  }

  private void refill() {
    rows.clear();
    shownCount = yard.log().countUntil(yard.update().cursor());
    int from = Math.max(0, shownCount - 8 * MOST_ROWS);
    add(yard.log().all().subList(from, shownCount));
  }

  private void add(List<Happening> happenings) {
    var fresh = new ArrayList<Row>();
    String wanted = search.get().toLowerCase(Locale.ROOT);
    for (Happening happening : happenings) {
      Row row = row(happening);
      if (row != null
          && topics.contains(row.topic())
          && (wanted.isEmpty()
              || (row.node() + " " + row.text()).toLowerCase(Locale.ROOT).contains(wanted))) {
        fresh.add(row);
      }
    }
    if (fresh.size() > MOST_ROWS) {
      fresh.subList(0, fresh.size() - MOST_ROWS).clear();
    }
    rows.addAll(fresh);
    if (rows.size() > MOST_ROWS) {
      rows.remove(0, rows.size() - MOST_ROWS);
    }
  }

  private static @Nullable Row row(Happening happening) {
    String time = Times.instant(happening.atNanos());
    return switch (happening.what()) {
      case Moment(Kind kind, String node, String text, _) ->
          new Row(happening, topic(kind), time, node, text);
      case Sent sent ->
          new Row(
              happening,
              topic(sent.cargo()),
              time,
              sent.from(),
              "→ " + sent.to() + "  " + processes(sent) + sent.text());
      case Lost(long transfer) ->
          new Row(happening, Topic.FAULTS, time, "", "packet " + transfer + " is lost");
      case Arrived _, Happening.LockTurn _ -> null;
    };
  }

  private static String processes(Sent sent) {
    return sent.fromProcess().isEmpty() ? "" : sent.fromProcess() + " → " + sent.toProcess() + "  ";
  }

  private static Topic topic(Kind kind) {
    return switch (kind) {
      case NODE, CONNECTION -> Topic.NODES;
      case FAULT, CUT, HEALED -> Topic.FAULTS;
      case PROCESS, NAME -> Topic.PROCESSES;
      case LOG -> Topic.LOGS;
      case INPUT -> Topic.INPUTS;
    };
  }

  private static Topic topic(Cargo cargo) {
    return switch (cargo) {
      case MESSAGE, SIGNAL -> Topic.MESSAGES;
      case HANDSHAKE -> Topic.HANDSHAKES;
      case TICK -> Topic.TICKS;
    };
  }
}
