package beamyard.ui.desktop.sheets;

import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.network.PathView;
import beamyard.ui.desktop.map.LinkNotes;
import beamyard.ui.desktop.run.FactText;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.run.Traffic;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection.OfHappening;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link: what both ends think of it, how its paths are, and what went over it. */
final class LinkSheet {
  private static final int MOST_PACKETS = 14;

  private LinkSheet() {}

  static Sheet of(String from, String to, YardModel yard, Update update) {
    var parts = new ArrayList<Part>();
    parts.add(
        new Part(
            TermText.shortName(from) + " — " + TermText.shortName(to),
            "",
            List.of(),
            facts(from, to, yard, update)));
    parts.add(traffic(from, to, yard, update));
    parts.add(
        new Part("Latest packets", "", List.of(), latestPackets(from, to, yard.log(), update)));
    List<Row> handshake = lastHandshake(from, to, yard.log(), update);
    if (!handshake.isEmpty()) {
      parts.add(new Part("How they met last", "", List.of(), handshake));
    }
    return new Sheet(parts);
  }

  /** The packets of the latest attempt to connect, in their order. */
  private static List<Row> lastHandshake(String from, String to, RunLog log, Update update) {
    var rows = new ArrayList<Row>();
    List<Happening> all = log.all();
    long stream = -1;
    for (int i = log.countUntil(update.cursor()) - 1; i >= 0; i--) {
      if (all.get(i).what() instanceof Sent each
          && each.cargo() == Cargo.HANDSHAKE
          && isBetween(each.from(), each.to(), from, to)) {
        if (stream >= 0 && each.stream() != stream) {
          break;
        }
        stream = each.stream();
        rows.addFirst(row(all.get(i), each));
      }
    }
    return rows;
  }

  private static Row row(Happening happening, Sent sent) {
    return new Row(
        new OfHappening(happening),
        List.of(
            new Cell(Times.instant(happening.atNanos()), Tone.QUIET),
            Cell.plain("→ " + TermText.shortName(sent.to()) + "  " + sent.text())));
  }

  private static List<Row> facts(String from, String to, YardModel yard, Update update) {
    var facts = new ArrayList<Row>();
    facts.add(Row.of(TermText.shortName(from) + " sees it", seen(yard, from, to)));
    facts.add(Row.of(TermText.shortName(to) + " sees it", seen(yard, to, from)));
    boolean cut =
        update.observation().cuts().stream()
            .anyMatch(each -> isBetween(each.from(), each.to(), from, to));
    facts.add(
        Row.of(
            new Cell("network", Tone.QUIET),
            cut ? new Cell("cut", Tone.WARNING) : new Cell("open", Tone.GOOD)));
    List<PathView> changed =
        update.paths().stream()
            .filter(path -> isBetween(path.from().name(), path.to().name(), from, to))
            .toList();
    boolean alike = changed.size() == 2 && told(changed.getFirst()).equals(told(changed.getLast()));
    for (PathView path : alike ? changed.subList(0, 1) : changed) {
      String way = alike ? "both ways" : "to " + TermText.shortName(path.to().name());
      boolean worrying = path.holding() || path.lossPerMille() > 0;
      facts.add(
          Row.of(
              new Cell(way, Tone.QUIET),
              new Cell(told(path), worrying ? Tone.WARNING : Tone.PLAIN)));
    }
    return facts;
  }

  private static String told(PathView path) {
    var words = new ArrayList<String>();
    path.latency().ifPresent(latency -> words.add("takes " + FactText.of(latency)));
    path.bytesPerSecond().ifPresent(bytes -> words.add(bytes + " bytes a second"));
    if (path.lossPerMille() > 0) {
      words.add("loses " + LinkNotes.percent(path.lossPerMille()));
    }
    if (path.holding()) {
      words.add("holds what is sent");
    }
    return String.join(", ", words);
  }

  private static Part traffic(String from, String to, YardModel yard, Update update) {
    Traffic.Way there = yard.traffic().between(from, to);
    Traffic.Way back = yard.traffic().between(to, from);
    var rows = new ArrayList<Row>();
    rows.add(counts("packets", there.packets(), back.packets()));
    rows.add(counts("bytes", there.bytes(), back.bytes()));
    rows.add(counts("ticks", there.ticks(), back.ticks()));
    rows.add(counts("on their way", there.underWay(), back.underWay()));
    rows.add(counts("wait for a connection", waiting(yard, from, to), waiting(yard, to, from)));
    long now = update.cursor().atNanos();
    boolean up = seen(yard, from, to).equals("up") || seen(yard, to, from).equals("up");
    rows.add(Row.of(new Cell("last arrived", Tone.QUIET), ago(there, now, up), ago(back, now, up)));
    return new Part(
        "Traffic",
        "",
        List.of("", "to " + TermText.shortName(to), "to " + TermText.shortName(from)),
        rows);
  }

  private static Row counts(String what, long there, long back) {
    return Row.of(
        new Cell(what, Tone.QUIET),
        Cell.plain(String.valueOf(there)),
        Cell.plain(String.valueOf(back)));
  }

  /** Signals that their sender's node keeps until the connection is up. */
  private static long waiting(YardModel yard, String from, String to) {
    return peer(yard, from, to).map(Peer::bufferedSignals).orElse(0);
  }

  private static Cell ago(Traffic.Way way, long now, boolean up) {
    if (way.heardNanos() < 0) {
      return new Cell("–", Tone.QUIET);
    }
    long silent = now - way.heardNanos();
    boolean worrying = up && silent > LinkNotes.SILENCE_NANOS;
    return new Cell(Times.duration(silent) + " ago", worrying ? Tone.WARNING : Tone.PLAIN);
  }

  private static List<Row> latestPackets(String from, String to, RunLog log, Update update) {
    var packets = new ArrayList<Row>();
    List<Happening> all = log.all();
    for (int i = log.countUntil(update.cursor()) - 1;
        i >= 0 && packets.size() < MOST_PACKETS;
        i--) {
      if (all.get(i).what() instanceof Sent each && isBetween(each.from(), each.to(), from, to)) {
        packets.add(row(all.get(i), each));
      }
    }
    return packets;
  }

  private static boolean isBetween(String oneEnd, String otherEnd, String one, String other) {
    return oneEnd.equals(one) && otherEnd.equals(other)
        || oneEnd.equals(other) && otherEnd.equals(one);
  }

  private static Optional<Peer> peer(YardModel yard, String from, String to) {
    return yard.node(from)
        .flatMap(
            node ->
                node.peers().stream().filter(peer -> peer.node().name().equals(to)).findFirst());
  }

  private static String seen(YardModel yard, String from, String to) {
    return peer(yard, from, to)
        .map(peer -> peer.up() ? "up" : "connecting")
        .orElse("not connected");
  }
}
