package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.List;

/** What a process can ask of its node's distribution. {@code distribution} implements it. */
public interface NodeLink {
  Atom name();

  boolean isAlive();

  int creation();

  /** {@code nodes/1}: the nodes of some kinds, in the order in which their connections came up. */
  List<Atom> nodes(List<NodeKind> kinds);

  /** Kinds of {@code nodes/1}. */
  enum NodeKind {
    VISIBLE,
    HIDDEN,
    CONNECTED,
    THIS,
    KNOWN
  }

  /**
   * {@code nodes/2}: {@code {Node, Info}} of the nodes of some kinds, in the order of {@link #nodes}.
   *
   * @param infos what to tell of each: {@code connection_id}, {@code node_type}
   */
  Term nodes(List<NodeKind> kinds, List<Atom> infos);

  /** The cookie used for a node ({@code nocookie} while distribution is off). */
  Atom cookie(Atom node);

  /** Sets this node's own cookie. */
  void setCookie(Atom cookie);

  /** Sets the cookie for another node only. */
  void setCookie(Atom node, Atom cookie);

  /** A conversation that connects: returns {@code true}, {@code false} or {@code ignored}. */
  Routine connect(Atom node, Visibility visibility);

  /** Whether a connection counts for the mesh. */
  enum Visibility {
    VISIBLE,
    HIDDEN
  }

  /** A conversation that disconnects: returns {@code true}, {@code false} or {@code ignored}. */
  Routine disconnect(Atom node);

  /** {@code monitor_node/2}: counts; one {@code {nodedown, Node}} a count. Connects if needed. */
  void monitorNode(Pid watcher, Atom node);

  void demonitorNode(Pid watcher, Atom node);

  /** Whether there is a connection, up or being made; then {@code noconnect} does not keep a signal back. */
  boolean isConnectedOrConnecting(Atom node);

  /** Whether what is sent to a node would suspend its sender. */
  boolean isBusy(Atom node);

  /** What stands for the connection to a node, for {@code system_monitor/2}. */
  Port port(Atom node);

  /** {@code net_kernel:monitor_nodes/1}: returns what it returns, {@code ok} or {@code error}. */
  Term monitorNodes(Pid watcher, Term flag);

  /** {@code net_kernel:monitor_nodes/2}: returns what it returns, {@code ok} or an error term. */
  Term monitorNodes(Pid watcher, Term flag, Term options);

  /**
   * Spawns on another node: returns the pid, or {@code {Pid, Reference}} if monitored; the useless pid of a process of this
   * node if there is no connection to be had.
   */
  Routine spawnRemote(
      Atom node, Atom module, Atom function, List<Term> arguments, SpawnOptions options);

  /**
   * {@code spawn_request/5}, on another node or this one: the reply comes as a message. The reference is also that of the
   * monitor, if one is asked for.
   */
  Reference spawnRequest(
      ProcessContext self,
      Atom node,
      Atom module,
      Atom function,
      List<Term> arguments,
      SpawnOptions options);

  /**
   * {@code spawn_request_abandon/1}: {@code true} if the request was still unanswered; then neither reply nor {@code DOWN}
   * will come. What was spawned lives on, unless linked.
   */
  boolean abandonSpawnRequest(ProcessContext self, Reference request);

  /** {@code net_kernel:start/2} and {@code stop/0} as conversations. */
  Routine start(Term name, Term options);

  Routine stop();

  /** {@code net_kernel:get_net_ticktime/0}: seconds, or {@code {ongoing_change_to, Seconds}}, or {@code ignored}. */
  Term tickTime();

  /** {@code net_kernel:set_net_ticktime/2}: {@code unchanged}, {@code change_initiated} or {@code {ongoing_change_to, T}}. */
  Term setTickTime(int seconds, int transitionSeconds);
}
