package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.Graphemes;
import beamyard.lessons.elixir.inspect.StringText;
import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of module {@code String} that need Unicode; those that are compositions of others are in Elixir. */
final class ElixirStrings {
  private static final String STRING = "Elixir.String";

  /** Functions to which the clauses in {@code string.ex} come down. */
  private static final String OF_ELIXIR_SOURCE = "beamyard_string";

  private ElixirStrings() {}

  static void define(BuiltinTable table) {
    table.define(STRING, "length", 1, (_, a) -> SmallInt.of(Graphemes.count(text(a[0]))));
    table.define(STRING, "graphemes", 1, (_, a) -> binaries(Graphemes.of(text(a[0]))));
    table.define(
        STRING,
        "codepoints",
        1,
        (_, a) -> binaries(text(a[0]).codePoints().mapToObj(Character::toString).toList()));
    table.define(
        STRING,
        "next_grapheme",
        1,
        (_, a) -> {
          String text = text(a[0]);
          if (text.isEmpty()) {
            return Atom.NIL;
          }
          String first = Graphemes.of(text).getFirst();
          return Tuple.of(
              BrokenText.binary(first), BrokenText.binary(text.substring(first.length())));
        });
    table.define(
        STRING,
        "next_codepoint",
        1,
        (_, a) -> {
          String text = text(a[0]);
          if (text.isEmpty()) {
            return Atom.NIL;
          }
          int size = Character.charCount(text.codePointAt(0));
          return Tuple.of(
              BrokenText.binary(text.substring(0, size)), BrokenText.binary(text.substring(size)));
        });
    cases(table);
    table.define(
        STRING, "reverse", 1, (_, a) -> BrokenText.binary(reversed(Graphemes.of(text(a[0])))));
    table.define(OF_ELIXIR_SOURCE, "valid?", 1, (_, a) -> Atom.of(decoded(bits(a[0])) != null));
    table.define(
        OF_ELIXIR_SOURCE,
        "printable?",
        2,
        (_, a) ->
            Atom.of(
                isPrintable(
                    a[0],
                    a[1] instanceof SmallInt limit ? (int) limit.value() : Integer.MAX_VALUE)));
    table.define(
        STRING,
        "normalize",
        2,
        (_, a) ->
            Bits.of(
                Normalizer.normalize(
                    text(a[0]),
                    switch (form(a[1])) {
                      case "nfc" -> Normalizer.Form.NFC;
                      case "nfd" -> Normalizer.Form.NFD;
                      case "nfkc" -> Normalizer.Form.NFKC;
                      case "nfkd" -> Normalizer.Form.NFKD;
                      default -> throw functionClause();
                    })));
    table.define(
        STRING,
        "equivalent?",
        2,
        (_, a) ->
            Atom.of(
                Normalizer.normalize(text(a[0]), Normalizer.Form.NFD)
                    .equals(Normalizer.normalize(text(a[1]), Normalizer.Form.NFD))));
    table.define(
        OF_ELIXIR_SOURCE, "jaro_distance", 2, (_, a) -> JaroDistance.of(text(a[0]), text(a[1])));
    table.define(
        OF_ELIXIR_SOURCE,
        "split",
        1,
        (_, a) ->
            binaries(
                List.of(
                        strip(text(a[0]))
                            .split(
                                "[\\s\\u0085\\u2028\\u2029"
                                    + "\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u205F\\u3000]+"))
                    .stream()
                    .filter(part -> !part.isEmpty())
                    .toList()));
    trimming(table);
    table.define(
        STRING,
        "slice",
        3,
        (_, a) -> {
          List<String> graphemes = Graphemes.of(text(a[0]));
          long start = number(a[1]);
          long count = number(a[2]);
          if (count < 0) {
            throw functionClause();
          }
          long from = start < 0 ? Math.max(0, start + graphemes.size()) : start;
          if (from >= graphemes.size()) {
            return Bits.EMPTY;
          }
          int to = (int) Math.min(graphemes.size(), from + count);
          return BrokenText.binary(String.join("", graphemes.subList((int) from, to)));
        });
    table.define(
        STRING, "to_atom", 1, (self, a) -> AtomTable.of(self).atom(self, bits(a[0]).text()));
    table.define(STRING, "to_existing_atom", 1, (self, a) -> existingAtom(self, a[0]));
  }

