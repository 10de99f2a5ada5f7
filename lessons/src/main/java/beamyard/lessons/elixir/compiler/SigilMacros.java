package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.lessons.elixir.syntax.Parser;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sigils of {@code Kernel}. Their texts come as written, escapes not yet replaced. */
final class SigilMacros {
  private static final Template REGEX =
      Template.of("Regex.compile!(unquote(text), unquote(options))");
  private static final Template WORDS = Template.of("String.split(unquote(text))");
  private static final Template WORD_ATOMS =
      Template.of("Enum.map(String.split(unquote(text)), &String.to_atom/1)");
  private static final Template WORD_CHARLISTS =
      Template.of("Enum.map(String.split(unquote(text)), &String.to_charlist/1)");
  private static final Template CHARLIST = Template.of("String.to_charlist(unquote(text))");
  private static final Template DATE = Template.of("Calendar.__sigil__(Date, unquote(text))");
  private static final Template TIME = Template.of("Calendar.__sigil__(Time, unquote(text))");
  private static final Template NAIVE =
      Template.of("Calendar.__sigil__(NaiveDateTime, unquote(text))");
  private static final Template UTC = Template.of("Calendar.__sigil__(DateTime, unquote(text))");

  private SigilMacros() {}

  /** Whether escapes in a sigil's text mean something. */
  private enum Escaping {
    REPLACED,
    KEPT
  }

  static void addTo(Map<String, KernelMacro> macros) {
    macros.put(
        "sigil_s/2",
        (expander, scope, meta, arguments) -> text(arguments.getFirst(), Escaping.REPLACED));
    macros.put(
        "sigil_S/2",
        (expander, scope, meta, arguments) -> text(arguments.getFirst(), Escaping.KEPT));
    macros.put(
        "sigil_c/2",
        (expander, scope, meta, arguments) ->
            charlist(expander, meta, text(arguments.getFirst(), Escaping.REPLACED)));
    macros.put(
        "sigil_C/2",
        (expander, scope, meta, arguments) ->
            charlist(expander, meta, text(arguments.getFirst(), Escaping.KEPT)));
    macros.put(
        "sigil_w/2",
        (expander, scope, meta, arguments) ->
            words(expander, meta, text(arguments.getFirst(), Escaping.REPLACED), arguments.get(1)));
    macros.put(
        "sigil_W/2",
        (expander, scope, meta, arguments) ->
            words(expander, meta, text(arguments.getFirst(), Escaping.KEPT), arguments.get(1)));
    macros.put("sigil_r/2", SigilMacros::regex);
    macros.put("sigil_R/2", SigilMacros::regex);
    macros.put(
        "sigil_D/2",
        (expander, scope, meta, arguments) -> calendar(expander, meta, DATE, arguments));
    macros.put(
        "sigil_T/2",
        (expander, scope, meta, arguments) -> calendar(expander, meta, TIME, arguments));
    macros.put(
        "sigil_N/2",
        (expander, scope, meta, arguments) -> calendar(expander, meta, NAIVE, arguments));
    macros.put(
        "sigil_U/2",
        (expander, scope, meta, arguments) -> calendar(expander, meta, UTC, arguments));
  }

  private static Term text(Term form, Escaping escaping) {
    var parts = new ArrayList<Term>();
    for (Term part : Quoted.arguments(form)) {
      parts.add(
          part instanceof Bits text && escaping == Escaping.REPLACED ? unescaped(text) : part);
    }
    if (parts.isEmpty()) {
      return Bits.EMPTY;
    }
    return parts.size() == 1 && parts.getFirst() instanceof Bits whole
        ? whole
        : Quoted.call(Quoted.BITS, Quoted.meta(form), parts);
  }

  private static Term unescaped(Bits text) {
    return Parser.unescaped(text.text())
        .orElseThrow(() -> argumentError("invalid escape sequence in sigil"));
  }

  private static Term charlist(Expander expander, ListTerm meta, Term text) {
    return text instanceof Bits known
        ? characters(known.text())
        : CHARLIST.fill(expander, meta, "text", text);
  }

  private static ListTerm characters(String text) {
    return ListTerm.of(text.codePoints().<Term>mapToObj(SmallInt::of).toList());
  }

  private static Term words(Expander expander, ListTerm meta, Term text, Term modifiers) {
    List<Term> letters = modifiers instanceof ListTerm list ? list.toList() : List.of();
    char kind = letters.isEmpty() ? 's' : (char) ((SmallInt) letters.getFirst()).value();
    if (letters.size() > 1 || "sac".indexOf(kind) < 0) {
      throw argumentError("modifier must be one of: s, a, c");
    }
    if (text instanceof Bits known) {
      Stream<String> words = Stream.of(known.text().split("\\s+")).filter(word -> !word.isEmpty());
      return ListTerm.of(
          words
              .<Term>map(
                  word ->
                      switch (kind) {
                        case 'a' -> Atom.of(word);
                        case 'c' -> characters(word);
                        default -> Bits.of(word);
                      })
              .toList());
    }
    Template template =
        switch (kind) {
          case 'a' -> WORD_ATOMS;
          case 'c' -> WORD_CHARLISTS;
          default -> WORDS;
        };
    return template.fill(expander, meta, "text", text);
  }

  private static Term regex(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    var letters = new StringBuilder();
    if (arguments.get(1) instanceof ListTerm list) {
      list.forEach(letter -> letters.appendCodePoint((int) ((SmallInt) letter).value()));
    }
    return REGEX.fill(
        expander,
        meta,
        "text",
        text(arguments.getFirst(), Escaping.KEPT),
        "options",
        Bits.of(letters.toString()));
  }

  private static Term calendar(
      Expander expander, ListTerm meta, Template template, List<Term> arguments) {
    return template.fill(expander, meta, "text", text(arguments.getFirst(), Escaping.KEPT));
  }
}
