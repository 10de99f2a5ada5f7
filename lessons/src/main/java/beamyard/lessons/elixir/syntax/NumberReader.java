package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.math.BigInteger;

/** Reads a number. */
final class NumberReader {
  private final int[] text;
  private final int start;
  private final boolean base;
  private final int radix;
  private int end;
  private int exponents;
  private boolean fraction;

  NumberReader(int[] text, int start) {
    this.text = text;
    this.start = start;
    this.radix = text[start] == '0' ? radixOf(peek(start + 1)) : 10;
    this.base = radix != 10 && isDigit(peek(start + 2));
    if (base) {
      end = start + 3;
      digits(radix);
    } else {
      end = start + 1;
      decimal();
    }
  }

  /** Whether this is written with {@code 0x}, {@code 0o} or {@code 0b}. */
  boolean hasBase() {
    return base;
  }

  /** The position behind the number. */
  int end() {
    return end;
  }

  String written() {
    return new String(text, start, end - start);
  }

  TokenKind kind() {
    return fraction ? TokenKind.FLT : TokenKind.INT;
  }

  /** Whether it is a number with a fraction that is none: too large, or with two exponents. */
  boolean isInvalid() {
    return fraction && (exponents > 1 || Double.isInfinite(Double.parseDouble(plain())));
  }

  Term value() {
    String plain = plain();
    if (fraction) {
      return new Float64(Double.parseDouble(plain));
    }
    if (base) {
      return IntegerTerm.of(new BigInteger(plain.substring(2), radix));
    }
    return plain.length() < 19
        ? SmallInt.of(Long.parseLong(plain))
        : IntegerTerm.of(new BigInteger(plain));
  }

  private void decimal() {
    digits(10);
    if (peek(end) == '.' && isDecimal(peek(end + 1))) {
      fraction = true;
      end += 2;
      digits(10);
      while (peek(end) == 'e' || peek(end) == 'E') {
        boolean signed = peek(end + 1) == '+' || peek(end + 1) == '-';
        int first = signed ? end + 2 : end + 1;
        if (!isDecimal(peek(first))) {
          break;
        }
        end = first + 1;
        digits(10);
        exponents++;
      }
    }
  }

  private void digits(int digitRadix) {
    while (true) {
      if (isDigit(peek(end), digitRadix)) {
        end++;
      } else if (peek(end) == '_' && isDigit(peek(end + 1), digitRadix)) {
        end += 2;
      } else {
        return;
      }
    }
  }

  private String plain() {
    return written().replace("_", "");
  }

  private boolean isDigit(int character) {
    return isDigit(character, radix);
  }

  private static boolean isDigit(int character, int digitRadix) {
    return character >= 0 && character < 128 && Character.digit(character, digitRadix) >= 0;
  }

  private static boolean isDecimal(int character) {
    return isDigit(character, 10);
  }

  private static int radixOf(int letter) {
    return switch (letter) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  private int peek(int index) {
    return index < text.length ? text[index] : -1;
  }
}
