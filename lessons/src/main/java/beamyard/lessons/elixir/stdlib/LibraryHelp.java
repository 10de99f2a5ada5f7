package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.stdlib.Signatures.Kind;
import beamyard.lessons.elixir.stdlib.Signatures.Metadata;
import beamyard.lessons.elixir.stdlib.Signatures.Signature;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The help of the library: how functions, callbacks and types are written, from the real ones, and what they do in words of our own.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#fetch_docs/1">Elixir, Code.fetch_docs/1</a>
 */
public final class LibraryHelp {
  private static final String YARD = "beamyard";
  private static final Atom HIDDEN = Atom.of("hidden");
  private static final Atom NONE = Atom.of("none");

  private LibraryHelp() {}

  /**
   * What a list of names shows beside one of them.
   *
   * @param head how the function is called, with the names of its arguments
   * @param summary the first sentence of its help; empty if it has none
   */
  public record Brief(String head, String summary) {}

  /**
   * The functions and macros of a name, by arity.
   *
   * @param module as code names it, {@code Enum} or {@code :lists}
   */
  public static List<Brief> briefs(String module, String function) {
    Optional<HelpTexts> texts = HelpTexts.of(module);
    var briefs = new ArrayList<Brief>();
    for (Signature signature : signatures(module, Signature::isFunction)) {
      if (signature.name().equals(function)) {
        String head =
            signature.head().isEmpty() ? function + "/" + signature.arity() : signature.head();
        briefs.add(
            new Brief(
                head,
                texts
                    .flatMap(help -> help.entry(signature.key()))
                    .map(entry -> firstSentence(entry.text()))
                    .orElse("")));
      }
    }
    return briefs;
  }

  /** The first sentence of the help of a module; empty if it has none. */
  public static Optional<String> brief(String module) {
    return HelpTexts.of(module)
        .flatMap(HelpTexts::module)
        .map(entry -> firstSentence(entry.text()));
  }

