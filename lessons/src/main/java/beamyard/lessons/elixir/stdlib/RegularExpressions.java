package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Module {@code re}, except what can be said in Elixir. A compiled pattern is a term that holds its source and options. */
final class RegularExpressions {
  private static final String RE = "re";
  private static final Atom PATTERN = Atom.of("re_pattern");
  private static final Atom NOMATCH = Atom.of("nomatch");
  private static final Atom MATCH = Atom.of("match");
  private static final Atom BINARY = Atom.of("binary");

  private RegularExpressions() {}

  static void define(BuiltinTable table) {
    table.define(RE, "compile", 1, (_, a) -> compiled(a[0], Nil.NIL));
    table.define(RE, "compile", 2, (_, a) -> compiled(a[0], a[1]));
    table.define(RE, "run", 2, (_, a) -> run(a[0], a[1], Nil.NIL));
    table.define(
        RE,
        "run",
        3,
        (self, a) -> {
          Term result = run(a[0], a[1], a[2]);
          self.consume(a[0] instanceof Bits bits ? bits.byteSize() / 32 : 1);
          return result;
        });
    table.define(
        RE,
        "inspect",
        2,
        (_, a) -> {
          var names = new TreeSet<>(expression(a[0], List.of()).names().keySet());
          return Tuple.of(
              Atom.of("namelist"), ListTerm.of(names.stream().<Term>map(Bits::of).toList()));
        });
    table.define(RE, "version", 0, (_, _) -> Bits.of("8.44 2020-02-12"));
  }

  private static Set<PerlPattern.Option> options(List<Term> terms) {
    var options = EnumSet.noneOf(PerlPattern.Option.class);
    for (Term term : terms) {
      switch (term) {
        case Atom name -> {
          for (PerlPattern.Option option : PerlPattern.Option.values()) {
            if (option.name().toLowerCase(Locale.ROOT).equals(name.name())) {
              options.add(option);
            }
          }
          if (!options.contains(PerlPattern.Option.UNICODE) && name == Atom.of("ucp")) {
            options.add(PerlPattern.Option.UNICODE);
          }
        }
        case Tuple setting
            when setting.size()
                >= 2 -> {} // newline, limits, and what is captured: no part of the pattern
        default -> throw Raise.badarg();
      }
    }
    return options;
  }

  private static Charset charset(Set<PerlPattern.Option> options) {
    return options.contains(PerlPattern.Option.UNICODE)
        ? StandardCharsets.UTF_8
        : StandardCharsets.ISO_8859_1;
  }

  private static byte[] bytes(Term data) {
    return IoData.characters(data).orElseGet(() -> IoData.binary(data)).toBytes();
  }

  private static String text(Term data, Charset charset) {
    return new String(bytes(data), charset);
  }

  private static Term compiled(Term source, Term optionList) {
    Set<PerlPattern.Option> options = options(Arguments.list(optionList));
    try {
      PerlPattern pattern = PerlPattern.compile(text(source, charset(options)), options);
      int unicode = options.contains(PerlPattern.Option.UNICODE) ? 1 : 0;
      return Tuple.of(
          Atom.OK,
          Tuple.of(
              PATTERN,
              SmallInt.of(pattern.groups()),
              SmallInt.of(unicode),
              SmallInt.of(0),
              stored(source, options)));
    } catch (PerlPattern.Mistake mistake) {
      return Tuple.of(
          Atom.ERROR,
          Tuple.of(Arguments.charlist(mistake.getMessage()), SmallInt.of(mistake.position())));
    }
  }

  /** The code of a compiled pattern: two bytes of options, then the source. */
  private static Bits stored(Term source, Set<PerlPattern.Option> options) {
    byte[] text = bytes(source);
    byte[] bytes = new byte[text.length + 2];
    int set = 0;
    for (PerlPattern.Option option : options) {
      set |= 1 << option.ordinal();
    }
    bytes[0] = (byte) (set >> 8);
    bytes[1] = (byte) set;
    System.arraycopy(text, 0, bytes, 2, text.length);
    return Bits.of(bytes);
  }

  private static Set<PerlPattern.Option> storedOptions(Bits code) {
    int set = code.byteAt(0) << 8 | code.byteAt(1);
    var options = EnumSet.noneOf(PerlPattern.Option.class);
    for (PerlPattern.Option option : PerlPattern.Option.values()) {
      if ((set & 1 << option.ordinal()) != 0) {
        options.add(option);
      }
    }
    return options;
  }

  private static boolean isCompiled(Term term) {
    return term instanceof Tuple tuple
        && tuple.isTagged(PATTERN, 5)
        && tuple.get(4) instanceof Bits code
        && code.byteSize() >= 2;
  }

  private static PerlPattern expression(Term term, List<Term> optionTerms) {
    try {
      if (isCompiled(term)) {
        Bits code = (Bits) ((Tuple) term).get(4);
        Set<PerlPattern.Option> options = storedOptions(code);
        return PerlPattern.compile(
            text(code.slice(2, code.byteSize() - 2), charset(options)), options);
      }
      Set<PerlPattern.Option> options = options(optionTerms);
      return PerlPattern.compile(text(term, charset(options)), options);
    } catch (PerlPattern.Mistake mistake) {
      throw Raise.badarg();
    }
  }

  private static boolean isUnicode(Term expression, List<Term> options) {
    return isCompiled(expression)
        ? storedOptions((Bits) ((Tuple) expression).get(4)).contains(PerlPattern.Option.UNICODE)
        : options(options).contains(PerlPattern.Option.UNICODE);
  }

