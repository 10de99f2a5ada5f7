package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Core.Endian;
import beamyard.lessons.elixir.core.Core.Sign;
import beamyard.lessons.elixir.core.Core.Type;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code <<...>>}, in expressions and in patterns. */
final class BitSegments {
  private final Expander expander;

  BitSegments(Expander expander) {
    this.expander = expander;
  }

  /** What stands after {@code ::}. */
  private static final class Spec {
    @Nullable Type type;
    @Nullable Term size;
    @Nullable Integer unit;
    boolean isSigned;
    boolean isOrdered;
    Sign sign = Sign.UNSIGNED;
    Endian endian = Endian.BIG;
  }

  Core expand(int line, ListTerm meta, List<Term> segments, Scope scope) {
    var built = new ArrayList<Core.Segment>();
    for (Term segment : segments) {
      Term valueForm = valueOf(segment);
      Spec spec = spec(segment, scope);
      Core value = expander.expand(valueForm, scope);
      Type type =
          typeOf(
              spec,
              valueForm,
              value instanceof Core.Literal(_, Term term) ? term : null,
              value instanceof Core.MakeBits);
      check(
          spec,
          type,
          Literal.of(value instanceof Core.Literal(_, Term term) ? term : null, value),
          meta,
          scope);
      if (value instanceof Core.Literal(_, Atom atom)) {
        throw invalidLiteral(atom, meta, scope);
      }
      if (value instanceof Core.Literal(_, Cons list)) {
        throw invalidLiteral(list, meta, scope);
      }
      Optional<Core> size =
          spec.size == null ? Optional.empty() : Optional.of(expander.expand(spec.size, scope));
      if (value instanceof Core.Literal(int at, Bits text) && isUtf(type)) {
        text.text()
            .codePoints()
            .forEach(
                point ->
                    built.add(
                        new Core.Segment(
                            new Core.Literal(at, SmallInt.of(point)),
                            type,
                            Optional.empty(),
                            1,
                            spec.sign,
                            spec.endian)));
        continue;
      }
      if (type == Type.INTEGER
          && spec.type == Type.INTEGER
          && value instanceof Core.Literal(int at, Bits text)) {
        for (int i = 0; i < text.byteSize(); i++) {
          built.add(
              new Core.Segment(
                  new Core.Literal(at, SmallInt.of(text.byteAt(i))),
                  type,
                  size,
                  spec.unit == null ? 1 : spec.unit,
                  spec.sign,
                  spec.endian));
        }
        continue;
      }
      built.add(new Core.Segment(value, type, size, unit(spec, type), spec.sign, spec.endian));
    }
    Bits constant = constant(built);
    return constant == null ? new Core.MakeBits(line, built) : new Core.Literal(line, constant);
  }

  List<Pattern.SegmentPattern> expandPattern(
      ListTerm meta, List<Term> segments, Patterns.Binding binding) {
    var built = new ArrayList<Pattern.SegmentPattern>();
    for (int i = 0; i < segments.size(); i++) {
      Term segment = segments.get(i);
      Term valueForm = valueOf(segment);
      Spec spec = spec(segment, binding.scope);
      Pattern value = expander.patterns.expand(valueForm, binding);
      Term literal = value instanceof Pattern.Exactly(Term term) ? term : null;
      Type type = typeOf(spec, valueForm, literal, value instanceof Pattern.OfBits);
      check(spec, type, Literal.of(literal, value), meta, binding.scope);
      Optional<Core> size = Optional.empty();
      if (spec.size != null) {
        Scope sizes = binding.outer.fork(binding.outer.env.withContext(Context.GUARD));
        sizes.bindAll(binding.bound);
        refuseUnknown(spec.size, sizes);
        size = Optional.of(expander.expand(spec.size, sizes));
      }
      if (value instanceof Pattern.OfBits(List<Pattern.SegmentPattern> inner)
          && spec.size == null) {
        built.addAll(inner);
        continue;
      }
      if (literal instanceof Bits text && isUtf(type)) {
        text.text()
            .codePoints()
            .forEach(
                point ->
                    built.add(
                        new Pattern.SegmentPattern(
                            new Pattern.Exactly(SmallInt.of(point)),
                            type,
                            Optional.empty(),
                            1,
                            spec.sign,
                            spec.endian)));
        continue;
      }
      if ((type == Type.BINARY || type == Type.BITSTRING)
          && size.isEmpty()
          && literal == null
          && i < segments.size() - 1) {
        throw withoutSize(meta, binding);
      }
      built.add(
          new Pattern.SegmentPattern(value, type, size, unit(spec, type), spec.sign, spec.endian));
    }
    return built;
  }

