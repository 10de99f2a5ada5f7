package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Writes a module as bytes that {@link ModuleReader} makes the same module of: the names in it, then what is made of them.
 * Numbers take seven bits a byte, the lowest first.
 */
public final class ModuleWriter {
  /** What a constant is. */
  static final int ATOM = 0;

  static final int INTEGER = 1;

  /** In the external term format. */
  static final int OTHER = 2;

  /** What lies in a pool. */
  static final int CALL_SITE = 0;

  static final int FORMAT = 1;
  static final int FORMATS = 2;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final SequencedMap<String, Integer> names = new LinkedHashMap<>();

  private ModuleWriter() {}

  /**
   * The bytes of a module.
   *
   * @throws AssertionError if it defines modules when it runs: their sources cannot be written
   */
  public static byte[] write(CompiledModule module) {
    var writer = new ModuleWriter();
    writer.module(module);
    var file = new ByteArrayOutputStream();
    put(file, writer.names.size());
    for (String name : writer.names.keySet()) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      put(file, text.length);
      file.writeBytes(text);
    }
    file.writeBytes(writer.body.toByteArray());
    return file.toByteArray();
  }

  private void module(CompiledModule module) {
    Unit unit = module.unit();
    name(unit.name().name());
    name(unit.file());
    number(unit.uniq());
    term(module.info().attributes());
    term(module.info().struct());
    term(module.info().documentation());
    term(module.info().deprecated());
    number(module.allFunctions().size());
    module
        .allFunctions()
        .forEach(
            (name, function) -> {
              name(name.function().name());
              number(name.arity());
              number(function.visibility().ordinal());
              code(function.code());
            });
    number(unit.closureCount());
    for (int i = 0; i < unit.closureCount(); i++) {
      code(unit.closure(i));
    }
  }

  private void code(Code code) {
    name(code.origin.function().name());
    number(code.origin.arity());
    number(code.origin.line());
    name(code.origin.ownFile().orElse(ModuleReader.FILE_OF_UNIT));
    number(code.arity);
    number(code.freeCount);
    number(code.frameSize);
    numbers(code.instructions);
    numbers(code.handlers);
    numbers(code.lines);
    numbers(code.closures());
    number(code.constants.length);
    for (Object constant : code.constants) {
      term((Term) constant);
    }
    number(code.pool.length);
    for (Object object : code.pool) {
      pooled(object, code);
    }
    variables(code);
  }

  /** The variables, each once, then where they can be seen. */
  private void variables(Code code) {
    Map<Variable, Integer> numbers = new LinkedHashMap<>();
    code.variables.forEach(range -> numbers.putIfAbsent(range.variable(), numbers.size()));
    number(numbers.size());
    numbers.keySet().forEach(variable -> name(variable.name()));
    number(code.variables.size());
    for (Code.VariableRange range : code.variables) {
      number(numbers.get(range.variable()));
      signed(range.operand());
      number(range.start());
      number(range.end());
    }
  }

  private void pooled(Object object, Code code) {
    switch (object) {
      case CallSite site -> {
        number(CALL_SITE);
        name(site.module.name());
        name(site.function.name());
        number(site.arity);
      }
      case BitSyntax.Format format -> {
        number(FORMAT);
        format(format);
      }
      case BitSyntax.Format[] formats -> {
        number(FORMATS);
        number(formats.length);
        for (BitSyntax.Format format : formats) {
          format(format);
        }
      }
      default -> throw new AssertionError(code + " cannot be written: it defines a module");
    }
  }

  private void format(BitSyntax.Format format) {
    number(format.type().ordinal());
    number(format.unit());
    number(format.sign().ordinal());
    number(format.endian().ordinal());
  }

  private void term(Term term) {
    switch (term) {
      case Atom atom -> {
        number(ATOM);
        name(atom.name());
      }
      case SmallInt small when small.value() == (int) small.value() -> {
        number(INTEGER);
        signed((int) small.value());
      }
      default -> {
        byte[] bytes = TermCodec.encode(term);
        number(OTHER);
        number(bytes.length);
        body.writeBytes(bytes);
      }
    }
  }

  private void name(String name) {
    Integer known = names.get(name);
    if (known == null) {
      known = names.size();
      names.put(name, known);
    }
    number(known);
  }

  private void numbers(int[] numbers) {
    number(numbers.length);
    for (int number : numbers) {
      signed(number);
    }
  }

  private void signed(int number) {
    number(number << 1 ^ number >> 31);
  }

  private void number(int number) {
    put(body, number);
  }

  private static void put(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest >>> 7 != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
