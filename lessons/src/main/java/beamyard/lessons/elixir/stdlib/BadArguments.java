package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a function written in Java refused its arguments, in OTP's words: what {@code error_info} leads to. */
final class BadArguments {
  private static final List<String> MONITORED = List.of("process", "port", "time_offset");
  private static final String[] ORDINALS = {"1st", "2nd", "3rd", "4th", "5th"};

  private BadArguments() {}

  /** The message of an {@code ArgumentError}; empty if OTP says no more than {@code argument error}. */
  static Optional<String> explain(
      ProcessContext self, Atom reason, Atom module, Atom function, List<Term> arguments) {
    String name = module.name() + ":" + function.name() + "/" + arguments.size();
    var faults = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      String fault = reason == Atom.of("badarg") ? fault(self, name, i + 1, arguments) : null;
      if (fault != null) {
        faults.append("  * ").append(ORDINALS[i]).append(" argument: ").append(fault).append('\n');
      }
    }
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of("errors were found at the given arguments:\n\n" + faults);
  }

  private static @Nullable String fault(
      ProcessContext self, String name, int position, List<Term> arguments) {
    Term it = arguments.get(position - 1);
    return switch (name + " " + position) {
      case "erlang:atom_to_binary/1 1", "erlang:atom_to_list/1 1", "erlang:atom_to_binary/2 1" ->
          notAtom(it);
      case "erlang:binary_to_atom/1 1",
          "erlang:binary_to_existing_atom/1 1",
          "erlang:binary_to_atom/2 1",
          "erlang:binary_to_existing_atom/2 1" ->
          notBinary(
              it,
              name.contains("existing")
                      && (arguments.size() == 1
                          || ErlangData.ATOM_ENCODINGS.contains(arguments.get(1)))
                  ? "not an already existing atom"
                  : null);
      case "erlang:binary_to_atom/2 2", "erlang:binary_to_existing_atom/2 2" ->
          ErlangData.ATOM_ENCODINGS.contains(it)
              ? null
              : "not one of the atoms: latin1, utf8, or unicode";
      case "erlang:atom_to_binary/2 2" ->
          ErlangData.ATOM_ENCODINGS.contains(it) ? null : "is an invalid encoding option";
      case "erlang:list_to_atom/1 1" -> notList(it, "not a list of characters");
      case "erlang:list_to_existing_atom/1 1" ->
          it instanceof ListTerm list
                  && list.isProper()
                  && list.toList().stream().allMatch(SmallInt.class::isInstance)
              ? "not an already existing atom"
              : notList(it, "not a list of characters");
      case "erlang:make_tuple/2 1" ->
          it instanceof SmallInt size && size.value() >= 0 ? null : "out of range";
      case "maps:from_keys/2 1" -> notList(it);
      case "persistent_term:get/1 1" -> "no persistent term stored with this key";
      case "counters:get/2 2",
          "counters:add/3 2",
          "counters:sub/3 2",
          "counters:put/3 2",
          "atomics:get/2 2",
          "atomics:put/3 2",
          "atomics:add/3 2",
          "atomics:add_get/3 2",
          "atomics:sub/3 2",
          "atomics:sub_get/3 2",
          "atomics:exchange/3 2",
          "atomics:compare_exchange/4 2" ->
          it instanceof IntegerTerm ? "out of range" : "not an integer";
      case "unicode:characters_to_binary/1 1",
          "unicode:characters_to_binary/2 1",
          "unicode:characters_to_binary/3 1",
          "unicode:characters_to_list/1 1",
          "unicode:characters_to_list/2 1" ->
          "not valid character data (an iodata term)";
      case "erlang:integer_to_binary/1 1",
          "erlang:integer_to_list/1 1",
          "erlang:integer_to_binary/2 1",
          "erlang:integer_to_list/2 1" ->
          notInteger(it);
      case "erlang:integer_to_binary/2 2",
          "erlang:integer_to_list/2 2",
          "erlang:binary_to_integer/2 2",
          "erlang:list_to_integer/2 2" ->
          isBase(it) ? null : "not an integer in the range 2 through 36";
      case "erlang:binary_to_integer/1 1" ->
          notBinary(it, "not a textual representation of an integer");
      case "erlang:binary_to_integer/2 1" ->
          notBinary(
              it, isBase(arguments.get(1)) ? "not a textual representation of an integer" : null);
      case "erlang:list_to_integer/2 1" ->
          notList(
              it, isBase(arguments.get(1)) ? "not a textual representation of an integer" : null);
      case "erlang:binary_to_float/1 1" -> notBinary(it, "not a textual representation of a float");
      case "erlang:list_to_integer/1 1" ->
          notList(it, "not a textual representation of an integer");
      case "erlang:list_to_float/1 1" -> notList(it, "not a textual representation of a float");
      case "erlang:float_to_binary/1 1", "erlang:float_to_binary/2 1", "erlang:float_to_list/1 1" ->
          it instanceof Float64 ? null : "not a float";
      case "erlang:element/2 1", "erlang:setelement/3 1" -> {
        Term tuple = arguments.get(1);
        yield !(it instanceof IntegerTerm)
            ? "not an integer"
            : outOfRange(it, tuple, 0) ? "out of range" : null;
      }
      case "erlang:element/2 2",
          "erlang:setelement/3 2",
          "erlang:tuple_size/1 1",
          "erlang:tuple_to_list/1 1",
          "erlang:append_element/2 1",
          "erlang:insert_element/3 2",
          "erlang:delete_element/2 2" ->
          it instanceof Tuple ? null : "not a tuple";
      case "erlang:delete_element/2 1" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : outOfRange(it, arguments.get(1), 0) ? "out of range" : null;
      case "erlang:insert_element/3 1" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : outOfRange(it, arguments.get(1), 1) ? "out of range" : null;
      case "erlang:list_to_tuple/1 1", "erlang:length/1 1" -> notList(it);
      case "erlang:hd/1 1", "erlang:tl/1 1" -> "not a nonempty list";
      case "erlang:byte_size/1 1", "erlang:bit_size/1 1" ->
          it instanceof Bits ? null : "not a bitstring";
      case "erlang:binary_to_list/1 1" -> notBinary(it, null);
      case "erlang:binary_part/3 1" -> notBinary(it, null);
      case "erlang:binary_part/3 2" ->
          arguments.get(0) instanceof Bits text
                  && it instanceof SmallInt start
                  && (start.value() < 0 || start.value() > text.byteSize())
              ? "out of range"
              : it instanceof IntegerTerm ? null : "not an integer";
      case "erlang:binary_part/3 3" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : arguments.get(0) instanceof Bits text
                      && arguments.get(1) instanceof SmallInt start
                      && start.value() >= 0
                      && start.value() <= text.byteSize()
                  ? "out of range"
                  : null;
      case "binary:copy/2 1" -> notBinary(it, null);
      case "erlang:halt/1 1", "erlang:halt/2 1" ->
          it instanceof Atom status && status != Atom.of("abort") ? "invalid status" : null;
      case "erlang:halt/2 2" -> notList(it);
      case "binary:copy/2 2" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : it instanceof SmallInt count && count.value() < 0 ? "out of range" : null;
      case "binary:match/2 2",
          "binary:matches/2 2",
          "binary:split/2 2",
          "binary:split/3 2",
          "binary:replace/3 2",
          "binary:replace/4 2" ->
          isPattern(it) ? null : "not a valid pattern";
      case "erlang:iolist_to_binary/1 1", "erlang:list_to_binary/1 1", "erlang:iolist_size/1 1" ->
          name.contains("iolist") ? "not an iodata term" : "not an iolist term";
      case "erlang:abs/1 1",
          "erlang:round/1 1",
          "erlang:trunc/1 1",
          "erlang:floor/1 1",
          "erlang:ceil/1 1",
          "erlang:float/1 1" ->
          "not a number";
      case "erlang:is_function/2 2" ->
          it instanceof IntegerTerm ? "out of range" : "not an integer";
      case "erlang:link/1 1", "erlang:unlink/1 1", "erlang:exit/2 1" -> "not a pid";
      case "erlang:send/2 1",
          "erlang:send/3 1",
          "erlang:!/2 1",
          "erlang:send_nosuspend/2 1",
          "erlang:send_nosuspend/3 1" ->
          isDestination(it) ? null : "invalid destination";
      case "erlang:monitor/2 1", "erlang:monitor/3 1" ->
          it instanceof Atom type && MONITORED.contains(type.name())
              ? null
              : "invalid monitor type";
      case "erlang:monitor/2 2", "erlang:monitor/3 2" ->
          switch (arguments.getFirst() instanceof Atom type ? type.name() : "") {
            case "port" -> it instanceof Port ? null : "not a port";
            case "time_offset" -> null;
            default -> it instanceof Pid ? null : "not a pid";
          };
      case "erlang:demonitor/1 1" -> "not a reference"; // what OTP says of another node's, too
      case "erlang:demonitor/2 1",
          "erlang:unalias/1 1",
          "erlang:cancel_timer/1 1",
          "erlang:cancel_timer/2 1",
          "erlang:read_timer/1 1" ->
          it instanceof Reference ? null : "not a reference";
      case "erlang:demonitor/2 2" ->
          !(it instanceof ListTerm list) || !list.isProper()
              ? "not a list"
              : ErlangProcesses.DEMONITOR_OPTIONS.containsAll(list.toList())
                      && !isOfAnotherNode(self, arguments.getFirst())
                  ? null
                  : "invalid option in list";
      case "erlang:is_process_alive/1 1" -> "not a pid"; // what OTP says of a remote pid, too
      case "erlang:nodes/1 1", "erlang:nodes/2 1" -> NodeArguments.kindsFault(it);
      case "erlang:nodes/2 2" -> NodeArguments.infosFault(it);
      case "erlang:get_cookie/1 1",
          "erlang:monitor_node/2 1",
          "erlang:monitor_node/3 1",
          "erlang:disconnect_node/1 1" ->
          notAtom(it);
      case "erlang:monitor_node/2 2", "erlang:monitor_node/3 2" ->
          it == Atom.TRUE || it == Atom.FALSE ? null : "not a boolean ('true' or 'false')";
      case "erlang:monitor_node/3 3" -> NodeArguments.monitorOptionsFault(it);
      case "erlang:spawn/2 1",
          "erlang:spawn_link/2 1",
          "erlang:spawn_monitor/2 1",
          "erlang:spawn/4 1",
          "erlang:spawn_link/4 1",
          "erlang:spawn_monitor/4 1",
          "erlang:spawn/4 2",
          "erlang:spawn_link/4 2",
          "erlang:spawn_monitor/4 2",
          "erlang:spawn/4 3",
          "erlang:spawn_link/4 3",
          "erlang:spawn_monitor/4 3",
          "erlang:spawn_opt/3 1",
          "erlang:spawn_opt/5 1",
          "erlang:spawn_opt/5 2",
          "erlang:spawn_opt/5 3" ->
          notAtom(it);
      case "erlang:spawn/4 4",
          "erlang:spawn_link/4 4",
          "erlang:spawn_monitor/4 4",
          "erlang:spawn_opt/5 4" ->
          notProperList(it);
      case "erlang:spawn_opt/3 2" -> it instanceof Fun ? null : "not a fun";
      case "erlang:spawn_opt/3 3", "erlang:spawn_opt/5 5" ->
          notList(it) == null && !areSpawnOptions(it) ? "invalid spawn option" : null;
      case "erlang:alias/1 1" -> notList(it) == null ? "invalid option in list" : notProperList(it);
      case "erlang:suspend_process/1 1",
          "erlang:suspend_process/2 1",
          "erlang:suspend_process/2 2" ->
          Suspension.fault(self, position, arguments);
      case "erlang:resume_process/1 1" -> Suspension.resumeFault(self, it);
      case "erlang:process_info/1 1", "erlang:process_info/2 1" ->
          it instanceof Pid pid
              ? pid.node() == self.node() ? null : "not a local pid"
              : "not a pid";
      case "erlang:process_info/2 2" ->
          arguments.get(0) instanceof Pid pid && pid.node() == self.node()
              ? "invalid item or item list"
              : null;
      case "erlang:register/2 1" ->
          !(it instanceof Atom atom)
              ? "not an atom"
              : atom == Atom.UNDEFINED
                  ? "'undefined' is not a valid name"
                  : self.whereis(atom).isPresent() ? "name is in use" : null;
      case "erlang:register/2 2" ->
          !(it instanceof Pid pid)
              ? "not a pid or port"
              : pid.node() != self.node()
                  ? "not a local pid"
                  : arguments.get(0) instanceof Atom atom && self.whereis(atom).isPresent()
                      ? null
                      : !self.isAlive(pid)
                          ? "dead process"
                          : "process already registered under another name";
      case "erlang:unregister/1 1" ->
          "not a pid"; // what OTP says of a name that nobody has, or that is none
      case "erlang:whereis/1 1" -> notAtom(it);
      case "erlang:send_after/3 1", "erlang:start_timer/3 1", "erlang:send_after/4 1" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : it instanceof SmallInt time && time.value() >= 0 ? null : "out of range";
      case "erlang:send_after/3 2", "erlang:start_timer/3 2", "erlang:send_after/4 2" ->
          it instanceof Atom || it instanceof Pid pid && pid.node() == self.node()
              ? null
              : it instanceof Pid ? "not a local pid" : "not a pid or an atom";
      case "erlang:node/1 1" -> "not a pid";
      case "erlang:spawn/1 1", "erlang:spawn_link/1 1", "erlang:spawn_monitor/1 1" -> "not a fun";
      case "erlang:spawn_request/1 1", "erlang:spawn_request/2 2" ->
          it instanceof Fun ? null : "not a fun";
      case "erlang:spawn_opt/2 1" -> it instanceof Fun ? null : "not a fun";
      case "erlang:map_size/1 1" -> it instanceof MapTerm ? null : "not a map";
      case "erlang:spawn/2 2", "erlang:spawn_link/2 2", "erlang:spawn_monitor/2 2" ->
          it instanceof Fun ? null : "not a fun";
      case "erlang:spawn/3 1",
          "erlang:spawn_link/3 1",
          "erlang:spawn_monitor/3 1",
          "erlang:spawn/3 2",
          "erlang:spawn_link/3 2",
          "erlang:spawn_monitor/3 2",
          "erlang:set_cookie/1 1",
          "erlang:set_cookie/2 2" ->
          notAtom(it);
      case "erlang:set_cookie/2 1" ->
          it == NodeArguments.NONODE
              ? "the node name is not part of a distributed system"
              : notAtom(it);
      case "erlang:spawn/3 3", "erlang:spawn_link/3 3", "erlang:spawn_monitor/3 3" ->
          notProperList(it);
      case "erlang:spawn_opt/4 1", "erlang:spawn_opt/4 2" -> notAtom(it);
      case "erlang:spawn_opt/4 3" -> notProperList(it);
      case "erlang:spawn_opt/4 4" ->
          notList(it, areSpawnOptions(it) ? null : "invalid spawn option");
      case "erlang:group_leader/2 1", "erlang:group_leader/2 2" ->
          it instanceof Pid ? null : "not a pid";
      case "erlang:garbage_collect/1 1", "erlang:garbage_collect/2 1" ->
          GarbageCollection.processFault(self, it);
      case "erlang:garbage_collect/2 2" -> GarbageCollection.optionsFault(it);
      case "erlang:process_flag/3 1" -> ProcessFlags.processFault(self, it);
      case "erlang:process_flag/3 2" ->
          it == ProcessFlags.SAVE_CALLS ? null : "invalid process flag";
      case "erlang:process_flag/3 3" ->
          arguments.get(1) == ProcessFlags.SAVE_CALLS
                  && ProcessFlags.processFault(self, arguments.get(0)) == null
              ? "invalid value for process flag 'save_calls'"
              : null;
      case "erlang:process_flag/2 1" ->
          it instanceof Atom flag && ProcessFlags.exists(flag) ? null : "invalid process flag";
      case "erlang:process_flag/2 2" ->
          arguments.get(0) instanceof Atom flag && ProcessFlags.exists(flag)
              ? "invalid value for this process flag"
              : null;
      case "erlang:hibernate/3 1", "erlang:hibernate/3 2" -> notAtom(it);
      case "erlang:hibernate/3 3" -> notList(it);
      case "erlang:send/3 3", "erlang:send_nosuspend/3 3" ->
          it instanceof ListTerm list && list.isProper()
              ? isDestination(arguments.get(0)) ? "invalid option in list" : null
              : "not a list";
      case "erlang:monitor/3 3" -> notList(it, "invalid option in list");
      case "erlang:spawn_opt/2 2" ->
          notList(it, areSpawnOptions(it) ? null : "invalid spawn option");
      case "lists:keyfind/3 2", "lists:keymember/3 2", "lists:keysearch/3 2" ->
          !(it instanceof IntegerTerm)
              ? "not an integer"
              : it.equals(SmallInt.of(0)) ? "out of range" : null;
      case "lists:keyfind/3 3", "lists:keymember/3 3", "lists:keysearch/3 3" -> notList(it);
      case "erlang:phash2/2 1" -> "out of range";
      case "lists:seq/3 3" ->
          arguments.get(0) instanceof IntegerTerm from && arguments.get(1) instanceof IntegerTerm to
              ? from.bigValue().compareTo(to.bigValue()) > 0
                  ? "not a negative increment"
                  : "not a positive increment"
              : null;
      case "erlang:system_monitor/1 1", "erlang:system_monitor/2 1", "erlang:system_monitor/2 2" ->
          SystemMonitoring.fault(position, arguments);
      case "erlang:system_info/1 1" -> "invalid system info item";
      case "erlang:binary_to_term/1 1" ->
          notBinary(it, "invalid external representation of a term");
      case "erlang:binary_to_term/2 1" ->
          notBinary(it, "invalid or unsafe external representation of a term");
      case "erlang:list_to_pid/1 1" -> "not a textual representation of a pid";
      case "erlang:list_to_ref/1 1" -> notList(it, "not a textual representation of a reference");
      case "erlang:list_to_port/1 1" -> notList(it, "not a textual representation of a port");
      case "erlang:port_to_list/1 1" -> "not a port";
      case "erlang:bitstring_to_list/1 1" -> it instanceof Bits ? null : "not a bitstring";
      case "erlang:list_to_bitstring/1 1" -> "not a bitstring list";
      case "erlang:size/1 1" -> "not tuple or binary";
      case "erlang:md5/1 1", "erlang:crc32/1 1", "erlang:adler32/1 1" -> "not an iodata term";
      case "erlang:convert_time_unit/3 1" -> notInteger(it);
      case "erlang:convert_time_unit/3 2", "erlang:convert_time_unit/3 3" -> "invalid time unit";
      case "erlang:function_exported/3 1", "erlang:function_exported/3 2" -> notAtom(it);
      case "erlang:function_exported/3 3" -> notInteger(it);
      case "erlang:split_binary/2 1" -> notBinary(it, null);
      case "erlang:split_binary/2 2" ->
          it instanceof IntegerTerm ? "out of range" : "not an integer";
      case "erlang:binary_part/2 1" -> notBinary(it, null);
      case "erlang:float_to_binary/2 2" -> notList(it, "invalid option in list");
      case "binary:first/1 1", "binary:last/1 1" ->
          notBinary(it, "a zero-sized binary is not allowed");
      case "binary:part/3 1", "binary:at/2 1" -> notBinary(it, null);
      case "binary:at/2 2" -> notInteger(it);
      case "binary:part/3 3" ->
          isWithin(arguments.get(0), arguments.get(1))
              ? it instanceof IntegerTerm ? "out of range" : "not an integer"
              : notInteger(it);
      case "binary:part/3 2" ->
          isWithin(arguments.get(0), it)
              ? null
              : it instanceof IntegerTerm ? "out of range" : "not an integer";
      case "erlang:binary_part/2 2" -> "out of range";
      case "erlang:statistics/1 1" -> "invalid statistics item";
      case "erlang:unique_integer/1 1" ->
          it instanceof ListTerm list && list.isProper() ? "invalid modifier" : "not a list";
      case "lists:member/2 2" -> notProperList(it);
      case "math:pow/2 1",
          "math:pow/2 2",
          "math:atan2/2 1",
          "math:atan2/2 2",
          "math:fmod/2 1",
          "math:fmod/2 2" ->
          notNumber(it);
      case "maps:from_list/1 1" -> notList(it);
      default -> name.startsWith("math:") ? notNumber(it) : null;
    };
  }

  private static @Nullable String notNumber(Term it) {
    return it instanceof Float64 || it instanceof IntegerTerm ? null : "not a number";
  }

  /** What can be sent to: a name only by whom nobody has it is refused. */
  private static boolean isDestination(Term it) {
    return it instanceof Pid
        || it instanceof Port
        || it instanceof Reference
        || it instanceof Tuple pair
            && pair.size() == 2
            && pair.get(0) instanceof Atom
            && pair.get(1) instanceof Atom;
  }

  private static @Nullable String notAtom(Term it) {
    return it instanceof Atom ? null : "not an atom";
  }

  private static @Nullable String notInteger(Term it) {
    return it instanceof IntegerTerm ? null : "not an integer";
  }

  private static @Nullable String notBinary(Term it, @Nullable String otherwise) {
    return it instanceof Bits bits && bits.isBinary() ? otherwise : "not a binary";
  }

  private static @Nullable String notList(Term it) {
    return notList(it, null);
  }

  private static @Nullable String notList(Term it, @Nullable String otherwise) {
    return it instanceof ListTerm list && list.isProper() ? otherwise : "not a list";
  }

  /** Whether a position is one of a byte, or the end, of a binary. */
  private static boolean isWithin(Term binary, Term position) {
    return binary instanceof Bits text
        && position instanceof SmallInt start
        && start.value() >= 0
        && start.value() <= text.byteSize();
  }

  private static @Nullable String notProperList(Term it) {
    return it instanceof ListTerm && notList(it) != null ? "not a proper list" : notList(it);
  }

  private static boolean isOfAnotherNode(ProcessContext self, Term it) {
    return it instanceof Reference reference && reference.node() != self.node();
  }

  private static boolean areSpawnOptions(Term it) {
    return it instanceof ListTerm list
        && list.isProper()
        && SpawnRequests.options(list.toList(), Optional.empty(), SpawnOptions.Reply.YES)
            .isPresent();
  }

  private static boolean isBase(Term it) {
    return it instanceof SmallInt base && base.value() >= 2 && base.value() <= 36;
  }

  /** A text that is not empty, or a list of such texts. */
  private static boolean isPattern(Term it) {
    return it instanceof Bits text
        ? text.isBinary() && text.byteSize() > 0
        : it instanceof ListTerm list
            && list.isProper()
            && !list.isEmpty()
            && list.toList().stream().allMatch(one -> one instanceof Bits && isPattern(one));
  }

  /** Whether a number is no index of a tuple, or of anything that might have been one. */
  private static boolean outOfRange(Term it, Term tuple, int more) {
    return tuple instanceof Tuple of
        ? !inRange(it, of.size() + more)
        : it instanceof SmallInt index && index.value() < 1;
  }

  private static boolean inRange(Term it, int size) {
    return it instanceof SmallInt index && index.value() >= 1 && index.value() <= size;
  }
}
