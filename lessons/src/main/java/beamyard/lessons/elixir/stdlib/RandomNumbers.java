package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.engine.Choices;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.SmallInt;

/** Module {@code rand}: chance is a choice of the simulation, one stream a node. Unlike OTP, it has no seeds of its own. */
final class RandomNumbers {
  private static final long PARTS = 1L << 53;

  private RandomNumbers() {}

  static void define(BuiltinTable table) {
    table.define("rand", "uniform", 0, (self, _) -> new Float64((double) between(self, 0, PARTS - 1) / PARTS));
    table.define("rand", "uniform_real", 0, (self, _) -> new Float64((double) between(self, 1, PARTS - 1) / PARTS));
    table.define("rand", "uniform", 1, (self, a) -> {
      if (!(a[0] instanceof SmallInt highest) || highest.value() < 1) {
        throw Raise.error(Atom.of("function_clause"));
      }
      return SmallInt.of(between(self, 1, highest.value()));
    });
    table.define("rand", "bytes", 1, (self, a) -> bytes(self, Arguments.size(a[0])));
    table.define("crypto", "strong_rand_bytes", 1, (self, a) -> bytes(self, Arguments.size(a[0])));
  }

  private static Bits bytes(ProcessContext self, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) between(self, 0, 255);
    }
    return Bits.of(bytes);
  }

  private static long between(ProcessContext self, long lowest, long highest) {
    return self.owned(Choices.class).between(self.node().name() + "/rand", lowest, highest);
  }
}
