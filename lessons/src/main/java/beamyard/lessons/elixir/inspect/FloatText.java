package beamyard.lessons.elixir.inspect;

import java.math.BigDecimal;
import java.math.MathContext;

/** How floats are written: the fewest digits that read back as the same float. */
public final class FloatText {
  private static final MathContext ONE_DIGIT = new MathContext(1);

  private FloatText() {}

  /** As {@code inspect} writes it: whole numbers below 10^16 without exponent. */
  public static String inspect(double value) {
    double magnitude = Math.abs(value);
    return magnitude >= 1.0 && magnitude < 1.0e16 && value == Math.rint(value)
        ? new BigDecimal(value).toBigInteger() + ".0"
        : shortest(value);
  }

  /** As {@code to_string} and OTP's {@code float_to_binary(F, [short])} write it: the shorter of the two notations. */
  public static String shortest(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = decimal(Math.abs(value));
    String digits = decimal.unscaledValue().toString();
    int place = digits.length() - decimal.scale();
    return (value < 0 ? "-" : "") + withPoint(digits, place, Math.abs(value) >= 0x1p53);
  }

  /** With as few digits as tell the number from its neighbours; Java gives at least two. */
  private static BigDecimal decimal(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal rounded = decimal.round(ONE_DIGIT);
    return decimal.precision() == 2 && rounded.doubleValue() == value ? rounded : decimal;
  }

  /** @param place where the point stands, counted from the first digit */
  private static String withPoint(String digits, int place, boolean large) {
    int count = digits.length();
    if (!large && place > 0 && place < count) {
      return digits.substring(0, place) + "." + digits.substring(place);
    }
    if (place == 0) {
      return "0." + digits;
    }
    String exponent = Integer.toString(place - 1);
    int exponentCost = exponent.length() + 1 + (count == 1 ? 2 : 1);
    if (place < 0 && 2 - place <= exponentCost) {
      return "0." + "0".repeat(-place) + digits;
    }
    if (!large && place > 0 && place - count + 2 <= exponentCost) {
      return digits + "0".repeat(place - count) + ".0";
    }
    return digits.charAt(0) + "." + (count == 1 ? "0" : digits.substring(1)) + "e" + exponent;
  }
}
