package beamyard.ui.desktop.sheets;

import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.PacketText;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.spacetime.CausalCone;
import beamyard.ui.desktop.spacetime.SpaceTimeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Something that happened: when, between whom, what it says, and what of it is on the wire. */
final class HappeningSheet {
  private static final int MOST_CHARACTERS = 4_000;

  private HappeningSheet() {}

  static Sheet of(Happening happening, RunLog log, SpaceTimeModel spaceTime) {
    var facts = new ArrayList<Row>();
    facts.add(Row.of("at", Times.instant(happening.atNanos())));
    String title;
    String detail;
    switch (happening.what()) {
      case Sent sent -> {
        title = PacketText.title(sent.packet());
        facts.add(Row.of("from", sent.from() + "  " + sent.fromProcess()));
        facts.add(Row.of("to", sent.to() + "  " + sent.toProcess()));
        facts.add(Row.of("fate", fate(happening, sent, log)));
        String clock =
            CausalCone.clock(spaceTime.arrowsNow(), sent.transfer()).entrySet().stream()
                .map(each -> TermText.shortName(each.getKey()) + " " + each.getValue())
                .collect(Collectors.joining(", "));
        if (!clock.isEmpty()) {
          facts.add(Row.of("vector clock", clock));
        }
        detail = PacketText.full(sent.packet());
      }
      case Moment moment -> {
        title = moment.text();
        facts.add(Row.of("node", moment.node().isEmpty() ? "all" : moment.node()));
        detail = moment.detail().get();
      }
      case LockTurn turn -> {
        title = "Lock " + turn.resource();
        detail = turn.requester() + " " + turn.turn().name().toLowerCase(Locale.ROOT);
      }
      case Lost _ -> {
        title = "A packet is lost";
        detail = "";
      }
      case Happening.Arrived _ -> {
        title = "A packet arrives";
        detail = "";
      }
    }
    var parts = new ArrayList<Part>();
    parts.add(new Part(title, "", List.of(), facts));
    if (!detail.isEmpty()) {
      parts.add(code("In full", detail));
    }
    if (happening.what() instanceof Sent sent) {
      if (sent.packet() instanceof ConnectionPacket.Control control) {
        parts.add(code("Terms on the wire", PacketText.terms(control)));
      }
      PacketText.bytes(sent.packet())
          .ifPresent(bytes -> parts.add(code("Bytes on the wire", bytes)));
    }
    return new Sheet(parts);
  }

  private static Part code(String title, String text) {
    return new Part(
        title,
        "",
        List.of(),
        List.of(Row.of(new Cell(TermText.shortened(text, MOST_CHARACTERS), Tone.CODE))));
  }

  private static String fate(Happening sending, Sent sent, RunLog log) {
    List<Happening> all = log.all();
    long first = all.isEmpty() ? 0 : sending.number() - all.getFirst().number();
    for (Happening later : all.subList((int) Math.clamp(first, 0, all.size()), all.size())) {
      if (later.what() instanceof Happening.Arrived(long transfer) && transfer == sent.transfer()) {
        return "arrived after " + Times.duration(later.atNanos() - sending.atNanos());
      }
      if (later.what() instanceof Lost(long transfer) && transfer == sent.transfer()) {
        return "lost";
      }
    }
    return "under way";
  }
}