  private Raise invalidLiteral(Term literal, ListTerm meta, Scope scope) {
    return compileError(
        scope, meta, "invalid literal " + expander.modules.inspect(literal) + " in <<>>");
  }

  /** A variable that is a size in a pattern is never taken for a call. */
  private void refuseUnknown(Term size, Scope sizes) {
    if (size instanceof Tuple node
        && Quoted.isVariable(size)
        && node.get(0) instanceof Atom name
        && sizes.find(Expander.key(size)) == null
        && expander.calls.importOf(name, 0, sizes) == null) {
      throw compileError(sizes, Quoted.meta(size), "undefined variable \"" + name.name() + "\"");
    }
  }

  /** The segments of a generator, which is matched again and again: none of them takes all that is left. */
  List<Pattern.SegmentPattern> expandGenerator(
      ListTerm meta, List<Term> segments, Patterns.Binding binding) {
    List<Pattern.SegmentPattern> built = expandPattern(meta, segments, binding);
    for (Pattern.SegmentPattern segment : built) {
      if ((segment.type() == Type.BINARY || segment.type() == Type.BITSTRING)
          && segment.size().isEmpty()
          && !(segment.value() instanceof Pattern.Exactly)) {
        throw withoutSize(meta, binding);
      }
    }
    return built;
  }

  private static Raise withoutSize(ListTerm meta, Patterns.Binding binding) {
    return compileError(
        binding.scope,
        meta,
        "a binary field without size is only allowed at the end of a binary pattern, at the right side of binary"
            + " concatenation and and never allowed in binary generators. The following examples are invalid:\n\n"
            + "    rest <> \"foo\"\n    <<rest::binary, \"foo\">>\n\n"
            + "They are invalid because there is a bits/bitstring component not at the end. However, the \"reverse\" would"
            + " work:\n\n    \"foo\" <> rest\n    <<\"foo\", rest::binary>>\n\n");
  }

  private static Term valueOf(Term segment) {
    return Quoted.isCall(segment, Quoted.DOUBLE_COLON, 2) ? Quoted.argument(segment, 0) : segment;
  }

  private static boolean isUtf(Type type) {
    return type == Type.UTF8 || type == Type.UTF16 || type == Type.UTF32;
  }

  private static int unit(Spec spec, Type type) {
    return spec.unit != null ? spec.unit : type == Type.BINARY ? 8 : 1;
  }

  private static Type typeOf(Spec spec, Term form, @Nullable Term literal, boolean isNested) {
    if (spec.type != null) {
      return spec.type;
    }
    if (literal instanceof Bits bits) {
      return bits.isBinary() ? Type.BINARY : Type.BITSTRING;
    }
    if (isNested || Quoted.isCall(form, Quoted.BITS)) {
      return Type.BITSTRING;
    }
    return literal instanceof Float64 ? Type.FLOAT : Type.INTEGER;
  }

  /** Whole-byte literals only: then the value is known now. */
  private static @Nullable Bits constant(List<Core.Segment> segments) {
    var bytes = new ByteArrayOutputStream();
    for (Core.Segment segment : segments) {
      if (!(segment.value() instanceof Core.Literal(_, Term value)) || segment.size().isPresent()) {
        return null;
      }
      if (value instanceof Bits bits
          && bits.isBinary()
          && (segment.type() == Type.BINARY || segment.type() == Type.BITSTRING)) {
        bytes.writeBytes(bits.toBytes());
      } else if (value instanceof SmallInt number && segment.type() == Type.INTEGER) {
        bytes.write((int) number.value());
      } else {
        return null;
      }
    }
    return Bits.of(bytes.toByteArray());
  }

