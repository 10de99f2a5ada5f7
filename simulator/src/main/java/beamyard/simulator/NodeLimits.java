package beamyard.simulator;

import beamyard.simulator.process.HeapLimit;
import beamyard.simulator.process.ProcessSettings;
import beamyard.simulator.process.ProcessSettings.Fullness;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What a node may use at most, as emulator flags and its machine say. Where nothing is said the yard's own limits hold, which
 * end code that runs away and keep the node; where something is said, what happens at the limit is what happens in OTP.
 *
 * @param processes {@code +P}: how many processes live at a time, a power of two. A spawn beyond it is a {@code system_limit}
 * @param atoms {@code +t}: how many atoms there may be. One more ends the node, with a crash dump
 * @param heap {@code +hmax}, {@code +hmaxk}, {@code +hmaxel}: the heap of each process that sets no limit of its own
 * @param busyKilobytes {@code +zdbbl}: so much may wait to be sent by a connection before who sends more is suspended
 * @param memory bytes that the operating system gives the node; a heap that grows beyond ends the node, with a crash dump
 * @see <a href="https://www.erlang.org/doc/man/erl.html#emulator-flags">erl, emulator flags</a>
 */
public record NodeLimits(
    OptionalInt processes,
    OptionalInt atoms,
    HeapLimit heap,
    OptionalInt busyKilobytes,
    OptionalLong memory) {
  /** Nothing is said. */
  public static final NodeLimits NONE =
      new NodeLimits(
          OptionalInt.empty(),
          OptionalInt.empty(),
          HeapLimit.NONE,
          OptionalInt.empty(),
          OptionalLong.empty());

  /** With less, a real node does not come up. */
  public static final long LEAST_MEMORY = 64_000_000;

  static final String MEMORY = "memory";
  private static final int MOST_BUSY_KILOBYTES = 2_097_151;
  private static final int USUAL_BUSY_KILOBYTES = 1024;
  private static final String FLAG = "emulator flag ";

  /** These limits with an emulator flag, or {@code memory}, set as a command line gives it. */
  public NodeLimits with(String flag, String value) {
    return switch (flag) {
      case "+P" ->
          new NodeLimits(
              OptionalInt.of(powerOfTwo((int) number(flag, value, 1024, 134_217_727))),
              atoms,
              heap,
              busyKilobytes,
              memory);
      case "+t" ->
          new NodeLimits(
              processes,
              OptionalInt.of((int) number(flag, value, 8192, Integer.MAX_VALUE)),
              heap,
              busyKilobytes,
              memory);
      case "+hmax" -> withHeap(new HeapLimit(heapWords(flag, value), heap.kills(), heap.logs()));
      case "+hmaxk" -> withHeap(new HeapLimit(heap.words(), truth(flag, value), heap.logs()));
      case "+hmaxel" -> withHeap(new HeapLimit(heap.words(), heap.kills(), truth(flag, value)));
      case "+zdbbl" ->
          new NodeLimits(
              processes,
              atoms,
              heap,
              OptionalInt.of((int) number(flag, value, 1, MOST_BUSY_KILOBYTES)),
              memory);
      case MEMORY ->
          new NodeLimits(
              processes,
              atoms,
              heap,
              busyKilobytes,
              OptionalLong.of(number(flag, value, LEAST_MEMORY, Long.MAX_VALUE)));
      default ->
          throw new BadSetup(
              "is not simulated", FLAG + flag, "+P, +t, +hmax, +hmaxk, +hmaxel or +zdbbl");
    };
  }

  /** What is said, by the names that {@link #with} takes. */
  public SequencedMap<String, String> options() {
    var options = new LinkedHashMap<String, String>();
    processes.ifPresent(most -> options.put("+P", String.valueOf(most)));
    atoms.ifPresent(most -> options.put("+t", String.valueOf(most)));
    if (!heap.equals(HeapLimit.NONE)) {
      options.put("+hmax", String.valueOf(heap.words()));
      options.put("+hmaxk", String.valueOf(heap.kills()));
      options.put("+hmaxel", String.valueOf(heap.logs()));
    }
    busyKilobytes.ifPresent(most -> options.put("+zdbbl", String.valueOf(most)));
    memory.ifPresent(bytes -> options.put(MEMORY, String.valueOf(bytes)));
    return options;
  }

  public NodeLimits withProcesses(int most) {
    return with("+P", String.valueOf(most));
  }

  public NodeLimits withAtoms(int most) {
    return with("+t", String.valueOf(most));
  }

  public NodeLimits withHeap(HeapLimit changed) {
    return new NodeLimits(processes, atoms, changed, busyKilobytes, memory);
  }

  public NodeLimits withBusyKilobytes(int most) {
    return with("+zdbbl", String.valueOf(most));
  }

  public NodeLimits withMemory(long bytes) {
    return with(MEMORY, String.valueOf(bytes));
  }

  private static long heapWords(String flag, String value) {
    long words = number(flag, value, 0, Long.MAX_VALUE);
    if (words > 0 && words < HeapLimit.LEAST) {
      throw new BadSetup("is " + words, FLAG + flag, "0, or " + HeapLimit.LEAST + " or more words");
    }
    return words;
  }

  /** OTP takes the next power of two, and has at most the greatest that it allows. */
  private static int powerOfTwo(int wanted) {
    int lower = Integer.highestOneBit(wanted);
    return lower == wanted ? wanted : lower << 1;
  }

  private static long number(String flag, String value, long lowest, long highest) {
    try {
      long number = Long.parseLong(value);
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    String legal = highest == Long.MAX_VALUE ? lowest + " or more" : lowest + " to " + highest;
    String what = flag.equals(MEMORY) ? flag : FLAG + flag;
    throw new BadSetup("is \"" + value + "\"", what, legal);
  }

  private static boolean truth(String flag, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadSetup("is \"" + value + "\"", FLAG + flag, "true or false");
    };
  }

  /** How much may wait to be sent by a connection before who sends more is suspended; a megabyte if nothing is said. */
  long busyLimitBytes() {
    return busyKilobytes.orElse(USUAL_BUSY_KILOBYTES) * 1024L;
  }

  /** How the runtime of such a node is dimensioned. */
  ProcessSettings dimension(ProcessSettings usual) {
    ProcessSettings settings = usual;
    if (processes.isPresent()) {
      settings =
          settings
              .withLimits(processes.getAsInt(), settings.mailboxLimit())
              .withFullness(Fullness.SPAWN_FAILS);
    }
    return heap.isNone() ? settings : settings.withFlags(heap.setIn(settings.flags()));
  }
}
