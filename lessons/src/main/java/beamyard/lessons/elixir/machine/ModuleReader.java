package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core.Endian;
import beamyard.lessons.elixir.core.Core.Sign;
import beamyard.lessons.elixir.core.Core.Type;
import beamyard.lessons.elixir.core.FunctionSource.Visibility;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads a module that {@link ModuleWriter} wrote; without checks, as both belong to one build. */
public final class ModuleReader {
  /** Written of a function that stands in the file of its module, as most do. */
  static final String FILE_OF_UNIT = "";

  private static final Visibility[] VISIBILITIES = Visibility.values();
  private static final Type[] TYPES = Type.values();
  private static final Sign[] SIGNS = Sign.values();
  private static final Endian[] ENDIANS = Endian.values();

  private final byte[] bytes;
  private final String[] names;
  private final Unit unit;
  private int at;

  private ModuleReader(byte[] bytes) {
    this.bytes = bytes;
    names = new String[number()];
    for (int i = 0; i < names.length; i++) {
      int length = number();
      names[i] = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
    }
    unit = new Unit(Unit.Kind.MODULE, atom(), name());
  }

  /** The module of these bytes. */
  public static CompiledModule read(byte[] bytes) {
    return new ModuleReader(bytes).module();
  }

  private CompiledModule module() {
    int uniq = number();
    var info = new CompiledModule.Info((ListTerm) term(), term(), term(), (ListTerm) term());
    var functions = new LinkedHashMap<BuiltinTable.Name, CompiledModule.Function>();
    Code[] codes = new Code[number()];
    for (int i = 0; i < codes.length; i++) {
      var name = new BuiltinTable.Name(unit.name(), atom(), number());
      Visibility visibility = VISIBILITIES[number()];
      codes[i] = code();
      functions.put(name, new CompiledModule.Function(codes[i], visibility));
    }
    int closures = number();
    for (int i = 0; i < closures; i++) {
      unit.setClosure(unit.reserveClosure(), code());
    }
    unit.seal(codes, uniq);
    return new CompiledModule(unit, functions, info);
  }

  private Code code() {
    var origin = new Code.Origin(unit, atom(), number(), number(), ownFile());
    int arity = number();
    int freeCount = number();
    int frameSize = number();
    int[] instructions = numbers();
    int[] handlers = numbers();
    int[] lines = numbers();
    int[] closures = numbers();
    Object[] constants = new Object[number()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = term();
    }
    Object[] pool = new Object[number()];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = pooled();
    }
    return new Code(
        origin,
        arity,
        freeCount,
        instructions,
        constants,
        pool,
        frameSize,
        handlers,
        lines,
        variables(),
        closures);
  }

  private Optional<String> ownFile() {
    String file = name();
    return file.equals(FILE_OF_UNIT) ? Optional.empty() : Optional.of(file);
  }

  private List<Code.VariableRange> variables() {
    Variable[] variables = new Variable[number()];
    for (int i = 0; i < variables.length; i++) {
      variables[i] = new Variable(name());
    }
    Code.VariableRange[] ranges = new Code.VariableRange[number()];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = new Code.VariableRange(variables[number()], signed(), number(), number());
    }
    return List.of(ranges);
  }

  private Object pooled() {
    int kind = number();
    return switch (kind) {
      case ModuleWriter.CALL_SITE -> new CallSite(atom(), atom(), number());
      case ModuleWriter.FORMAT -> format();
      case ModuleWriter.FORMATS -> {
        BitSyntax.Format[] formats = new BitSyntax.Format[number()];
        for (int i = 0; i < formats.length; i++) {
          formats[i] = format();
        }
        yield formats;
      }
      default -> throw new AssertionError("no kind of pooled object: " + kind);
    };
  }

  private BitSyntax.Format format() {
    return new BitSyntax.Format(TYPES[number()], number(), SIGNS[number()], ENDIANS[number()]);
  }

  private Term term() {
    int kind = number();
    return switch (kind) {
      case ModuleWriter.ATOM -> atom();
      case ModuleWriter.INTEGER -> SmallInt.of(signed());
      case ModuleWriter.OTHER -> {
        int length = number();
        at += length;
        yield TermCodec.decode(Arrays.copyOfRange(bytes, at - length, at));
      }
      default -> throw new AssertionError("no kind of constant: " + kind);
    };
  }

  private Atom atom() {
    return Atom.of(name());
  }

  private String name() {
    return names[number()];
  }

  private int[] numbers() {
    int[] numbers = new int[number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = signed();
    }
    return numbers;
  }

  private int signed() {
    int number = number();
    return number >>> 1 ^ -(number & 1);
  }

  private int number() {
    int number = 0;
    int shift = 0;
    byte next = bytes[at++];
    while (next < 0) {
      number |= (next & 0x7F) << shift;
      shift += 7;
      next = bytes[at++];
    }
    return number | next << shift;
  }
}
