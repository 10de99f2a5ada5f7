package beamyard.lessons.elixir.stdlib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How functions, callbacks and types of Elixir 1.14 and OTP 25 are written ({@code signatures.txt}, made by {@code
 * src/tools/signatures.exs}): heads, types and metadata, laid out as IEx shows them.
 */
final class Signatures {
  private static final String FILE = "signatures.txt";
  private static final String NEXT_TYPE = ".";

  private final Map<String, Module> modules = new LinkedHashMap<>();

  /** What a signature is of. */
  enum Kind {
    FUNCTION,
    MACRO,
    CALLBACK,
    MACROCALLBACK,
    TYPE;

    /** As documentation names it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A fact about a function beside its types: {@code since}, {@code guard} and the like. */
  record Metadata(String key, String value) {}

  /**
   * One function, callback or type.
   *
   * @param line in the real source; 0 if it is not known
   * @param defaults how many arguments have a default
   * @param head as documentation shows it, {@code map(enumerable, fun)}; of a type its kind; empty in Erlang
   * @param types the specifications, each with its line ends
   */
  record Signature(
      Kind kind,
      String name,
      int arity,
      int line,
      int defaults,
      String head,
      List<String> types,
      List<Metadata> metadata) {
    boolean isFunction() {
      return kind == Kind.FUNCTION || kind == Kind.MACRO;
    }

    boolean isCallback() {
      return kind == Kind.CALLBACK || kind == Kind.MACROCALLBACK;
    }

    /** The name with which the help texts have an entry for it. */
    String key() {
      return (isCallback() ? "c:" : kind == Kind.TYPE ? "t:" : "") + name + "/" + arity;
    }
  }

  /**
   * What is written down of one module, in its order.
   *
   * @param optional the optional callbacks as IEx shows them; empty if there are none
   */
  record Module(List<Signature> signatures, Optional<String> optional) {}

  private Signatures() {}

  static Signatures loaded() {
    return Loaded.SIGNATURES;
  }

  /** What is written down of a module, whose name is as Elixir prints it. */
  Optional<Module> module(String name) {
    return Optional.ofNullable(modules.get(name));
  }

  private static Signatures read() {
    var reader = new Reader();
    StdlibSources.resource(FILE).lines().forEach(reader::take);
    reader.endModule();
    return reader.read;
  }

  /** Reads line by line; what belongs to a signature follows it. */
  private static final class Reader {
    final Signatures read = new Signatures();
    private String module = "";
    private List<Signature> signatures = new ArrayList<>();
    private Optional<String> optional = Optional.empty();
    private String head = "";
    private final StringBuilder text = new StringBuilder();
    private final List<String> types = new ArrayList<>();
    private final List<Metadata> metadata = new ArrayList<>();

    void take(String line) {
      if (line.startsWith(" ")) {
        typeLine(line.substring(1));
      } else if (line.startsWith("+ ")) {
        String[] words = line.split(" ", 3);
        metadata.add(new Metadata(words[1], words[2]));
      } else if (line.startsWith("module ")) {
        endModule();
        module = line.substring("module ".length());
      } else {
        endSignature();
        head = line;
      }
    }

    private void typeLine(String line) {
      if (line.equals(NEXT_TYPE)) {
        endType();
      } else {
        text.append(text.isEmpty() ? "" : "\n").append(line);
      }
    }

    private void endType() {
      if (!text.isEmpty()) {
        types.add(text.toString());
        text.setLength(0);
      }
    }

    private void endSignature() {
      endType();
      if (head.equals("optional")) {
        optional = Optional.of(types.getFirst());
      } else if (!head.isEmpty()) {
        String[] words = head.split(" ", 5);
        int slash = words[1].lastIndexOf('/');
        signatures.add(
            new Signature(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words[1].substring(0, slash),
                Integer.parseInt(words[1].substring(slash + 1)),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                words.length > 4 ? words[4].replace('¶', '\n') : "",
                List.copyOf(types),
                List.copyOf(metadata)));
      }
      head = "";
      types.clear();
      metadata.clear();
    }

    void endModule() {
      endSignature();
      if (!module.isEmpty()) {
        read.modules.put(module, new Module(List.copyOf(signatures), optional));
      }
      signatures = new ArrayList<>();
      optional = Optional.empty();
    }
  }

  /** Read when somebody first asks for help. */
  private static final class Loaded {
    static final Signatures SIGNATURES = read();
  }
}
