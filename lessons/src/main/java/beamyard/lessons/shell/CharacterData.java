package beamyard.lessons.shell;

import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Erlang's {@code chardata}: characters, binaries and lists of them, however deep. */
final class CharacterData {
  private CharacterData() {}

  /** The text; {@code null} if the term is no character data, or not valid. */
  static @Nullable String text(Term data, boolean latin1) {
    if (latin1) {
      return latin1(data);
    }
    var bytes = new ByteArrayOutputStream();
    boolean isValid =
        walk(
            data,
            character -> {
              boolean isScalar =
                  Character.isValidCodePoint(character)
                      && !(character >= Character.MIN_SURROGATE
                          && character <= Character.MAX_SURROGATE);
              if (isScalar) {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
              }
              return isScalar;
            },
            bytes::writeBytes);
    if (!isValid) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /** Whether a term is made of numbers and binaries alone, though they may not be characters. */
  static boolean hasTheShape(Term data) {
    return walk(data, _ -> true, _ -> {});
  }

  private static @Nullable String latin1(Term data) {
    var text = new StringBuilder();
    boolean isValid =
        walk(
            data,
            character -> {
              boolean isCharacter = Character.isValidCodePoint(character);
              if (isCharacter) {
                text.appendCodePoint(character);
              }
              return isCharacter;
            },
            bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
    return isValid ? text.toString() : null;
  }

  private static boolean walk(Term data, IntPredicate character, Consumer<byte[]> binary) {
    var rest = new ArrayDeque<Term>();
    rest.push(data);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Nil _ -> {}
        case Cons cons -> {
          rest.push(cons.tail());
          rest.push(cons.head());
        }
        case SmallInt number -> {
          int value = number.value() == (int) number.value() ? (int) number.value() : -1;
          if (!character.test(value)) {
            return false;
          }
        }
        case Bits bits when bits.isBinary() -> binary.accept(bits.toBytes());
        default -> {
          return false;
        }
      }
    }
    return true;
  }
}
