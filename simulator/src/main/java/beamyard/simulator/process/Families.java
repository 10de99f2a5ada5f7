package beamyard.simulator.process;

import beamyard.simulator.process.ProcessSettings.Fullness;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The processes of a runtime by descent. A family is a process that one of no family has spawned, with all that it and they
 * have spawned. Unlike OTP, where processes that spawn without end make a node useless until it is stopped, a family that
 * meets the limit of processes is killed, so that the others can go on.
 */
final class Families {
  /** The family of a process that was there at the boot. */
  static final long NONE = -1;

  /** The family of a process that was spawned and begins families. */
  static final long BEGINS = -2;

  /** The part of the limit that is kept for those of the boot, so that a shell can still be typed at. */
  private static final int RESERVED_PART = 256;

  private final ProcessTable table;

  Families(ProcessTable table) {
    this.table = table;
  }

  /** A child that has just been spawned belongs to the family of its parent, or begins one. */
  void join(LocalProcess parent, LocalProcess child) {
    if (parent.family < 0) {
      child.family = child.index;
      return;
    }
    child.family = parent.family;
    child.kinBefore = parent.index;
    child.kinAfter = parent.kinAfter;
    table.known(parent.kinAfter).kinBefore = child.index;
    parent.kinAfter = child.index;
  }

  /** A process has ended. */
  void leave(LocalProcess process) {
    if (process.kinAfter != process.index) {
      table.known(process.kinBefore).kinAfter = process.kinAfter;
      table.known(process.kinAfter).kinBefore = process.kinBefore;
      process.kinBefore = process.index;
      process.kinAfter = process.index;
    }
  }

  /** All of a process's family but itself, oldest first. */
  List<LocalProcess> kin(LocalProcess process) {
    var kin = new ArrayList<LocalProcess>();
    for (long next = process.kinAfter; next != process.index; next = table.known(next).kinAfter) {
      kin.add(table.known(next));
    }
    kin.sort(Comparator.comparingLong(each -> each.index));
    return kin;
  }

  boolean hasRoomFor(LocalProcess parent) {
    int limit = table.settings.processLimit();
    boolean keepsRoom = table.settings.fullness() == Fullness.FAMILY_ENDS && parent.family == NONE;
    int reserved = keepsRoom ? limit / RESERVED_PART : 0;
    return table.living().size() < limit + reserved;
  }

  /** There is no room for what a running process wants to spawn: its family ends, if it has one. */
  void meetLimit(LocalProcess parent) {
    if (table.settings.fullness() == Fullness.SPAWN_FAILS) {
      logFull(parent.groupLeader);
      return;
    }
    if (parent.family < 0) {
      return; // has its error, and may spawn again when others have ended
    }
    parent.ownExit =
        Words.KILLED; // first, so that nothing it still does in this slice has an effect
    List<LocalProcess> kin = kin(parent);
    var details =
        Tuple.of(
            SmallInt.of(table.settings.processLimit()), parent.pid, SmallInt.of(kin.size() + 1L));
    table.log(
        new LogReport(Atom.ERROR, parent.pid, Words.PROCESS_LIMIT, details), parent.groupLeader);
    for (LocalProcess member : kin) {
      table.delivery.arrive(
          new Address.OfProcess(member.pid),
          new Signal.Exit(parent.pid, Words.KILL, ExitCause.EXIT_CALL));
    }
  }

  /** What the emulator reports when a spawn fails, of no process, but to whom the spawner's output goes. */
  void logFull(Pid groupLeader) {
    var report =
        LogReport.format(
            Atom.ERROR, table.identity.nobody(), "~s~n", Bits.of("Too many processes\n"));
    table.log(report, groupLeader);
  }
}
