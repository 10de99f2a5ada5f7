package beamyard.ui.terminal;

import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.shell.Console;
import beamyard.ui.terminal.LiveYard.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * The shells of several nodes in one terminal: the prompt is that of one node; what other nodes print appears as it comes, with
 * their names before it. Lines that begin with {@code @} are for the yard, not for a shell.
 */
final class LiveShells {
  private static final long LOOK_MILLIS = 3;
  private static final double NANOS_A_SECOND = 1e9;
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|)");

  static final String HELP =
      """
      @bob            goes to bob's shell          @bob CODE    types at bob's shell from here
      @all CODE       types at every shell         @            lists the nodes
      @start NAME     starts a node (again)        @stop NAME, @kill NAME
      @pause, @go     holds time still, lets it go @speed N     N virtual seconds a second
      @skip [5s]      to the next event, or so far @help        this
      Ctrl-C breaks off what runs, Ctrl-D leaves.""";

  private final LineReader reader;
  private final Terminal terminal;
  private final LiveYard yard;
  private final Map<String, Start> starts = new LinkedHashMap<>();
  private final Map<String, StringBuilder> unfinished = new LinkedHashMap<>();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private volatile String current;

  LiveShells(LineReader reader, SimulatedStage stage, List<Start> nodes) {
    this.reader = reader;
    this.terminal = reader.getTerminal();
    this.yard = new LiveYard(stage, this::printed);
    nodes.forEach(node -> starts.put(node.handle(), node));
    current = nodes.getFirst().handle();
  }

  /** Talks until the learner leaves. */
  void converse() {
    say(
        "Nodes: "
            + String.join(", ", starts.keySet())
            + ". @NAME goes to another shell, @help tells more.");
    terminal.handle(Terminal.Signal.INT, _ -> interrupted.set(true));
    yard.open();
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = turn();
      }
    } finally {
      yard.close();
    }
  }

  /** Reads a line and does what it says; whether to go on. */
  private boolean turn() {
    if (!awaitPrompt()) {
      return false;
    }
    Waiting waiting = yard.waiting(current);
    String prompt = waiting.isReady() ? waiting.prompt() : "(" + current + " is down) ";
    String line;
    try {
      line = reader.readLine(prompt);
    } catch (EndOfFileException _) {
      return false;
    } catch (UserInterruptException e) {
      return interruptedAtPrompt(e.getPartialLine(), waiting);
    }
    if (line.startsWith("@") && waiting.kind() != Console.Prompt.LINE) {
      command(line.substring(1).strip());
    } else if (yard.isUp(current)) {
      yard.type(current, line);
    } else if (!line.isBlank()) {
      say("@start " + shortName(current) + " starts it again; @NAME goes to another node");
    }
    return true;
  }

  private boolean interruptedAtPrompt(String typed, Waiting waiting) {
    if (waiting.kind() == Console.Prompt.CONTINUATION) {
      yard.interrupt(current);
      return true;
    }
    return !typed.isEmpty() || menu();
  }

  /** Waits until the current node has a prompt or is down; {@code false} if the learner leaves meanwhile. */
  private boolean awaitPrompt() {
    interrupted.set(false);
    while (yard.isUp(current) && !yard.waiting(current).isReady()) {
      if (interrupted.getAndSet(false) && !menu()) {
        return false;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        return false;
      }
    }
    flushUnfinished(current);
    return true;
  }

  /** What Ctrl-C offers; whether to go on. */
  private boolean menu() {
    while (true) {
      String answer;
      try {
        answer =
            reader.readLine(
                "\nBREAK: (a)bort the yard, (c)ontinue, (i)nterrupt this shell, (s)witch to another node: ");
      } catch (EndOfFileException | UserInterruptException _) {
        return false; // as in IEx, a second Ctrl-C leaves
      }
      switch (answer.strip().toLowerCase(Locale.ROOT)) {
        case "a" -> {
          return false;
        }
        case "c", "" -> {
          return true;
        }
        case "i" -> {
          if (yard.isUp(current)) {
            yard.interrupt(current);
          }
          return true;
        }
        case "s" -> {
          switchOn();
          return true;
        }
        default -> say("a, c, i or s");
      }
    }
  }

  private void switchOn() {
    List<String> nodes = yard.nodes();
    int next = (nodes.indexOf(current) + 1) % nodes.size();
    current = nodes.get(next);
  }

  // Commands.

  private void command(String text) {
    String word = text.split("\\s", 2)[0];
    String rest = text.substring(word.length()).strip();
    Optional<String> node = known(word);
    if (node.isPresent() && rest.isEmpty()) {
      current = node.get();
    } else if (node.isPresent()) {
      typeAt(node.get(), rest);
    } else {
      yardCommand(word, rest);
    }
  }

  private void yardCommand(String word, String rest) {
    switch (word) {
      case "" -> yard.nodes().forEach(this::describe);
      case "help" -> say(HELP);
      case "all" -> {
        List<String> up = yard.nodes().stream().filter(yard::isUp).toList();
        up.forEach(node -> typeAt(node, rest));
        awaitAll(up);
      }
      case "pause" -> yard.speed(0);
      case "go" -> yard.speed(1);
      case "speed" -> speed(rest);
      case "skip" -> skip(rest);
      case "start" -> start(rest);
      case "stop" -> known(rest).ifPresentOrElse(yard::stop, () -> unknown(rest));
      case "kill" -> known(rest).ifPresentOrElse(yard::kill, () -> unknown(rest));
      default -> unknown(word);
    }
  }

  private void unknown(String word) {
    say(
        "there is no node '"
            + word
            + "'; there are "
            + String.join(", ", yard.nodes())
            + " (@help)");
  }

  private void describe(String node) {
    Waiting waiting = yard.waiting(node);
    String state =
        !yard.isUp(node) ? "down" : waiting.isReady() ? waiting.prompt().strip() : "busy";
    say((node.equals(current) ? "* " : "  ") + node + "  " + state);
  }

  private void typeAt(String node, String code) {
    if (!yard.isUp(node)) {
      say("(" + node + " is down)");
      return;
    }
    yard.type(node, code);
  }

  /** Gives quick answers the time to come before the next prompt. */
  private void awaitAll(List<String> nodes) {
    long patience = 100;
    while (patience-- > 0
        && nodes.stream().anyMatch(node -> yard.isUp(node) && !yard.waiting(node).isReady())) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void speed(String text) {
    try {
      double wanted = Double.parseDouble(text);
      if (wanted >= 0 && wanted <= 1000) {
        yard.speed(wanted);
        return;
      }
    } catch (NumberFormatException notOne) {
      say("now it is " + yard.speed());
    }
    say("@speed needs a number from 0 to 1000");
  }

  private void skip(String text) {
    Matcher duration = DURATION.matcher(text);
    if (text.isEmpty()) {
      yard.skipToNextEvent();
    } else if (duration.matches()) {
      double seconds = Double.parseDouble(duration.group(1));
      yard.skip((long) (seconds * NANOS_A_SECOND / (duration.group(2).equals("ms") ? 1000 : 1)));
    } else {
      say("@skip needs nothing or a time such as 500ms or 5s");
      return;
    }
    say(String.format(Locale.ROOT, "(now at %.3f s)", yard.nowNanos() / NANOS_A_SECOND));
  }

  private void start(String name) {
    try {
      Start wanted = NodeNames.starts(name).getFirst();
      Start start = starts.getOrDefault(wanted.handle(), wanted);
      if (yard.nodes().contains(start.handle()) && yard.isUp(start.handle())) {
        say(start.handle() + " is up");
        return;
      }
      yard.start(start);
      starts.put(start.handle(), start);
    } catch (ScriptProblem | IllegalArgumentException e) {
      say(e.getMessage());
    }
  }

  private Optional<String> known(String word) {
    return yard.nodes().stream()
        .filter(name -> name.equals(word) || shortName(name).equals(word))
        .findFirst();
  }

  private static String shortName(String node) {
    return node.contains("@") ? node.substring(0, node.indexOf('@')) : node;
  }

  // Output.

  private void say(String text) {
    print(text);
  }

  /** On the yard's thread: whole lines at once; the rest of a line when it ends, or before the next prompt. */
  private void printed(String node, String text) {
    List<String> lines = new ArrayList<>();
    synchronized (unfinished) {
      StringBuilder rest = unfinished.computeIfAbsent(node, _ -> new StringBuilder());
      rest.append(text);
      int end;
      while ((end = rest.indexOf("\n")) >= 0) {
        lines.add(rest.substring(0, end));
        rest.delete(0, end + 1);
      }
    }
    show(node, lines);
  }

  private void flushUnfinished(String node) {
    String rest;
    synchronized (unfinished) {
      StringBuilder kept = unfinished.getOrDefault(node, new StringBuilder());
      rest = kept.toString();
      kept.setLength(0);
    }
    if (!rest.isEmpty()) {
      show(node, List.of(rest));
    }
  }

  private void show(String node, List<String> lines) {
    if (!lines.isEmpty()) {
      String before = node.equals(current) ? "" : shortName(node) + "| ";
      print(before + String.join("\n" + before, lines));
    }
  }

  private void print(String text) {
    reader.printAbove(text);
  }
}
