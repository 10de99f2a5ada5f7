package beamyard.simulator.process;

import beamyard.simulator.term.Pid;

/** Takes the log reports of a node. Owned by the node under this type; {@code kernel} or the shell implements it. */
public interface LogSink {
  /**
   * Takes one report.
   *
   * @param groupLeader that of the process which logs: the report belongs to the node of the group leader
   */
  void log(LogReport report, Pid groupLeader, long atNanos);
}
