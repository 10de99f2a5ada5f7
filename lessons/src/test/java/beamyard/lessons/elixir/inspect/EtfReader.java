package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the terms of golden files, which have neither pids nor functions. */
public final class EtfReader {
  private final ByteBuffer in;

  private EtfReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  public static Term read(byte[] bytes) {
    var reader = new EtfReader(bytes);
    reader.in.get();
    return reader.term();
  }

  private Term term() {
    int tag = in.get() & 0xFF;
    return switch (tag) {
      case 97 -> IntegerTerm.of(in.get() & 0xFF);
      case 98 -> IntegerTerm.of(in.getInt());
      case 110 -> big(in.get() & 0xFF);
      case 111 -> big(in.getInt());
      case 70 -> new Float64(in.getDouble());
      case 100 -> Atom.of(new String(bytes(in.getShort() & 0xFFFF), StandardCharsets.ISO_8859_1));
      case 118 -> Atom.of(new String(bytes(in.getShort() & 0xFFFF), StandardCharsets.UTF_8));
      case 119 -> Atom.of(new String(bytes(in.get() & 0xFF), StandardCharsets.UTF_8));
      case 104 -> tuple(in.get() & 0xFF);
      case 105 -> tuple(in.getInt());
      case 106 -> Nil.NIL;
      case 107 -> string(in.getShort() & 0xFFFF);
      case 108 -> list(in.getInt());
      case 109 -> Bits.of(bytes(in.getInt()));
      case 77 -> bits(in.getInt(), in.get());
      case 116 -> map(in.getInt());
      default -> throw new AssertionError("tag " + tag);
    };
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  private Term big(int size) {
    int sign = in.get();
    byte[] little = bytes(size);
    byte[] big = new byte[size];
    for (int i = 0; i < size; i++) {
      big[size - 1 - i] = little[i];
    }
    return IntegerTerm.of(new BigInteger(sign == 0 ? 1 : -1, big));
  }

  private Term tuple(int size) {
    Term[] elements = new Term[size];
    for (int i = 0; i < size; i++) {
      elements[i] = term();
    }
    return Tuple.of(elements);
  }

  private Term string(int size) {
    Term list = Nil.NIL;
    byte[] bytes = bytes(size);
    for (int i = size - 1; i >= 0; i--) {
      list = new Cons(IntegerTerm.of(bytes[i] & 0xFF), list);
    }
    return list;
  }

  private Term list(int size) {
    Term[] elements = new Term[size];
    for (int i = 0; i < size; i++) {
      elements[i] = term();
    }
    Term list = term();
    for (int i = size - 1; i >= 0; i--) {
      list = new Cons(elements[i], list);
    }
    return list;
  }

  private Term bits(int size, int bitsInLast) {
    return Bits.of(bytes(size), (size - 1) * 8 + bitsInLast);
  }

  private Term map(int size) {
    MapTerm map = MapTerm.EMPTY;
    for (int i = 0; i < size; i++) {
      Term key = term();
      map = map.put(key, term());
    }
    return map;
  }
}
