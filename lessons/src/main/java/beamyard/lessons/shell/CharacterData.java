package beamyard.lessons.shell;

import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Erlang's {@code chardata}: characters, binaries and lists of them, however deep. */
final class CharacterData {
  private CharacterData() {}

  /** The text; {@code null} if the term is no character data. */
  static @Nullable String text(Term data, boolean latin1) {
    var text = new StringBuilder();
    var rest = new ArrayDeque<Term>();
    rest.push(data);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Nil _ -> {}
        case Cons cons -> {
          rest.push(cons.tail());
          rest.push(cons.head());
        }
        case SmallInt character when Character.isValidCodePoint((int) character.value()) ->
            text.appendCodePoint((int) character.value());
        case Bits bits when bits.isBinary() ->
            text.append(
                latin1 ? new String(bits.toBytes(), StandardCharsets.ISO_8859_1) : bits.text());
        default -> {
          return null;
        }
      }
    }
    return text.toString();
  }
}
