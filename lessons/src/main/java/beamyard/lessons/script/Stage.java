package beamyard.lessons.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes with a shell each, and the network between them: what a player needs to play a page or a transcript. Nodes are named
 * in full ({@code alice@localhost}) or, without distribution, by any word.
 */
public interface Stage {
  /**
   * A node to start.
   *
   * @param handle what the stage calls it, unique among the nodes that are up
   * @param name the node name without the host; empty if it starts without distribution
   * @param kernel what configures its runtime: kernel parameters as in an Erlang configuration, {@code net_ticktime=4}, and
   *     flags, {@code +P=1024} and {@code -proto_dist=inet_tls}
   */
  record Start(
      String handle,
      String name,
      String host,
      Naming naming,
      String cookie,
      Visibility visibility,
      Map<String, String> kernel,
      Logging logging) {}

  /** How a node is named. */
  enum Naming {
    SHORT,
    LONG,
    NONE
  }

  /** Whether a node counts for the mesh. */
  enum Visibility {
    VISIBLE,
    HIDDEN
  }

  /** Whether the console prints what is logged. */
  enum Logging {
    ON,
    OFF
  }

  /** How an input ended. */
  enum Ending {
    /** The next prompt is there. */
    DONE,
    /** The shell waits for the rest of the expression. */
    INCOMPLETE,
    /** There was no prompt within the limit. */
    TIMED_OUT,
    /** The node went down. */
    DIED,
    /** The stage cannot do what the input asks of it; nothing was done. */
    UNAVAILABLE
  }

  /**
   * What became of an input.
   *
   * @param printed all that the node's terminal showed since its previous prompt, the compiler's warnings left out
   * @param shown the same with the warnings
   */
  record Answer(Ending ending, String printed, String shown) {
    /** An input that gave no warnings, or of which they are not known. */
    public Answer(Ending ending, String printed) {
      this(ending, printed, printed);
    }
  }

  /** What the nodes that are started from now on have installed beside Elixir, such as {@code libcluster}. */
  void install(List<String> dependencies);

  /** Why a node cannot be started as it is described; empty if it can. */
  default Optional<String> problemWith(Start node) {
    return Optional.empty();
  }

  /** Starts nodes at the same time and waits for their prompts. */
  void start(List<Start> nodes);

  /** From now on a program of the node that reads from its terminal finds the end of what was typed. */
  default void endInput(String handle) {}

  boolean isUp(String handle);

  /** Types an input at a node's shell and waits for the next prompt. */
  Answer type(String handle, String code, long limitMillis);

  /** Whether an expression is truthy at a node's shell now; prints nothing. An exception counts as false. */
  boolean holds(String handle, String expression, long limitMillis);

  /** {@code init:stop}, and waits until the node is gone. */
  void stop(String handle);

  void kill(String handle);

  /** Waits until a node that halts by itself is gone; {@code false} if it is not after ten seconds. */
  boolean awaitExit(String handle);

  void pause(String handle);

  void resume(String handle);

  void partition(List<List<String>> groups);

  void block(String from, String to);

  void unblock(String from, String to);

  void heal();

  /** Lets time pass. */
  void advance(long millis);
}