  private Spec spec(Term segment, Scope scope) {
    var spec = new Spec();
    if (Quoted.isCall(segment, Quoted.DOUBLE_COLON, 2)) {
      read(Quoted.argument(segment, 1), spec, Quoted.meta(segment), scope);
    }
    return spec;
  }

  private void read(Term form, Spec spec, ListTerm meta, Scope scope) {
    if (Quoted.isCall(form, Atom.of("-"), 2)) {
      read(Quoted.argument(form, 0), spec, meta, scope);
      read(Quoted.argument(form, 1), spec, meta, scope);
      return;
    }
    if (Quoted.isCall(form, Atom.of("*"), 2)) {
      Term size = Quoted.argument(form, 0);
      if (!(Quoted.isVariable(size) && ((Tuple) size).get(0) == Quoted.UNDERSCORE)) {
        readSize(size, spec, meta, scope);
      }
      readUnit(Quoted.argument(form, 1), spec, meta, scope);
      return;
    }
    if (form instanceof SmallInt) {
      readSize(form, spec, meta, scope);
      return;
    }
    Tuple node = Quoted.node(form);
    if (node == null || !(node.get(0) instanceof Atom name)) {
      throw compileError(
          scope, meta, "unknown bitstring specifier: " + expander.modules.source(form));
    }
    List<Term> arguments = node.get(2) instanceof ListTerm list ? list.toList() : List.of();
    if (arguments.size() == 1 && name.name().equals("size")) {
      readSize(arguments.getFirst(), spec, meta, scope);
      return;
    }
    if (arguments.size() == 1 && name.name().equals("unit")) {
      readUnit(arguments.getFirst(), spec, meta, scope);
      return;
    }
    if (arguments.isEmpty() && readName(name.name(), spec, meta, scope)) {
      return;
    }
    if (arguments.isEmpty() && Quoted.isVariable(form) && scope.find(Expander.key(form)) != null) {
      throw compileError(
          scope,
          meta,
          "unknown bitstring specifier: "
              + expander.modules.source(form)
              + "\n\nto use a variable as size, wrap it: size("
              + name.name()
              + ")");
    }
    Term expanded =
        expander.expandAll(
            Quoted.node(name, (ListTerm) node.get(1), ListTerm.of(arguments)),
            scope.fork(scope.env.withContext(Context.NORMAL)));
    if (expanded.equals(Quoted.node(name, (ListTerm) node.get(1), ListTerm.of(arguments)))) {
      throw compileError(
          scope,
          meta,
          "unknown bitstring specifier: "
              + expander.modules.source(
                  Quoted.node(name, (ListTerm) node.get(1), ListTerm.of(arguments))));
    }
    read(expanded, spec, meta, scope);
  }

  private void readSize(Term size, Spec spec, ListTerm meta, Scope scope) {
    if (spec.size != null && !spec.size.equals(size)) {
      throw conflict(
          "size", expander.modules.source(size), expander.modules.source(spec.size), meta, scope);
    }
    spec.size = size;
  }

  private void readUnit(Term unit, Spec spec, ListTerm meta, Scope scope) {
    if (!(unit instanceof SmallInt number)) {
      throw compileError(
          scope,
          meta,
          "unit in bitstring expects an integer as argument, got: "
              + expander.modules.source(unit));
    }
    spec.unit = (int) number.value();
  }