  private static Term existingAtom(ProcessContext self, Term text) {
    try {
      return AtomTable.of(self).existing(text(text));
    } catch (Raise raise) {
      throw raise.of("erlang", "binary_to_existing_atom", text, Atom.of("utf8"));
    }
  }

  /** Backwards; bytes that belong to no character stay where they are, and so divide what is turned round. */
  private static String reversed(List<String> graphemes) {
    var out = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= graphemes.size(); i++) {
      if (i == graphemes.size() || BrokenText.isByte(graphemes.get(i), 0)) {
        graphemes.subList(start, i).reversed().forEach(out::append);
        out.append(i == graphemes.size() ? "" : graphemes.get(i));
        start = i + 1;
      }
    }
    return out.toString();
  }

  private static void cases(BuiltinTable table) {
    mapping(table, "upcase", text -> text.toUpperCase(Locale.ROOT));
    mapping(table, "downcase", text -> text.toLowerCase(Locale.ROOT));
    mapping(table, "capitalize", ElixirStrings::capitalize);
  }

  private static void mapping(BuiltinTable table, String name, UnaryOperator<String> mapping) {
    table.define(
        OF_ELIXIR_SOURCE,
        name,
        2,
        (_, a) ->
            switch (form(a[1])) {
              case "turkic" -> BrokenText.binary(mapping.apply(turkic(name, text(a[0]))));
              case "ascii" -> BrokenText.binary(asciiOnly(text(a[0]), mapping));
              default -> BrokenText.binary(mapping.apply(text(a[0])));
            });
  }

  /** The letters of which Turkish has two kinds, already mapped. */
  private static String turkic(String name, String text) {
    return name.equals("upcase")
        ? text.replace('i', 'İ')
        : text.replace("İ", "i").replace("I", "ı");
  }

  private static String asciiOnly(String text, UnaryOperator<String> mapping) {
    String mapped =
        mapping.apply(
            text.chars()
                .mapToObj(c -> c < 0x80 ? Character.toString((char) c) : "\u0001")
                .reduce("", String::concat));
    var out = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x80) {
        out.setCharAt(i, mapped.charAt(i));
      }
    }
    return out.toString();
  }

  private static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int size = Character.charCount(text.codePointAt(0));
    String first = text.substring(0, size);
    String title = first.toUpperCase(Locale.ROOT);
    title =
        title.length() > size
            ? title.substring(0, 1) + title.substring(1).toLowerCase(Locale.ROOT)
            : Character.toString(Character.toTitleCase(text.codePointAt(0)));
    return title + text.substring(size).toLowerCase(Locale.ROOT);
  }

  private static void trimming(BuiltinTable table) {
    table.define(OF_ELIXIR_SOURCE, "trim", 1, (_, a) -> BrokenText.binary(strip(text(a[0]))));
    table.define(
        OF_ELIXIR_SOURCE, "trim_leading", 1, (_, a) -> BrokenText.binary(stripLeading(text(a[0]))));
    table.define(
        OF_ELIXIR_SOURCE,
        "trim_trailing",
        1,
        (_, a) -> BrokenText.binary(stripTrailing(text(a[0]))));
  }

  private static String strip(String text) {
    return stripTrailing(stripLeading(text));
  }

  private static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && isWhitespace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isWhitespace(char c) {
    return c == ' '
        || c >= 9 && c <= 13
        || c == 0x85
        || c == 0xA0
        || c > 0xFF && (Character.isSpaceChar(c));
  }

  private static boolean isPrintable(Term term, int limit) {
    String text = decoded(bits(term));
    return text != null && text.codePoints().limit(limit).allMatch(StringText::isPrintable);
  }

  /** The text of a binary; {@code null} if it is no UTF-8. */
  static @Nullable String decoded(Bits bits) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bits.toBytes())).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static ListTerm binaries(List<String> texts) {
    return texts.isEmpty()
        ? Nil.NIL
        : ListTerm.of(texts.stream().<Term>map(BrokenText::binary).toList());
  }

  private static String text(Term term) {
    return BrokenText.of(bits(term));
  }

  private static Bits bits(Term term) {
    if (term instanceof Bits bits && bits.isBinary()) {
      return bits;
    }
    throw functionClause();
  }

  private static long number(Term term) {
    if (term instanceof SmallInt number) {
      return number.value();
    }
    throw functionClause();
  }

  private static String form(Term term) {
    if (term instanceof Atom atom) {
      return atom.name();
    }
    throw functionClause();
  }

  private static Raise functionClause() {
    return Raise.error(Atom.of("function_clause"));
  }
}
