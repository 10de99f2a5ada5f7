package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/** Nested lists of bytes or characters and binaries, flattened. */
final class IoData {
  private IoData() {}

  /** The bytes of iodata; {@code badarg} if it is none. */
  static Bits binary(Term data) {
    if (data instanceof Bits bits && bits.isBinary()) {
      return bits;
    }
    var out = new ByteArrayOutputStream();
    var rest = new ArrayDeque<Term>();
    rest.push(data);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Cons cons -> {
          rest.push(tail(cons));
          if (cons.head() instanceof SmallInt value) {
            if (value.value() < 0 || value.value() > 255) {
              throw Raise.badarg();
            }
            out.write((int) value.value());
          } else {
            rest.push(cons.head());
          }
        }
        case Nil _ -> {}
        case Bits bits when bits.isBinary() -> out.writeBytes(bits.toBytes());
        default -> throw Raise.badarg();
      }
    }
    return Bits.of(out.toByteArray());
  }

  private static Term tail(Cons cons) {
    if (cons.tail() instanceof SmallInt) {
      throw Raise.badarg();
    }
    return cons.tail();
  }

  /** As {@link #binary}, where bitstrings may stand too. */
  static Bits bitstring(Term data) {
    var bits = new BitsBuilder();
    var rest = new ArrayDeque<Term>();
    rest.push(data);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Cons cons -> {
          rest.push(tail(cons));
          if (cons.head() instanceof SmallInt value) {
            if (value.value() < 0 || value.value() > 255) {
              throw Raise.badarg();
            }
            bits.append(Bits.of(new byte[] {(byte) value.value()}));
          } else {
            rest.push(cons.head());
          }
        }
        case Nil _ -> {}
        case Bits part -> bits.append(part);
        default -> throw Raise.badarg();
      }
    }
    return bits.build();
  }

  /** The UTF-8 of chardata, whose integers are characters; empty if it is none. */
  static Optional<Bits> characters(Term data) {
    if (data instanceof Bits bits && bits.isBinary()) {
      return Optional.of(bits);
    }
    var out = new ByteArrayOutputStream();
    var rest = new ArrayDeque<Term>();
    rest.push(data);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Cons cons -> {
          if (cons.tail() instanceof SmallInt) {
            return Optional.empty();
          }
          rest.push(cons.tail());
          if (cons.head() instanceof SmallInt value) {
            if (!isCharacter(value.value())) {
              return Optional.empty();
            }
            out.writeBytes(
                Character.toString((int) value.value()).getBytes(StandardCharsets.UTF_8));
          } else {
            rest.push(cons.head());
          }
        }
        case Nil _ -> {}
        case Bits bits when bits.isBinary() -> out.writeBytes(bits.toBytes());
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(Bits.of(out.toByteArray()));
  }

  static boolean isCharacter(long value) {
    return value >= 0 && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
  }
}
