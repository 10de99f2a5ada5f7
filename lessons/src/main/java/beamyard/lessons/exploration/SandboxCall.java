package beamyard.lessons.exploration;

import beamyard.simulator.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Faults as calls of {@code Sandbox}, as they are typed at a prompt. */
final class SandboxCall {
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_@]*");

  private SandboxCall() {}

  /** The call that does a fault; empty for one that explorations do not make up. */
  static Optional<String> of(Fault fault) {
    return Optional.ofNullable(
        switch (fault) {
          case Fault.Partition(var name, var groups) ->
              "Sandbox.partition("
                  + groups(groups)
                  + name.map(given -> ", name: " + atom(given)).orElse("")
                  + ")";
          case Fault.Blip(var groups, long nanos) ->
              "Sandbox.blip(" + groups(groups) + ", " + millis(nanos / 1000) + ")";
          case Fault.Heal(var name) ->
              "Sandbox.heal(" + name.map(SandboxCall::atom).orElse("") + ")";
          case Fault.Crash(String node) -> "Sandbox.crash(" + atom(node) + ")";
          case Fault.Restart(String node) -> "Sandbox.restart(" + atom(node) + ")";
          case Fault.Pause(String node) -> "Sandbox.pause(" + atom(node) + ")";
          case Fault.Resume(String node) -> "Sandbox.resume(" + atom(node) + ")";
          case Fault.Reset(String one, String other) ->
              "Sandbox.reset(" + atom(one) + ", " + atom(other) + ")";
          case Fault.Slow(String node, double times) ->
              "Sandbox.slow(" + atom(node) + ", " + times + ")";
          default -> null;
        });
  }

  /** The call that lets each packet between two nodes take a time of its own, both ways. */
  static String jitter(String one, String other, long mostMicros) {
    return "Sandbox.latency("
        + atom(one)
        + ", "
        + atom(other)
        + ", {:uniform, 0, "
        + millis(mostMicros)
        + "})";
  }

  /** An atom as it is written in Elixir. */
  static String atom(String name) {
    return PLAIN.matcher(name).matches() ? ":" + name : ":\"" + name + "\"";
  }

  private static String millis(long micros) {
    return micros % 1000 == 0 ? String.valueOf(micros / 1000) : String.valueOf(micros / 1000.0);
  }

  private static String groups(List<List<String>> groups) {
    return groups.stream()
        .map(
            group ->
                group.stream().map(SandboxCall::atom).collect(Collectors.joining(", ", "[", "]")))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
