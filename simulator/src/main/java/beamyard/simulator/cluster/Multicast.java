package beamyard.simulator.cluster;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * The multicast groups that processes of one node have joined. A datagram reaches the members on all nodes that are up and to which
 * the path is open; what is lost is lost.
 */
public final class Multicast {
  private final List<Member> members;

  /** A UDP address of a group. */
  public record Group(String address, int port) {}

  private record Member(Group group, Pid pid) {}

  public Multicast() {
    this(new ArrayList<>());
  }

  private Multicast(List<Member> members) {
    this.members = members;
  }

  /** An independent copy. */
  public Multicast copy() {
    return new Multicast(new ArrayList<>(members));
  }

  /** A process of this node receives from now on what is sent to a group. */
  public void join(Group group, Pid pid) {
    members.add(new Member(group, pid));
  }

  /** Sends a message from a process to the members of a group on all nodes, its own included. */
  public static void send(ProcessContext self, Group group, Term message) {
    Machine here = self.owned(Machine.class);
    for (Machine node : here.machines()) {
      if (node.isUp() && node.owns(Multicast.class)) {
        here.datagramTo(node)
            .ifPresent(at -> node.owned(Multicast.class).receive(node, group, self, message, at));
      }
    }
  }

  private void receive(Machine node, Group group, ProcessContext from, Term message, long atNanos) {
    for (Member member : members) {
      if (member.group.equals(group)) {
        node.processes()
            .deliver(
                new Address.OfProcess(member.pid),
                new Signal.Message(from.self(), message),
                Math.max(atNanos, from.now()));
      }
    }
  }
}
