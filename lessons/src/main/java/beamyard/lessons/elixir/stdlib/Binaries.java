package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Module {@code binary}. */
final class Binaries {
  private static final String BINARY = "binary";

  /** A part of a binary in bytes. */
  private record Part(int start, int length) {
    Term term() {
      return Tuple.of(SmallInt.of(start), SmallInt.of(length));
    }
  }

  private Binaries() {}

  static void define(BuiltinTable table) {
    table.define(BINARY, "bin_to_list", 1, (_, a) -> ErlangData.bytes(Arguments.binary(a[0])));
    table.define(
        BINARY,
        "bin_to_list",
        3,
        (_, a) -> ErlangData.bytes(ErlangData.part(Arguments.binary(a[0]), a[1], a[2])));
    table.define("beamyard", "collectable_bits", 1, (_, a) -> collectable(a[0]));
    table.define(BINARY, "list_to_bin", 1, (_, a) -> IoData.binary(a[0]));
    table.define(BINARY, "copy", 1, (_, a) -> Arguments.binary(a[0]));
    table.define(
        BINARY,
        "copy",
        2,
        (_, a) -> {
          byte[] once = Arguments.binary(a[0]).toBytes();
          if (a[1] instanceof SmallInt many && once.length > 0) {
            YardLimit.BINARY.check(many.value());
          }
          int count = Arguments.size(a[1]);
          YardLimit.BINARY.check((long) once.length * count);
          byte[] all = new byte[once.length * count];
          for (int i = 0; i < count; i++) {
            System.arraycopy(once, 0, all, i * once.length, once.length);
          }
          return Bits.of(all);
        });
    table.define(
        BINARY,
        "at",
        2,
        (_, a) -> {
          Bits bits = Arguments.binary(a[0]);
          int at = Arguments.size(a[1]);
          if (at >= bits.byteSize()) {
            throw Raise.badarg();
          }
          return SmallInt.of(bits.byteAt(at));
        });
    table.define(BINARY, "first", 1, (_, a) -> SmallInt.of(nonEmpty(a[0]).byteAt(0)));
    table.define(
        BINARY,
        "last",
        1,
        (_, a) -> {
          Bits bits = nonEmpty(a[0]);
          return SmallInt.of(bits.byteAt(bits.byteSize() - 1));
        });
    table.define(
        BINARY,
        "part",
        2,
        (_, a) -> {
          Tuple part = Arguments.tuple(a[1]);
          return ErlangData.part(Arguments.binary(a[0]), part.get(0), part.get(1));
        });
    table.define(BINARY, "part", 3, (_, a) -> ErlangData.part(Arguments.binary(a[0]), a[1], a[2]));
    table.define(
        BINARY,
        "encode_unsigned",
        1,
        (_, a) -> {
          byte[] bytes = Arguments.integer(a[0]).bigValue().toByteArray();
          Bits bits = Bits.of(bytes);
          return bytes.length > 1 && bytes[0] == 0 ? bits.slice(1, bytes.length - 1) : bits;
        });
    table.define(
        BINARY,
        "decode_unsigned",
        1,
        (_, a) -> IntegerTerm.of(new BigInteger(1, Arguments.binary(a[0]).toBytes())));
    for (int arity = 2; arity <= 3; arity++) {
      table.define(
          BINARY,
          "match",
          arity,
          (_, a) -> {
            List<Part> found = find(scope(a), patterns(a[1]), offset(a));
            return found.isEmpty() ? Atom.of("nomatch") : found.getFirst().term();
          });
      table.define(
          BINARY,
          "matches",
          arity,
          (_, a) ->
              ListTerm.of(
                  find(scope(a), patterns(a[1]), offset(a)).stream().map(Part::term).toList()));
      table.define(BINARY, "split", arity, (_, a) -> split(a));
    }
    for (int arity = 3; arity <= 4; arity++) {
      table.define(BINARY, "replace", arity, (_, a) -> replace(a));
    }
    table.define(
        BINARY,
        "compile_pattern",
        1,
        (_, a) -> {
          patterns(a[0]);
          return a[0];
        });
    table.define(
        BINARY,
        "referenced_byte_size",
        1,
        (_, a) -> SmallInt.of(Arguments.binary(a[0]).byteSize()));
    table.define(
        BINARY,
        "longest_common_prefix",
        1,
        (_, a) -> {
          List<Bits> all = Arguments.list(a[0]).stream().map(Arguments::binary).toList();
          if (all.isEmpty()) {
            throw Raise.badarg();
          }
          int length = 0;
          while (sameByte(all, length)) {
            length++;
          }
          return SmallInt.of(length);
        });
  }

