package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.FloatText;
import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Conversions, tuples, lists, maps and binaries of module {@code erlang}. */
final class ErlangData {
  private static final String ERLANG = "erlang";

  private ErlangData() {}

  /** The encodings that names of atoms can be in. */
  static final List<Term> ATOM_ENCODINGS =
      List.of(Atom.of("utf8"), Atom.of("latin1"), Atom.of("unicode"));

  static void define(BuiltinTable table) {
    conversions(table);
    tuples(table);
    listsAndMaps(table);
    binaries(table);
  }

  private static void conversions(BuiltinTable table) {
    table.define(ERLANG, "atom_to_binary", 1, (_, a) -> Bits.of(Arguments.atom(a[0]).name()));
    table.define(
        ERLANG,
        "atom_to_binary",
        2,
        (_, a) -> {
          if (!ATOM_ENCODINGS.contains(a[1])) {
            throw Raise.badarg();
          }
          return Bits.of(Arguments.atom(a[0]).name());
        });
    table.define(
        ERLANG, "atom_to_list", 1, (_, a) -> Arguments.charlist(Arguments.atom(a[0]).name()));
    for (int arity = 1; arity <= 2; arity++) {
      table.define(
          ERLANG, "binary_to_atom", arity, (self, a) -> AtomTable.of(self).atom(self, atomText(a)));
      table.define(
          ERLANG,
          "binary_to_existing_atom",
          arity,
          (self, a) -> AtomTable.of(self).existing(atomText(a)));
    }
    table.define(
        ERLANG,
        "list_to_atom",
        1,
        (self, a) -> AtomTable.of(self).atom(self, Arguments.charlist(a[0])));
    table.define(
        ERLANG,
        "list_to_existing_atom",
        1,
        (self, a) -> AtomTable.of(self).existing(Arguments.charlist(a[0])));
    table.define(ERLANG, "integer_to_binary", 1, (_, a) -> Bits.of(integer(a[0], 10)));
    table.define(ERLANG, "integer_to_binary", 2, (_, a) -> Bits.of(integer(a[0], base(a[1]))));
    table.define(ERLANG, "integer_to_list", 1, (_, a) -> Arguments.charlist(integer(a[0], 10)));
    table.define(
        ERLANG, "integer_to_list", 2, (_, a) -> Arguments.charlist(integer(a[0], base(a[1]))));
    table.define(ERLANG, "binary_to_integer", 1, (_, a) -> integer(Arguments.text(a[0]), 10));
    table.define(
        ERLANG, "binary_to_integer", 2, (_, a) -> integer(Arguments.text(a[0]), base(a[1])));
    table.define(ERLANG, "list_to_integer", 1, (_, a) -> integer(Arguments.charlist(a[0]), 10));
    table.define(
        ERLANG, "list_to_integer", 2, (_, a) -> integer(Arguments.charlist(a[0]), base(a[1])));
    table.define(ERLANG, "float_to_binary", 1, (_, a) -> Bits.of(scientific(a[0], 20)));
    table.define(ERLANG, "float_to_binary", 2, (_, a) -> Bits.of(real(a[0], a[1])));
    table.define(ERLANG, "float_to_list", 1, (_, a) -> Arguments.charlist(scientific(a[0], 20)));
    table.define(ERLANG, "float_to_list", 2, (_, a) -> Arguments.charlist(real(a[0], a[1])));
    table.define(ERLANG, "binary_to_float", 1, (_, a) -> real(Arguments.text(a[0])));
    table.define(ERLANG, "list_to_float", 1, (_, a) -> real(Arguments.charlist(a[0])));
  }

  private static String atomText(Term[] a) {
    if (a.length == 2 && !ATOM_ENCODINGS.contains(a[1])) {
      throw Raise.badarg();
    }
    return Arguments.text(a[0]);
  }

  private static int base(Term term) {
    int base = Arguments.size(term);
    if (base < 2 || base > 36) {
      throw Raise.badarg();
    }
    return base;
  }

  private static String integer(Term term, int base) {
    return Arguments.integer(term).bigValue().toString(base).toUpperCase(Locale.ROOT);
  }

