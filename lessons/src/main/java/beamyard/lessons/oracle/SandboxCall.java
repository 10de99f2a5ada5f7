package beamyard.lessons.oracle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of the yard's {@code Sandbox} that stands alone and says all it needs itself.
 *
 * @param node the node in its argument; empty if that is a number
 * @param millis the number in its argument; 0 if that is a node
 */
record SandboxCall(String function, String node, long millis) {
  private static final Pattern CALL =
      Pattern.compile(
          "^\\s*Sandbox\\.(\\w+)\\(\\s*(?::\"?([A-Za-z_][\\w.@-]*)\"?|([\\d_]{1,12}))\\s*\\)\\s*(?:#.*)?$");

  /** Reads an input; empty if it is not such a call. */
  static Optional<SandboxCall> read(String code) {
    Matcher matcher = CALL.matcher(code);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String number = matcher.group(3);
    return Optional.of(
        new SandboxCall(
            matcher.group(1),
            matcher.group(2) == null ? "" : matcher.group(2),
            number == null ? 0 : Long.parseLong(number.replace("_", ""))));
  }
}