  /** What a comprehension into a binary may give. */
  private static Term collectable(Term value) {
    if (value instanceof Bits) {
      return value;
    }
    throw Raise.error("badarg", value);
  }

  private static boolean sameByte(List<Bits> all, int at) {
    return all.stream()
        .allMatch(bits -> at < bits.byteSize() && bits.byteAt(at) == all.getFirst().byteAt(at));
  }

  private static Bits nonEmpty(Term term) {
    Bits bits = Arguments.binary(term);
    if (bits.byteSize() == 0) {
      throw Raise.badarg();
    }
    return bits;
  }

  private static int offset(Term[] a) {
    if (a.length == 3 && Arguments.option(a[2], "scope", Atom.NIL) instanceof Tuple scope) {
      return Arguments.size(scope.get(0));
    }
    return 0;
  }

  private static Bits scope(Term[] a) {
    Bits bits = Arguments.binary(a[0]);
    return a.length == 3 && Arguments.option(a[2], "scope", Atom.NIL) instanceof Tuple scope
        ? ErlangData.part(bits, scope.get(0), scope.get(1))
        : bits;
  }

  static List<byte[]> patterns(Term term) {
    var patterns = new ArrayList<byte[]>();
    for (Term pattern : term instanceof ListTerm ? Arguments.list(term) : List.of(term)) {
      byte[] bytes = Arguments.binary(pattern).toBytes();
      if (bytes.length == 0) {
        throw Raise.badarg();
      }
      patterns.add(bytes);
    }
    if (patterns.isEmpty()) {
      throw Raise.badarg();
    }
    return patterns;
  }

  /** The matches from left to right, at each place the longest pattern. */
  private static List<Part> find(Bits bits, List<byte[]> patterns, int offset) {
    var parts = new ArrayList<Part>();
    byte[] bytes = bits.toBytes();
    int at = 0;
    while (at < bytes.length) {
      int longest = 0;
      for (byte[] pattern : patterns) {
        if (pattern.length > longest && startsWith(bytes, at, pattern)) {
          longest = pattern.length;
        }
      }
      if (longest > 0) {
        parts.add(new Part(at + offset, longest));
        at += longest;
      } else {
        at++;
      }
    }
    return parts;
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] pattern) {
    if (at + pattern.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (bytes[at + i] != pattern[i]) {
        return false;
      }
    }
    return true;
  }

  private static Term split(Term[] a) {
    Bits bits = Arguments.binary(a[0]);
    List<Term> options = a.length == 3 ? Arguments.list(a[2]) : List.of();
    List<Part> found = find(bits, patterns(a[1]), 0);
    var parts = new ArrayList<Term>();
    int from = 0;
    for (Part part :
        options.contains(Atom.of("global")) ? found : found.stream().limit(1).toList()) {
      parts.add(bits.slice(from, part.start() - from));
      from = part.start() + part.length();
    }
    parts.add(bits.slice(from, bits.byteSize() - from));
    if (options.contains(Atom.of("trim_all"))) {
      parts.removeIf(Bits.EMPTY::equals);
    } else if (options.contains(Atom.of("trim"))) {
      while (!parts.isEmpty() && parts.getLast().equals(Bits.EMPTY)) {
        parts.removeLast();
      }
    }
    return ListTerm.of(parts);
  }

  private static Term replace(Term[] a) {
    Bits bits = Arguments.binary(a[0]);
    Bits replacement = Arguments.binary(a[2]);
    List<Term> options = a.length == 4 ? Arguments.list(a[3]) : List.of();
    List<Part> found = find(bits, patterns(a[1]), 0);
    var out = new BitsBuilder();
    int from = 0;
    for (Part part :
        options.contains(Atom.of("global")) ? found : found.stream().limit(1).toList()) {
      out.append(bits.slice(from, part.start() - from));
      out.append(replacement);
      from = part.start() + part.length();
    }
    out.append(bits.slice(from, bits.byteSize() - from));
    return out.build();
  }
}