  /** The text that is searched, and where its characters are in bytes. */
  private record Subject(String text, int @Nullable [] byteAt, boolean unicode) {
    static Subject of(byte[] bytes, boolean unicode) {
      if (!unicode) {
        return new Subject(new String(bytes, StandardCharsets.ISO_8859_1), null, false);
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.length() == bytes.length) {
        return new Subject(text, null, true);
      }
      if (!java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
        throw Raise.badarg();
      }
      int[] byteAt = new int[text.length() + 1];
      int offset = 0;
      for (int i = 0; i < text.length(); ) {
        int point = text.codePointAt(i);
        byteAt[i] = offset;
        if (Character.charCount(point) == 2) {
          byteAt[i + 1] = offset;
        }
        i += Character.charCount(point);
        offset += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      }
      byteAt[text.length()] = offset;
      return new Subject(text, byteAt, true);
    }

    int offset(int index) {
      return byteAt == null ? index : byteAt[index];
    }

    int index(int offset) {
      if (byteAt == null) {
        return offset;
      }
      int found = java.util.Arrays.binarySearch(byteAt, offset);
      if (found < 0) {
        throw Raise.badarg();
      }
      return found;
    }

    Term value(Matcher matcher, int group, Atom type) {
      boolean absent = group > matcher.groupCount() || matcher.start(group) < 0;
      if (type == Atom.of("index")) {
        return absent
            ? Tuple.of(SmallInt.of(-1), SmallInt.of(0))
            : Tuple.of(
                SmallInt.of(offset(matcher.start(group))),
                SmallInt.of(offset(matcher.end(group)) - offset(matcher.start(group))));
      }
      String found = absent ? "" : matcher.group(group);
      return type == BINARY
          ? Bits.of(found.getBytes(unicode ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1))
          : Arguments.charlist(found);
    }
  }

  private static Term run(Term data, Term expression, Term optionList) {
    List<Term> options = Arguments.list(optionList);
    PerlPattern pattern = expression(expression, options);
    Subject subject = Subject.of(bytes(data), isUnicode(expression, options));
    int offset = Arguments.size(Arguments.option(optionList, "offset", SmallInt.of(0)));
    if (offset > subject.offset(subject.text.length())) {
      throw Raise.badarg();
    }
    Matcher matcher =
        pattern
            .pattern()
            .matcher(subject.text)
            .useTransparentBounds(true)
            .useAnchoringBounds(false);
    int from = subject.index(offset);
    boolean anchored = options.contains(Atom.of("anchored"));
    matcher.region(from, subject.text.length());
    boolean found = anchored ? matcher.lookingAt() : matcher.find();
    if (options.contains(Atom.of("notempty"))) {
      while (found && matcher.end() == matcher.start()) {
        found = matcher.find();
      }
    }
    if (!found) {
      return NOMATCH;
    }
    Capture capture = capture(options, pattern);
    if (!options.contains(Atom.of("global"))) {
      return capture.what == Atom.of("none")
          ? MATCH
          : Tuple.of(MATCH, captured(capture, pattern, matcher, subject));
    }
    var all = new ArrayList<Term>();
    do {
      all.add(
          capture.what == Atom.of("none") ? Nil.NIL : captured(capture, pattern, matcher, subject));
    } while (matcher.find());
    return capture.what == Atom.of("none") ? MATCH : Tuple.of(MATCH, ListTerm.of(all));
  }

  /** Which parts of a match are wanted, and as what. */
  private record Capture(Term what, Atom type) {}

  private static Capture capture(List<Term> options, PerlPattern pattern) {
    for (Term option : options) {
      if (option instanceof Tuple tuple
          && tuple.size() >= 2
          && tuple.get(0) == Atom.of("capture")) {
        boolean nothing =
            tuple.get(1) == Nil.NIL
                || tuple.get(1) == Atom.of("all_names") && pattern.names().isEmpty();
        return new Capture(
            nothing ? Atom.of("none") : tuple.get(1),
            tuple.size() > 2 ? Arguments.atom(tuple.get(2)) : Atom.of("index"));
      }
    }
    return new Capture(Atom.of("all"), Atom.of("index"));
  }

  private static ListTerm captured(
      Capture capture, PerlPattern pattern, Matcher matcher, Subject subject) {
    var values = new ArrayList<Term>();
    switch (capture.what) {
      case Atom all when all == Atom.of("all") || all == Atom.of("all_but_first") -> {
        int last = matcher.groupCount();
        while (last > 0 && matcher.start(last) < 0) {
          last--;
        }
        for (int group = all == Atom.of("all") ? 0 : 1; group <= last; group++) {
          values.add(subject.value(matcher, group, capture.type));
        }
      }
      case Atom first when first == Atom.of("first") ->
          values.add(subject.value(matcher, 0, capture.type));
      case Atom names when names == Atom.of("all_names") -> {
        for (String name : new TreeSet<>(pattern.names().keySet())) {
          values.add(subject.value(matcher, pattern.names().get(name), capture.type));
        }
      }
      case ListTerm list -> {
        for (Term wanted : Arguments.list(list)) {
          values.add(subject.value(matcher, group(wanted, pattern), capture.type));
        }
      }
      default -> throw Raise.badarg();
    }
    return ListTerm.of(values);
  }

  private static int group(Term wanted, PerlPattern pattern) {
    if (wanted instanceof IntegerTerm) {
      return Arguments.size(wanted);
    }
    String name =
        wanted instanceof Atom atom
            ? atom.name()
            : wanted instanceof Bits ? Arguments.text(wanted) : Arguments.charlist(wanted);
    return pattern.names().getOrDefault(name, Integer.MAX_VALUE);
  }
}
