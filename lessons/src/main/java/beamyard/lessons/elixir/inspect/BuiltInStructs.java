package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elixir's own structs that look like no other: ranges, sets, dates, regular expressions, streams, versions. */
final class BuiltInStructs {
  private static final Atom CALENDAR_ISO = Atom.of("Elixir.Calendar.ISO");

  private BuiltInStructs() {}

  /** The document of a struct; {@code null} if it is none of these or not as it should be. */
  static @Nullable Doc doc(Inspector inspector, Atom module, MapTerm map, InspectOptions options) {
    return switch (module.name()) {
      case "Elixir.Range" -> range(inspector, map, options);
      case "Elixir.MapSet" -> set(inspector, map, options);
      case "Elixir.Date" -> isIso(map) ? sigil("~D[", date(map)) : null;
      case "Elixir.Time" -> isIso(map) ? sigil("~T[", time(map)) : null;
      case "Elixir.NaiveDateTime" -> isIso(map) ? sigil("~N[", date(map) + " " + time(map)) : null;
      case "Elixir.DateTime" -> isIso(map) ? dateTime(map) : null;
      case "Elixir.Date.Range" -> dateRange(inspector, map, options);
      case "Elixir.Regex" -> regex(map);
      case "Elixir.Stream" -> stream(inspector, map, options);
      case "Elixir.Version" -> version(inspector, map, options);
      default -> null;
    };
  }

  private static Term field(MapTerm map, String name) {
    Term value = map.get(Atom.of(name));
    return value == null ? Atom.NIL : value;
  }

  private static Doc sigil(String open, String text) {
    return Doc.text(open + text + "]");
  }

  private static @Nullable Doc range(Inspector inspector, MapTerm map, InspectOptions options) {
    if (!(field(map, "first") instanceof IntegerTerm first
        && field(map, "last") instanceof IntegerTerm last
        && map.size() >= 4)) {
      return null;
    }
    Term step = field(map, "step");
    Doc ends =
        Doc.concat(inspector.doc(first, options), Doc.text(".."), inspector.doc(last, options));
    return step.equals(SmallInt.of(1)) && first.bigValue().compareTo(last.bigValue()) <= 0
        ? ends
        : Doc.concat(ends, Doc.text("//"), inspector.doc(step, options));
  }

  private static @Nullable Doc set(Inspector inspector, MapTerm map, InspectOptions options) {
    if (!(field(map, "map") instanceof MapTerm members)) {
      return null;
    }
    var keys = new ArrayList<Term>();
    members.forEach(entry -> keys.add(entry.key()));
    Term list = ListTerm.of(keys);
    InspectOptions asLists = options.withCharlists(InspectOptions.Charlists.AS_LISTS);
    return Doc.concat(Doc.text("MapSet.new("), inspector.doc(list, asLists), Doc.text(")"));
  }

  private static boolean isIso(MapTerm map) {
    return field(map, "calendar") == CALENDAR_ISO;
  }

  private static long number(MapTerm map, String name) {
    return field(map, name) instanceof SmallInt number ? number.value() : 0;
  }

  private static String date(MapTerm map) {
    long year = number(map, "year");
    return (year < 0 ? "-" : "")
        + String.format("%04d-%02d-%02d", Math.abs(year), number(map, "month"), number(map, "day"));
  }

  private static String time(MapTerm map) {
    String seconds =
        String.format(
            "%02d:%02d:%02d", number(map, "hour"), number(map, "minute"), number(map, "second"));
    if (field(map, "microsecond") instanceof Tuple micro
        && micro.get(0) instanceof SmallInt value
        && micro.get(1) instanceof SmallInt precision
        && precision.value() > 0) {
      return seconds
          + "."
          + String.format("%06d", value.value()).substring(0, (int) precision.value());
    }
    return seconds;
  }

  private static Doc dateTime(MapTerm map) {
    String zone = field(map, "time_zone") instanceof Bits bits ? bits.text() : "";
    String stamp = date(map) + " " + time(map);
    long offset = number(map, "utc_offset") + number(map, "std_offset");
    if (offset == 0 && zone.equals("Etc/UTC")) {
      return Doc.text("~U[" + stamp + "Z]");
    }
    String abbreviation = field(map, "zone_abbr") instanceof Bits bits ? bits.text() : "";
    long magnitude = Math.abs(offset);
    String shown =
        (offset < 0 ? "-" : "+")
            + String.format("%02d:%02d", magnitude / 3600, magnitude % 3600 / 60);
    return Doc.text("#DateTime<" + stamp + shown + " " + abbreviation + " " + zone + ">");
  }

  private static @Nullable Doc dateRange(Inspector inspector, MapTerm map, InspectOptions options) {
    if (!(field(map, "first") instanceof MapTerm first
        && field(map, "last") instanceof MapTerm last)) {
      return null;
    }
    boolean plain = field(map, "step").equals(SmallInt.of(1));
    Doc ends =
        Doc.concat(
            Doc.text("Date.range("),
            inspector.doc(first, options),
            Doc.text(", "),
            inspector.doc(last, options));
    return plain
        ? Doc.concat(ends, Doc.text(")"))
        : Doc.concat(
            ends, Doc.text(", "), inspector.doc(field(map, "step"), options), Doc.text(")"));
  }

  private static @Nullable Doc regex(MapTerm map) {
    if (!(field(map, "source") instanceof Bits source)) {
      return null;
    }
    String options = field(map, "opts") instanceof Bits bits ? bits.text() : "";
    return Doc.text("~r/" + escapedRegex(source.text()) + "/" + options);
  }

  private static String escapedRegex(String source) {
    var out = new StringBuilder();
    for (int i = 0; i < source.length(); ) {
      int c = source.codePointAt(i);
      i += Character.charCount(c);
      boolean interpolates = source.startsWith("#{", i);
      if (c == '#' && source.startsWith("{", i)) {
        out.append("\\#");
      } else if (c == '\\') {
        out.append('\\');
        if (i < source.length() && !interpolates) {
          int next = source.codePointAt(i);
          out.appendCodePoint(next);
          i += Character.charCount(next);
        }
      } else {
        StringText.append(out, c, '/');
      }
    }
    return out.toString();
  }

  private static Doc stream(Inspector inspector, MapTerm map, InspectOptions options) {
    var funs = new ArrayList<Term>();
    if (field(map, "funs") instanceof ListTerm list) {
      list.forEach(funs::addFirst);
    }
    Term inner =
        ListTerm.of(
            List.of(
                Tuple.of(Atom.of("enum"), field(map, "enum")),
                Tuple.of(Atom.of("funs"), funs.isEmpty() ? Nil.NIL : ListTerm.of(funs))));
    return Doc.concat(Doc.text("#Stream<"), inspector.doc(inner, options), Doc.text(">"));
  }

  /** Without its build and pre-release parts where there are none. */
  private static Doc version(Inspector inspector, MapTerm map, InspectOptions options) {
    var pairs = new ArrayList<Term>();
    for (String name : List.of("major", "minor", "patch", "pre", "build")) {
      Term value = field(map, name);
      boolean absent =
          name.equals("build") && value == Atom.NIL || name.equals("pre") && value == Nil.NIL;
      if (!absent) {
        pairs.add(Tuple.of(Atom.of(name), value));
      }
    }
    return inspector.fields("%Version{", pairs, "}", options);
  }
}
