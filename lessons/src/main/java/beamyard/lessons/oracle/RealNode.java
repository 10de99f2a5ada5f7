package beamyard.lessons.oracle;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One real node: a process of the operating system, and the terminal of its shell. */
final class RealNode implements AutoCloseable {
  /** Does what code on a node asks of the yard; gives {@code ok}, or another word, and a text. */
  @FunctionalInterface
  interface Requests {
    String answer(String request);
  }

  private static final long BOOT_MILLIS = 60_000;
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Process process;
  private final DataOutputStream input;
  private final Requests requests;
  private final StringBuilder printed = new StringBuilder();
  private String prompt = "";
  private int typed;
  private int read = -1;
  private boolean ended;

  private RealNode(Process process, Requests requests) {
    this.process = process;
    this.requests = requests;
    this.input = new DataOutputStream(process.getOutputStream());
    Thread.ofVirtual().start(this::listen);
  }

  /** Starts a node; it is ready when {@link #awaitPrompt} says so. */
  static RealNode start(Start start, Path folder, Wires wires, Requests requests)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("exec", "elixir"));
    if (start.naming() != Naming.NONE) {
      words.add(start.naming() == Naming.LONG ? "--name" : "--sname");
      words.add(quoted(start.name() + "@" + start.host()));
      words.add("--cookie");
      words.add(quoted(start.cookie()));
    }
    if (start.visibility() == Visibility.HIDDEN) {
      words.add("--hidden");
    }
    for (var parameter : start.kernel().entrySet()) {
      words.add("--erl");
      words.add(quoted(flags(folder, parameter.getKey(), parameter.getValue())));
    }
    Map<String, String> place = wires.place(start.handle());
    if (!place.isEmpty()) {
      words.add("--erl-config");
      words.add(quoted(configuration(folder, start.handle(), place)));
    }
    words.add("--no-halt -pa . -e Beamyard.Terminal.open");
    words.add("3<&0 4>&1 </dev/null >>nodes.log 2>&1");
    var builder =
        new ProcessBuilder(wires.within(List.of("sh", "-c", String.join(" ", words))))
            .directory(folder.toFile());
    builder.environment().put("ERL_EPMD_PORT", String.valueOf(wires.mapperPort()));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("ELIXIR_ERL_OPTIONS");
    return new RealNode(builder.start(), requests);
  }

  /** Writes a configuration of the kernel; gives the name of the file, without its ending. */
  private static String configuration(Path folder, String node, Map<String, String> parameters)
      throws IOException {
    String terms =
        parameters.entrySet().stream()
            .map(each -> "{" + each.getKey() + "," + each.getValue() + "}")
            .collect(Collectors.joining(","));
    String file = "place-" + node;
    Files.writeString(folder.resolve(file + ".config"), "[{kernel,[" + terms + "]}].\n");
    return file;
  }

  /** What sets something whose name is as {@link Start#kernel} has it. */
  private static String flags(Path folder, String name, String value) throws IOException {
    if (value.startsWith("inet_tls")) {
      return Certificates.flags(folder, value);
    }
    String kind = name.startsWith("+") || name.startsWith("-") ? "" : "-kernel ";
    return kind + name + " " + value;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void listen() {
    try (var output = new DataInputStream(process.getInputStream())) {
      while (true) {
        byte[] frame = new byte[output.readInt()];
        output.readFully(frame);
        heard(new String(frame, StandardCharsets.UTF_8));
      }
    } catch (IOException over) {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  private synchronized void heard(String frame) {
    String rest = frame.substring(1);
    int space = rest.indexOf(' ');
    switch (frame.charAt(0)) {
      case 'O' -> printed.append(rest);
      case 'P' -> {
        read = Integer.parseInt(rest.substring(0, space));
        prompt = rest.substring(space + 1);
      }
      case 'F' ->
          Thread.ofVirtual()
              .start(() -> answer(rest.substring(0, space), rest.substring(space + 1)));
      default -> throw new AssertionError("a node says " + frame);
    }
    notifyAll();
  }

  private void answer(String number, String request) {
    String answer = requests.answer(request);
    synchronized (this) {
      send("R" + number + " " + answer);
    }
  }

  boolean isUp() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the first prompt. */
  synchronized Ending awaitPrompt() {
    Ending ending = await(BOOT_MILLIS);
    take(); // the shell's greeting
    return ending;
  }

  private Ending await(long limitMillis) {
    long deadline = System.nanoTime() + limitMillis * NANOS_A_MILLI;
    while (read < typed && !ended) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return Ending.TIMED_OUT;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Ending.TIMED_OUT;
      }
    }
    if (ended) {
      return Ending.DIED;
    }
    return prompt.startsWith("...(") ? Ending.INCOMPLETE : Ending.DONE;
  }

  /** Types an input and waits for the next prompt. */
  synchronized Answer type(String code, long limitMillis) {
    if (!ended) {
      send("I" + code + "\n");
      typed++;
    }
    Ending ending = await(limitMillis);
    return new Answer(ending, take());
  }

  /** What was printed since it was last asked. */
  private String take() {
    String text = printed.toString();
    printed.setLength(0);
    return text;
  }

  /** Puts back what the next question is to find. */
  synchronized void keep(String text) {
    printed.insert(0, text);
  }

  synchronized void stop() {
    send("S");
  }

  private void send(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    try {
      input.writeInt(bytes.length);
      input.write(bytes);
      input.flush();
    } catch (IOException e) {
      ended = true; // it went down meanwhile
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  boolean awaitExit(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    kill();
    awaitExit(BOOT_MILLIS);
  }
}