  private static IntegerTerm integer(String text, int base) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    String digits = signed ? text.substring(1) : text;
    if (digits.isEmpty()
        || !digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, base) >= 0)) {
      throw Raise.badarg();
    }
    return IntegerTerm.of(new BigInteger(text, base));
  }

  private static double realOnly(Term term) {
    if (term instanceof Float64(double value)) {
      return value;
    }
    throw Raise.badarg();
  }

  private static String scientific(Term term, int decimals) {
    double value = realOnly(term);
    if (value == 0) {
      return (1 / value < 0 ? "-" : "") + "0." + "0".repeat(decimals) + "e+00";
    }
    BigDecimal exact = new BigDecimal(value);
    int exponent = exact.precision() - exact.scale() - 1;
    BigDecimal mantissa = exact.movePointLeft(exponent).setScale(decimals, RoundingMode.HALF_EVEN);
    if (mantissa.abs().compareTo(BigDecimal.TEN) >= 0) {
      mantissa = mantissa.movePointLeft(1).setScale(decimals, RoundingMode.HALF_EVEN);
      exponent++;
    }
    return mantissa.toPlainString()
        + "e"
        + (exponent < 0 ? "-" : "+")
        + String.format("%02d", Math.abs(exponent));
  }

  private static String real(Term term, Term options) {
    double value = realOnly(term);
    boolean compact = false;
    String text = "";
    for (Term option : Arguments.list(options)) {
      if (option == Atom.of("short")) {
        text = FloatText.shortest(value);
      } else if (option == Atom.of("compact")) {
        compact = true;
      } else if (option instanceof Tuple pair && pair.isTagged(Atom.of("decimals"), 2)) {
        int decimals = Arguments.size(pair.get(1));
        if (decimals > 253) {
          throw Raise.badarg();
        }
        text = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
      } else if (option instanceof Tuple pair && pair.isTagged(Atom.of("scientific"), 2)) {
        text = scientific(term, Arguments.size(pair.get(1)));
      } else {
        throw Raise.badarg();
      }
    }
    if (text.isEmpty()) {
      text = scientific(term, 20);
    }
    if (compact && text.contains(".")) {
      text = text.replaceFirst("0+$", "");
      text = text.endsWith(".") ? text + "0" : text;
    }
    return text;
  }

  static Term real(String text) {
    if (!text.matches("[+-]?[0-9]+\\.[0-9]+([eE][+-]?[0-9]+)?")) {
      throw Raise.badarg();
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw Raise.badarg();
    }
    return new Float64(value);
  }

  private static void tuples(BuiltinTable table) {
    table.define(
        ERLANG,
        "element",
        2,
        (_, a) -> {
          Tuple tuple = Arguments.tuple(a[1]);
          return tuple.get(index(a[0], tuple.size()));
        });
    table.define(
        ERLANG,
        "setelement",
        3,
        (_, a) -> {
          Tuple tuple = Arguments.tuple(a[1]);
          return tuple.with(index(a[0], tuple.size()), a[2]);
        });
    table.define(ERLANG, "tuple_size", 1, (_, a) -> SmallInt.of(Arguments.tuple(a[0]).size()));
    table.define(
        ERLANG,
        "size",
        1,
        (_, a) ->
            switch (a[0]) {
              case Tuple tuple -> SmallInt.of(tuple.size());
              case Bits bits -> SmallInt.of(bits.bitSize() / 8);
              default -> throw Raise.badarg();
            });
    table.define(
        ERLANG, "tuple_to_list", 1, (_, a) -> ListTerm.of(Arguments.tuple(a[0]).toArray()));
    table.define(
        ERLANG, "list_to_tuple", 1, (_, a) -> Tuple.of(Arguments.list(a[0]).toArray(Term[]::new)));
    table.define(
        ERLANG,
        "make_tuple",
        2,
        (_, a) -> {
          int size = Arguments.size(a[0]);
          if (size > YardLimit.TUPLE.most()) {
            throw Raise.badarg(); // as OTP does
          }
          return Tuple.of(Collections.nCopies(size, a[1]).toArray(Term[]::new));
        });
    table.define(
        ERLANG,
        "append_element",
        2,
        (_, a) -> {
          Tuple tuple = Arguments.tuple(a[0]);
          return insert(tuple, tuple.size(), a[1]);
        });
    table.define(
        ERLANG,
        "insert_element",
        3,
        (_, a) -> {
          Tuple tuple = Arguments.tuple(a[1]);
          return insert(tuple, index(a[0], tuple.size() + 1), a[2]);
        });
    table.define(
        ERLANG,
        "delete_element",
        2,
        (_, a) -> {
          Tuple tuple = Arguments.tuple(a[1]);
          var elements = new ArrayList<>(tuple.elements());
          elements.remove(index(a[0], tuple.size()));
          return Tuple.of(elements.toArray(Term[]::new));
        });
  }

  private static Term insert(Tuple tuple, int index, Term element) {
    var elements = new ArrayList<>(tuple.elements());
    elements.add(index, element);
    return Tuple.of(elements.toArray(Term[]::new));
  }

  /** An index from 1 to {@code size}, as one from 0. */
  private static int index(Term term, int size) {
    long index = Arguments.number(term);
    if (index < 1 || index > size) {
      throw Raise.badarg();
    }
    return (int) index - 1;
  }

  private static void listsAndMaps(BuiltinTable table) {
    table.define(ERLANG, "hd", 1, (_, a) -> cons(a[0]).head());
    table.define(ERLANG, "tl", 1, (_, a) -> cons(a[0]).tail());
    table.define(
        ERLANG,
        "length",
        1,
        (self, a) -> {
          if (a[0] instanceof ListTerm list && list.isProper()) {
            int length = list.length();
            self.consume(length / 100);
            return SmallInt.of(length);
          }
          throw Raise.badarg();
        });
    table.define(ERLANG, "map_size", 1, (_, a) -> SmallInt.of(Arguments.map(a[0]).size()));
    table.define(
        ERLANG,
        "map_get",
        2,
        (_, a) -> {
          Term value = Arguments.map(a[1]).get(a[0]);
          if (value == null) {
            throw Raise.error("badkey", a[0]);
          }
          return value;
        });
  }

  private static Cons cons(Term term) {
    if (term instanceof Cons cons) {
      return cons;
    }
    throw Raise.badarg();
  }

  private static void binaries(BuiltinTable table) {
    table.define(ERLANG, "byte_size", 1, (_, a) -> SmallInt.of(Arguments.bits(a[0]).byteSize()));
    table.define(ERLANG, "bit_size", 1, (_, a) -> SmallInt.of(Arguments.bits(a[0]).bitSize()));
    table.define(
        ERLANG,
        "binary_part",
        2,
        (_, a) -> {
          Tuple part = Arguments.tuple(a[1]);
          return part(Arguments.binary(a[0]), part.get(0), part.get(1));
        });
    table.define(ERLANG, "binary_part", 3, (_, a) -> part(Arguments.binary(a[0]), a[1], a[2]));
    table.define(
        ERLANG,
        "split_binary",
        2,
        (_, a) -> {
          Bits bits = Arguments.binary(a[0]);
          int at = Arguments.size(a[1]);
          if (at > bits.byteSize()) {
            throw Raise.badarg();
          }
          return Tuple.of(bits.slice(0, at), bits.slice(at, bits.byteSize() - at));
        });
    table.define(ERLANG, "binary_to_list", 1, (_, a) -> bytes(Arguments.binary(a[0])));
    table.define(
        ERLANG,
        "binary_to_list",
        3,
        (_, a) -> {
          Bits bits = Arguments.binary(a[0]);
          int from = Arguments.size(a[1]);
          int to = Arguments.size(a[2]);
          if (from < 1 || to > bits.byteSize() || from > to) {
            throw Raise.badarg();
          }
          return bytes(bits.slice(from - 1, to - from + 1));
        });
    table.define(
        ERLANG,
        "bitstring_to_list",
        1,
        (_, a) -> {
          Bits bits = Arguments.bits(a[0]);
          if (bits.isBinary()) {
            return bytes(bits);
          }
          int whole = bits.bitSize() / 8;
          var elements = new ArrayList<>(bytes(bits.slice(0, whole)).toList());
          elements.add(bits.sliceBits(whole * 8, bits.bitSize() - whole * 8));
          return ListTerm.of(elements);
        });
    table.define(
        ERLANG,
        "list_to_binary",
        1,
        (_, a) -> {
          if (!(a[0] instanceof ListTerm)) {
            throw Raise.badarg();
          }
          return IoData.binary(a[0]);
        });
    table.define(ERLANG, "list_to_bitstring", 1, (_, a) -> IoData.bitstring(a[0]));
    table.define(ERLANG, "iolist_to_binary", 1, (_, a) -> IoData.binary(a[0]));
    table.define(ERLANG, "iolist_size", 1, (_, a) -> SmallInt.of(IoData.binary(a[0]).byteSize()));
    table.define(
        ERLANG,
        "iolist_to_iovec",
        1,
        (_, a) -> {
          Bits bits = IoData.binary(a[0]);
          return bits.byteSize() == 0 ? Nil.NIL : ListTerm.of(bits);
        });
  }

  static ListTerm bytes(Bits bits) {
    ListTerm list = Nil.NIL;
    for (int i = bits.byteSize() - 1; i >= 0; i--) {
      list = new Cons(SmallInt.of(bits.byteAt(i)), list);
    }
    return list;
  }

  /** A part of a binary; a length below 0 counts backwards. */
  static Bits part(Bits bits, Term position, Term length) {
    long start = Arguments.number(position);
    long count = Arguments.number(length);
    long from = count < 0 ? start + count : start;
    long size = Math.abs(count);
    if (start < 0 || from < 0 || from + size > bits.byteSize()) {
      throw Raise.badarg();
    }
    return bits.slice((int) from, (int) size);
  }
}