  /** The lines of all examples of a module, each as a shell shows it. */
  public static List<String> examples(String module) {
    return HelpTexts.of(module).map(HelpTexts::entries).orElse(List.of()).stream()
        .flatMap(entry -> entry.examples().stream())
        .toList();
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  static void define(BuiltinTable table) {
    table.define(YARD, "docs", 1, (_, a) -> docs(Arguments.atom(a[0])));
    table.define(
        YARD,
        "specs",
        3,
        (_, a) ->
            texts(
                signatures(
                    name(Arguments.atom(a[0])),
                    it ->
                        it.isFunction()
                            && it.name().equals(Arguments.atom(a[1]).name())
                            && it.arity() == Arguments.size(a[2]))));
    table.define(
        YARD,
        "callbacks",
        1,
        (_, a) -> list(signatures(name(Arguments.atom(a[0])), Signature::isCallback)));
    table.define(
        YARD,
        "optional_callbacks",
        1,
        (_, a) ->
            Signatures.loaded()
                .module(name(Arguments.atom(a[0])))
                .flatMap(Signatures.Module::optional)
                .<Term>map(Bits::of)
                .orElse(Atom.NIL));
    table.define(
        YARD,
        "types",
        1,
        (_, a) -> list(signatures(name(Arguments.atom(a[0])), it -> it.kind() == Kind.TYPE)));
    table.define(
        YARD,
        "has_signatures",
        1,
        (_, a) -> Atom.of(Signatures.loaded().module(name(Arguments.atom(a[0]))).isPresent()));
  }

  /** The name as Elixir prints it. */
  private static String name(Atom module) {
    return module.name().startsWith("Elixir.")
        ? module.name().substring("Elixir.".length())
        : ":" + module.name();
  }

  private static List<Signature> signatures(String module, Predicate<Signature> which) {
    return Signatures.loaded()
        .module(module)
        .map(Signatures.Module::signatures)
        .orElse(List.of())
        .stream()
        .filter(which)
        .toList();
  }

  private static ListTerm texts(List<Signature> signatures) {
    return ListTerm.of(
        signatures.stream().flatMap(it -> it.types().stream()).<Term>map(Bits::of).toList());
  }

  /** Each as {@code {kind, name, arity, texts}}; the kind of a type is type, typep or opaque. */
  private static ListTerm list(List<Signature> signatures) {
    return ListTerm.of(
        signatures.stream()
            .<Term>map(
                it ->
                    Tuple.of(
                        Atom.of(it.kind() == Kind.TYPE ? it.head() : it.kind().word()),
                        Atom.of(it.name()),
                        SmallInt.of(it.arity()),
                        texts(List.of(it))))
            .toList());
  }

  /** As {@code Code.fetch_docs/1}; {@code nil} for a module of which nothing is told. */
  private static Term docs(Atom module) {
    String name = name(module);
    Optional<HelpTexts> texts = HelpTexts.of(name);
    Optional<Signatures.Module> known = Signatures.loaded().module(name);
    boolean isErlang = name.startsWith(":");
    if (texts.isEmpty() && (isErlang || known.isEmpty())) {
      return Atom.NIL;
    }
    var entries = new ArrayList<Term>();
    known.map(Signatures.Module::signatures).orElse(List.of()).stream()
        .filter(it -> !it.head().equals("typep"))
        .forEach(
            it -> {
              Optional<HelpTexts.Entry> entry = texts.flatMap(help -> help.entry(it.key()));
              if (!isErlang || entry.isPresent()) {
                entries.add(entry(it, entry, name));
              }
            });
    if (known.isEmpty()) {
      texts.orElseThrow().entries().forEach(entry -> entries.add(ofTheYard(entry)));
    }
    return Tuple.of(
        Atom.of("docs_v1"),
        SmallInt.of(2),
        Atom.of(isErlang ? "erlang" : "elixir"),
        Bits.of("text/markdown"),
        texts
            .flatMap(HelpTexts::module)
            .<Term>map(entry -> english(entry.markdown()))
            .orElse(HIDDEN),
        MapTerm.EMPTY,
        ListTerm.of(entries));
  }

  private static Term entry(Signature it, Optional<HelpTexts.Entry> entry, String module) {
    String head = it.head().isEmpty() ? module + "." + it.name() + "/" + it.arity() : it.head();
    return Tuple.of(
        Tuple.of(Atom.of(it.kind().word()), Atom.of(it.name()), SmallInt.of(it.arity())),
        SmallInt.of(it.line()),
        it.isFunction() ? ListTerm.of(Bits.of(head)) : ListTerm.of(),
        entry.<Term>map(found -> english(found.markdown())).orElse(NONE),
        metadata(it));
  }

  private static Term ofTheYard(HelpTexts.Entry entry) {
    return Tuple.of(
        Tuple.of(Atom.of("function"), Atom.of(entry.name()), SmallInt.of(entry.arity())),
        SmallInt.of(0),
        ListTerm.of(Bits.of(entry.head())),
        english(entry.markdown()),
        MapTerm.EMPTY);
  }

  private static MapTerm english(String text) {
    return MapTerm.of(Bits.of("en"), Bits.of(text));
  }

  private static MapTerm metadata(Signature signature) {
    var pairs = new ArrayList<Term>();
    if (signature.defaults() > 0) {
      pairs.add(Atom.of("defaults"));
      pairs.add(SmallInt.of(signature.defaults()));
    }
    for (Metadata each : signature.metadata()) {
      pairs.add(Atom.of(each.key()));
      pairs.add(
          switch (each.key()) {
            case "guard" -> Atom.TRUE;
            case "delegate_to" -> delegate(each.value());
            default -> Bits.of(each.value());
          });
    }
    return MapTerm.of(pairs.toArray(Term[]::new));
  }

  private static Term delegate(String text) {
    int blank = text.indexOf(' ');
    int slash = text.lastIndexOf('/');
    String module = text.substring(0, blank);
    return Tuple.of(
        Atom.of(module.startsWith(":") ? module.substring(1) : "Elixir." + module),
        Atom.of(text.substring(blank + 1, slash)),
        SmallInt.of(Long.parseLong(text.substring(slash + 1))));
  }
}
