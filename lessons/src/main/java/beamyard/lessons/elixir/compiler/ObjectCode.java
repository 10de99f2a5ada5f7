package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import java.io.ByteArrayOutputStream;

/** What stands for the object code of a module: a file as OTP's loader has them, with names and no code. */
final class ObjectCode {
  private ObjectCode() {}

  /** The object code that {@code defmodule} answers: a file with the chunk of names only. */
  static Bits of(CompiledModule module) {
    var names = new ByteArrayOutputStream();
    var functions = module.functions();
    putInt(names, functions.size() + 1);
    putName(names, module.name());
    functions.forEach(function -> putName(names, function.function()));
    while (names.size() % 4 != 0) {
      names.write(0);
    }
    var file = new ByteArrayOutputStream();
    file.writeBytes("FOR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    putInt(file, names.size() + 12);
    file.writeBytes("BEAMAtU8".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    putInt(file, names.size());
    file.writeBytes(names.toByteArray());
    return Bits.of(file.toByteArray());
  }

  private static void putInt(ByteArrayOutputStream out, int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }

  private static void putName(ByteArrayOutputStream out, Atom atom) {
    byte[] text = atom.name().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.write(text.length);
    out.writeBytes(text);
  }
}
