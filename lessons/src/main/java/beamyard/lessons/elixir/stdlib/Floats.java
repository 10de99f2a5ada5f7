package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** What {@code Float} needs of the exact value of floats. */
final class Floats {
  private static final Pattern LEADING = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private Floats() {}

  static void define(BuiltinTable table) {
    table.define(
        "beamyard",
        "float_round",
        3,
        (_, a) ->
            rounded(
                a[0],
                Arguments.size(a[1]),
                switch (Arguments.atom(a[2]).name()) {
                  case "floor" -> RoundingMode.FLOOR;
                  case "ceil" -> RoundingMode.CEILING;
                  default -> RoundingMode.HALF_UP;
                }));
    table.define("beamyard", "float_ratio", 1, (_, a) -> ratio(Arguments.real(a[0])));
    table.define(
        "beamyard",
        "parse_float",
        1,
        (_, a) -> {
          String text = Arguments.text(a[0]);
          var matcher = LEADING.matcher(text);
          if (!matcher.lookingAt()) {
            return Atom.ERROR;
          }
          double value = Double.parseDouble(matcher.group());
          return Double.isInfinite(value)
              ? Atom.ERROR
              : Tuple.of(new Float64(value), Bits.of(text.substring(matcher.end())));
        });
  }

  private static double number(Term term) {
    return switch (term) {
      case Float64(double value) -> value;
      case IntegerTerm integer -> Arguments.finite(integer.bigValue().doubleValue());
      default -> throw Raise.badarith();
    };
  }

  private static Term rounded(Term number, int digits, RoundingMode mode) {
    if (number instanceof IntegerTerm) {
      return new Float64(number(number));
    }
    double value = number(number);
    double result = new BigDecimal(value).setScale(digits, mode).doubleValue();
    return new Float64(result == 0 && value < 0 ? -0.0 : result);
  }

  private static Term ratio(double value) {
    if (value == 0) {
      return Tuple.of(IntegerTerm.of(0), IntegerTerm.of(1));
    }
    BigDecimal exact = new BigDecimal(value);
    BigInteger denominator = BigInteger.TEN.pow(Math.max(exact.scale(), 0));
    BigInteger numerator = exact.multiply(new BigDecimal(denominator)).toBigIntegerExact();
    BigInteger common = numerator.gcd(denominator);
    return Tuple.of(
        IntegerTerm.of(numerator.divide(common)), IntegerTerm.of(denominator.divide(common)));
  }
}
