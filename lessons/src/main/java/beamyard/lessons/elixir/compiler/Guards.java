package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What may stand in a guard. */
final class Guards {
  private static final SequencedSet<String> ALLOWED =
      new LinkedHashSet<>(
          Arrays.asList(
              ("abs/1 binary_part/2 binary_part/3 bit_size/1 byte_size/1 ceil/1 element/2 float/1 floor/1 hd/1"
                      + " is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_float/1 is_function/1 is_function/2"
                      + " is_integer/1 is_list/1 is_map/1 is_map_key/2 is_number/1 is_pid/1 is_port/1 is_record/2"
                      + " is_record/3 is_reference/1 is_tuple/1 length/1 map_get/2 map_size/1 max/2 min/2 node/0"
                      + " node/1 round/1 self/0 size/1 tl/1 trunc/1 tuple_size/1 +/1 -/1 +/2 -/2 *//2 */2 //2 div/2"
                      + " rem/2 band/2 bor/2 bxor/2 bnot/1 bsl/2 bsr/2 ==/2 /=/2 =:=/2 =/=/2 </2 =</2 >/2 >=/2 not/1"
                      + " and/2 or/2 xor/2 andalso/2 orelse/2")
                  .split(" ")));

  private Guards() {}

  static boolean isAllowed(Core call) {
    return switch (call) {
      case Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, List<Core> arguments) ->
          module == Quoted.ERLANG && ALLOWED.contains(function.name() + "/" + arguments.size());
      case Core.Literal _ -> true;
      default -> false;
    };
  }
}
