package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names that {@code Kernel} of Elixir 1.14 imports everywhere, and functions that are other names for Erlang's. */
final class KernelNames {
  static final List<Environment.NameArity> FUNCTIONS =
      names(
          """
      !=/2 !==/2 */2 **/2 +/1 +/2 ++/2 -/1 -/2 --/2 //2 </2 <=/2 ==/2 ===/2 =~/2 >/2 >=/2 abs/1 apply/2 apply/3
      binary_part/3 binary_slice/2 binary_slice/3 bit_size/1 byte_size/1 ceil/1 div/2 elem/2 exit/1 floor/1
      function_exported?/3 get_and_update_in/3 get_in/2 hd/1 inspect/1 inspect/2 is_atom/1 is_binary/1
      is_bitstring/1 is_boolean/1 is_float/1 is_function/1 is_function/2 is_integer/1 is_list/1 is_map/1
      is_map_key/2 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 length/1 macro_exported?/3 make_ref/0
      map_size/1 max/2 min/2 node/0 node/1 not/1 pop_in/2 put_elem/3 put_in/3 rem/2 round/1 self/0 send/2 spawn/1
      spawn/3 spawn_link/1 spawn_link/3 spawn_monitor/1 spawn_monitor/3 struct/1 struct/2 struct!/1 struct!/2
      throw/1 tl/1 trunc/1 tuple_size/1 update_in/3
      """);

  static final List<Environment.NameArity> MACROS =
      names(
          """
      !/1 &&/2 ../0 ../2 ..///3 <>/2 @/1 alias!/1 and/2 binding/0 binding/1 dbg/0 dbg/1 dbg/2 def/1 def/2
      defdelegate/2 defexception/1 defguard/1 defguardp/1 defimpl/2 defimpl/3 defmacro/1 defmacro/2 defmacrop/1
      defmacrop/2 defmodule/2 defoverridable/1 defp/1 defp/2 defprotocol/2 defstruct/1 destructure/2
      get_and_update_in/2 if/2 in/2 is_exception/1 is_exception/2 is_nil/1 is_struct/1 is_struct/2 match?/2 or/2
      pop_in/1 put_in/2 raise/1 raise/2 reraise/2 reraise/3 sigil_C/2 sigil_D/2 sigil_N/2 sigil_R/2 sigil_S/2
      sigil_T/2 sigil_U/2 sigil_W/2 sigil_c/2 sigil_r/2 sigil_s/2 sigil_w/2 tap/2 then/2 to_char_list/1
      to_charlist/1 to_string/1 unless/2 update_in/2 use/1 use/2 var!/1 var!/2 |>/2 ||/2
      """);