  private boolean readName(String name, Spec spec, ListTerm meta, Scope scope) {
    Type type =
        switch (name) {
          case "integer" -> Type.INTEGER;
          case "float" -> Type.FLOAT;
          case "binary", "bytes" -> Type.BINARY;
          case "bitstring", "bits" -> Type.BITSTRING;
          case "utf8" -> Type.UTF8;
          case "utf16" -> Type.UTF16;
          case "utf32" -> Type.UTF32;
          default -> null;
        };
    if (type != null) {
      if (spec.type != null && spec.type != type) {
        throw conflict("type", type.name(), spec.type.name(), meta, scope);
      }
      spec.type = type;
      return true;
    }
    switch (name) {
      case "signed", "unsigned" -> {
        Sign sign = Sign.valueOf(name.toUpperCase(Locale.ROOT));
        if (spec.isSigned && spec.sign != sign) {
          throw conflict("sign", sign.name(), spec.sign.name(), meta, scope);
        }
        spec.sign = sign;
        spec.isSigned = true;
        return true;
      }
      case "big", "little", "native" -> {
        Endian endian = Endian.valueOf(name.toUpperCase(Locale.ROOT));
        if (spec.isOrdered && spec.endian != endian) {
          throw conflict("endianness", endian.name(), spec.endian.name(), meta, scope);
        }
        spec.endian = endian;
        spec.isOrdered = true;
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private static Raise conflict(String what, String one, String other, ListTerm meta, Scope scope) {
    return compileError(
        scope,
        meta,
        "conflicting "
            + what
            + " specification for bit field: \""
            + one.toLowerCase(Locale.ROOT)
            + "\" and \""
            + other.toLowerCase(Locale.ROOT)
            + "\"");
  }

  /** What a segment's value is when it is written there. */
  private enum Literal {
    NONE,
    INTEGER,
    FLOAT,
    BINARY,
    BITSTRING;

    static Literal of(@Nullable Term literal, Object value) {
      if (value instanceof Core.MakeBits || value instanceof Pattern.OfBits) {
        return BITSTRING;
      }
      return switch (literal) {
        case IntegerTerm number when number.bigValue().signum() >= 0 -> INTEGER;
        case Float64(double number) when number >= 0 -> FLOAT; // a sign is a call
        case Bits bits -> bits.isBinary() ? BINARY : BITSTRING;
        case null, default -> NONE;
      };
    }

    boolean fits(Type type) {
      boolean isText = type == Type.BINARY || type == Type.BITSTRING;
      return switch (this) {
        case NONE -> true;
        case INTEGER -> !isText;
        case FLOAT -> type == Type.FLOAT;
        case BINARY -> isText || isUtf(type);
        case BITSTRING -> isText;
      };
    }
  }

  /** What does not fit together in one segment. */
  private void check(Spec spec, Type type, Literal literal, ListTerm meta, Scope scope) {
    boolean isNumber = type == Type.INTEGER || type == Type.FLOAT;
    if (!literal.fits(type)) {
      throw conflict("type", type.name(), literal.name(), meta, scope);
    }
    boolean isMeasured = spec.size != null || spec.unit != null;
    if (literal == Literal.BINARY && isMeasured) {
      throw compileError(
          scope,
          meta,
          "literal string in bitstring supports only endianness and type specifiers, which must be one of: little, big,"
              + " native, utf8, utf16, utf32, bits, bytes, binary or bitstring");
    }
    if (literal == Literal.BITSTRING && isMeasured) {
      throw compileError(
          scope,
          meta,
          "literal <<>> in bitstring supports only type specifiers, which must be one of: binary or bitstring");
    }
    if (spec.isSigned && !isNumber) {
      throw compileError(
          scope,
          meta,
          "signed and unsigned specifiers are supported only on integer and float types");
    }
    if (isNumber && spec.unit != null && spec.size == null) {
      throw compileError(
          scope,
          meta,
          "integer and float types require a size specifier if the unit specifier is given");
    }
    if (isUtf(type) && (spec.size != null || spec.unit != null)) {
      throw compileError(scope, meta, "size and unit are not supported on utf types");
    }
    if (type == Type.FLOAT && spec.size instanceof SmallInt size) {
      long bits = size.value() * (spec.unit == null ? 1 : spec.unit);
      if (bits != 16 && bits != 32 && bits != 64) {
        throw compileError(
            scope, meta, "float requires size*unit to be 16, 32, or 64 (default), got: " + bits);
      }
    }
  }
}
