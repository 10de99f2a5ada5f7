package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;

/** What tells a runtime and its processes from others: its names and creations, the pids and references that it makes. */
final class Identity {
  private static final int NUMBER_BITS = 15;

  /** As many as a real node has made when its shell is there. */
  private static final long REFERENCES_OF_A_REAL_BOOT = 48_000;

  private final int vm;
  private final Renaming renaming;
  private long nextReference;
  private long nextUnlink = 1;

  Identity(int vm) {
    this(vm, new Renaming());
  }

  private Identity(int vm, Renaming renaming) {
    this.vm = vm;
    this.renaming = renaming;
  }

  Identity copy() {
    var copy = new Identity(vm, renaming.copy());
    copy.nextReference = nextReference;
    copy.nextUnlink = nextUnlink;
    return copy;
  }

  /** Gives the runtime a name and a creation; false if it has them. */
  boolean isNow(Atom name, int creation) {
    return renaming.isNow(name, creation);
  }

  /** There are no processes: if there are no references either, nobody holds anything of a former name. */
  void forgetFormerIfUnused() {
    if (nextReference == 0) {
      renaming.forgetFormer();
    }
  }

  Atom nodeName() {
    return renaming.node();
  }

  /** Whether a pid was made by this runtime. */
  boolean isLocal(Pid pid) {
    return renaming.isOurs(pid.node(), pid.creation());
  }

  boolean isLocal(Reference reference) {
    return renaming.isOurs(reference.node(), reference.creation());
  }

  /** The pid in the present name of the node, if it is of this runtime. */
  Pid canonical(Pid pid) {
    return renaming.present(pid);
  }

  /** A term whose pids and references of this runtime are brought up to date. */
  Term present(Term term) {
    return renaming.hasFormer() ? renaming.present(term) : term;
  }

  /** A signal about to be sent, brought up to date. */
  Signal present(Signal signal) {
    return renaming.present(signal);
  }

  Pid pid(long index) {
    return new Pid(
        nodeName(), index & ((1 << NUMBER_BITS) - 1), index >>> NUMBER_BITS, renaming.creation());
  }

  /** Number and serial of a pid in one number. */
  static long index(Pid pid) {
    return pid.serial() << NUMBER_BITS | pid.number();
  }

  /** A pid of this runtime that no process has: what stands for the node itself. */
  Pid nobody() {
    return pid(0);
  }

  /** A new reference, unique to this runtime; its words are of the sizes that a real node's have. */
  Reference makeReference() {
    long count = REFERENCES_OF_A_REAL_BOOT + nextReference++;
    int low = (int) (count & 0x3FFFF);
    int middle = (int) (0x46B0_0000L + vm * 0x10000L + (count >>> 18));
    int high = (int) (0x8EC0_0000L + vm * 0x9E37L);
    return new Reference(nodeName(), renaming.creation(), low, middle, high);
  }

  long makeUnlinkId() {
    return nextUnlink++;
  }
}