  /** Calls that the compiler replaces, so that stack traces and guards see Erlang's function. */
  private static final Map<Call, Target> INLINED =
      inlined(
          """
      Elixir.Kernel.!=/2 erlang /=
      Elixir.Kernel.!==/2 erlang =/=
      Elixir.Kernel.*/2 erlang *
      Elixir.Kernel.+/1 erlang +
      Elixir.Kernel.+/2 erlang +
      Elixir.Kernel.++/2 erlang ++
      Elixir.Kernel.-/1 erlang -
      Elixir.Kernel.-/2 erlang -
      Elixir.Kernel.--/2 erlang --
      Elixir.Kernel.//2 erlang /
      Elixir.Kernel.</2 erlang <
      Elixir.Kernel.<=/2 erlang =<
      Elixir.Kernel.==/2 erlang ==
      Elixir.Kernel.===/2 erlang =:=
      Elixir.Kernel.>/2 erlang >
      Elixir.Kernel.>=/2 erlang >=
      Elixir.Kernel.abs/1 erlang abs
      Elixir.Kernel.apply/2 erlang apply
      Elixir.Kernel.apply/3 erlang apply
      Elixir.Kernel.binary_part/3 erlang binary_part
      Elixir.Kernel.bit_size/1 erlang bit_size
      Elixir.Kernel.byte_size/1 erlang byte_size
      Elixir.Kernel.ceil/1 erlang ceil
      Elixir.Kernel.div/2 erlang div
      Elixir.Kernel.exit/1 erlang exit
      Elixir.Kernel.floor/1 erlang floor
      Elixir.Kernel.function_exported?/3 erlang function_exported
      Elixir.Kernel.hd/1 erlang hd
      Elixir.Kernel.is_atom/1 erlang is_atom
      Elixir.Kernel.is_binary/1 erlang is_binary
      Elixir.Kernel.is_bitstring/1 erlang is_bitstring
      Elixir.Kernel.is_boolean/1 erlang is_boolean
      Elixir.Kernel.is_float/1 erlang is_float
      Elixir.Kernel.is_function/1 erlang is_function
      Elixir.Kernel.is_function/2 erlang is_function
      Elixir.Kernel.is_integer/1 erlang is_integer
      Elixir.Kernel.is_list/1 erlang is_list
      Elixir.Kernel.is_map/1 erlang is_map
      Elixir.Kernel.is_number/1 erlang is_number
      Elixir.Kernel.is_pid/1 erlang is_pid
      Elixir.Kernel.is_port/1 erlang is_port
      Elixir.Kernel.is_reference/1 erlang is_reference
      Elixir.Kernel.is_tuple/1 erlang is_tuple
      Elixir.Kernel.length/1 erlang length
      Elixir.Kernel.make_ref/0 erlang make_ref
      Elixir.Kernel.map_size/1 erlang map_size
      Elixir.Kernel.max/2 erlang max
      Elixir.Kernel.min/2 erlang min
      Elixir.Kernel.node/0 erlang node
      Elixir.Kernel.node/1 erlang node
      Elixir.Kernel.not/1 erlang not
      Elixir.Kernel.rem/2 erlang rem
      Elixir.Kernel.round/1 erlang round
      Elixir.Kernel.self/0 erlang self
      Elixir.Kernel.send/2 erlang send
      Elixir.Kernel.spawn/1 erlang spawn
      Elixir.Kernel.spawn/3 erlang spawn
      Elixir.Kernel.spawn_link/1 erlang spawn_link
      Elixir.Kernel.spawn_link/3 erlang spawn_link
      Elixir.Kernel.spawn_monitor/1 erlang spawn_monitor
      Elixir.Kernel.spawn_monitor/3 erlang spawn_monitor
      Elixir.Kernel.throw/1 erlang throw
      Elixir.Kernel.tl/1 erlang tl
      Elixir.Kernel.trunc/1 erlang trunc
      Elixir.Kernel.tuple_size/1 erlang tuple_size
      Elixir.Atom.to_charlist/1 erlang atom_to_list
      Elixir.Atom.to_string/1 erlang atom_to_binary
      Elixir.Bitwise.&&&/2 erlang band
      Elixir.Bitwise.<<</2 erlang bsl
      Elixir.Bitwise.>>>/2 erlang bsr
      Elixir.Bitwise.^^^/2 erlang bxor
      Elixir.Bitwise.band/2 erlang band
      Elixir.Bitwise.bnot/1 erlang bnot
      Elixir.Bitwise.bor/2 erlang bor
      Elixir.Bitwise.bsl/2 erlang bsl
      Elixir.Bitwise.bsr/2 erlang bsr
      Elixir.Bitwise.bxor/2 erlang bxor
      Elixir.Bitwise.|||/2 erlang bor
      Elixir.Bitwise.~~~/1 erlang bnot
      Elixir.Integer.to_charlist/1 erlang integer_to_list
      Elixir.Integer.to_charlist/2 erlang integer_to_list
      Elixir.Integer.to_string/1 erlang integer_to_binary
      Elixir.Integer.to_string/2 erlang integer_to_binary
      Elixir.List.to_atom/1 erlang list_to_atom
      Elixir.List.to_existing_atom/1 erlang list_to_existing_atom
      Elixir.List.to_float/1 erlang list_to_float
      Elixir.List.to_integer/1 erlang list_to_integer
      Elixir.List.to_integer/2 erlang list_to_integer
      Elixir.List.to_tuple/1 erlang list_to_tuple
      Elixir.Map.keys/1 maps keys
      Elixir.Map.merge/2 maps merge
      Elixir.Map.to_list/1 maps to_list
      Elixir.Map.values/1 maps values
      Elixir.Node.list/0 erlang nodes
      Elixir.Node.list/1 erlang nodes
      Elixir.Node.spawn/2 erlang spawn
      Elixir.Node.spawn/3 erlang spawn_opt
      Elixir.Node.spawn/4 erlang spawn
      Elixir.Node.spawn/5 erlang spawn_opt
      Elixir.Node.spawn_link/2 erlang spawn_link
      Elixir.Node.spawn_link/4 erlang spawn_link
      Elixir.Node.spawn_monitor/2 erlang spawn_monitor
      Elixir.Node.spawn_monitor/4 erlang spawn_monitor
      Elixir.Port.close/1 erlang port_close
      Elixir.Port.command/2 erlang port_command
      Elixir.Port.command/3 erlang port_command
      Elixir.Port.connect/2 erlang port_connect
      Elixir.Port.demonitor/1 erlang demonitor
      Elixir.Port.demonitor/2 erlang demonitor
      Elixir.Port.list/0 erlang ports
      Elixir.Port.open/2 erlang open_port
      Elixir.Process.alive?/1 erlang is_process_alive
      Elixir.Process.cancel_timer/1 erlang cancel_timer
      Elixir.Process.cancel_timer/2 erlang cancel_timer
      Elixir.Process.demonitor/1 erlang demonitor
      Elixir.Process.demonitor/2 erlang demonitor
      Elixir.Process.exit/2 erlang exit
      Elixir.Process.flag/2 erlang process_flag
      Elixir.Process.flag/3 erlang process_flag
      Elixir.Process.get/0 erlang get
      Elixir.Process.get_keys/0 erlang get_keys
      Elixir.Process.get_keys/1 erlang get_keys
      Elixir.Process.group_leader/0 erlang group_leader
      Elixir.Process.hibernate/3 erlang hibernate
      Elixir.Process.link/1 erlang link
      Elixir.Process.list/0 erlang processes
      Elixir.Process.read_timer/1 erlang read_timer
      Elixir.Process.registered/0 erlang registered
      Elixir.Process.send/3 erlang send
      Elixir.Process.spawn/2 erlang spawn_opt
      Elixir.Process.spawn/4 erlang spawn_opt
      Elixir.Process.unlink/1 erlang unlink
      Elixir.Process.unregister/1 erlang unregister
      Elixir.String.duplicate/2 binary copy
      Elixir.String.to_float/1 erlang binary_to_float
      Elixir.String.to_integer/1 erlang binary_to_integer
      Elixir.String.to_integer/2 erlang binary_to_integer
      Elixir.System.monotonic_time/0 erlang monotonic_time
      Elixir.System.os_time/0 os system_time
      Elixir.System.system_time/0 erlang system_time
      Elixir.System.time_offset/0 erlang time_offset
      Elixir.System.unique_integer/0 erlang unique_integer
      Elixir.System.unique_integer/1 erlang unique_integer
      Elixir.Tuple.append/2 erlang append_element
      Elixir.Tuple.to_list/1 erlang tuple_to_list
      Elixir.Function.capture/3 erlang make_fun
      Elixir.Function.info/1 erlang fun_info
      Elixir.Function.info/2 erlang fun_info
      Elixir.IO.iodata_length/1 erlang iolist_size
      Elixir.IO.iodata_to_binary/1 erlang iolist_to_binary
      """);

