package beamyard.simulator.process;

import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.List;

/** What becomes of the log reports of a node. Owned by the node under this type; whoever gives the node a console implements it. */
public interface LogSink {
  /** A message that a report causes, sent on behalf of the process which the report is about. */
  record Post(Address to, Term message) {}

  /**
   * Takes one report and says who is to be told; nobody if it is not let pass.
   *
   * @param groupLeader that of the process which logs: if it is on another node, that node is told too
   */
  List<Post> log(LogReport report, Pid groupLeader, long atNanos);
}