  private record Call(Atom module, Environment.NameArity function) {}

  /** A function of a module. */
  record Target(Atom module, Atom function) {}

  private static final Set<Environment.NameArity> FUNCTION_SET =
      new HashSet<>(FUNCTIONS); // lookups only
  private static final Set<Environment.NameArity> MACRO_SET = new HashSet<>(MACROS); // lookups only

  private KernelNames() {}

  static boolean isFunction(Atom name, int arity) {
    return FUNCTION_SET.contains(new Environment.NameArity(name, arity));
  }

  static boolean isMacro(Atom name, int arity) {
    return MACRO_SET.contains(new Environment.NameArity(name, arity));
  }

  static Optional<Target> inlined(Atom module, Atom function, int arity) {
    return Optional.ofNullable(
        INLINED.get(new Call(module, new Environment.NameArity(function, arity))));
  }

  private static List<Environment.NameArity> names(String text) {
    return Stream.of(text.trim().split("\\s+")).map(KernelNames::name).toList();
  }

  private static Environment.NameArity name(String text) {
    int slash = text.lastIndexOf('/');
    return new Environment.NameArity(
        Atom.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static Call call(String text) {
    int dot = text.indexOf('.', "Elixir.".length());
    return new Call(Atom.of(text.substring(0, dot)), name(text.substring(dot + 1)));
  }

  private static Map<Call, Target> inlined(String text) {
    var table = new LinkedHashMap<Call, Target>();
    text.lines()
        .map(line -> line.trim().split(" "))
        .forEach(
            words -> table.put(call(words[0]), new Target(Atom.of(words[1]), Atom.of(words[2]))));
    return table;
  }
}
