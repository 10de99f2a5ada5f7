package beamyard.lessons.elixir.stdlib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The layers of Marsaglia and Tsang's ziggurat under the normal distribution's curve, 256 of equal area, as OTP's {@code rand} has
 * them in a table. Worked out with 40 digits, so that each number is the nearest one, when the
 * first number is drawn.
 *
 * @see <a href="https://www.jstatsoft.org/article/view/v005i08">Marsaglia, Tsang: The Ziggurat Method for Generating Random
 *     Variables</a>
 */
final class Ziggurat {
  private static final int LAYERS = 256;
  private static final MathContext DIGITS = new MathContext(40);
  private static final BigDecimal EDGE = new BigDecimal("3.6541528853610087963519472518");

  /** Of one layer, and of what is beyond the edge, under the whole rectangle below. */
  private static final BigDecimal AREA =
      new BigDecimal("0.00492867323397465493159091343184714888330530309");

  private static final BigDecimal STEPS = BigDecimal.TWO.pow(51);

  private static final Ziggurat TABLE = new Ziggurat();

  private final long[] inside = new long[LAYERS];
  private final double[] widths = new double[LAYERS];
  private final double[] heights = new double[LAYERS];

  private Ziggurat() {
    BigDecimal x = EDGE;
    BigDecimal height = height(x);
    heights[LAYERS - 1] = height.doubleValue();
    widths[LAYERS - 1] = x.divide(STEPS, DIGITS).doubleValue();
    inside[0] = steps(x.multiply(height, DIGITS).divide(AREA, DIGITS));
    widths[0] = AREA.divide(height, DIGITS).divide(STEPS, DIGITS).doubleValue();
    heights[0] = 1.0;
    for (int layer = LAYERS - 2; layer > 0; layer--) {
      BigDecimal outer = x;
      BigDecimal rise = AREA.divide(outer, DIGITS);
      x = ln(rise.add(height)).multiply(BigDecimal.valueOf(-2)).sqrt(DIGITS);
      inside[layer + 1] = steps(x.divide(outer, DIGITS));
      widths[layer] = x.divide(STEPS, DIGITS).doubleValue();
      height = height(x);
      heights[layer] = height.doubleValue();
    }
    inside[1] = 0;
  }

  static Ziggurat table() {
    return TABLE;
  }

  /** How many steps of a layer's width lie inside the curve. */
  long inside(int layer) {
    return inside[layer];
  }

  /** The width of a step of a layer. */
  double width(int layer) {
    return widths[layer];
  }

  /** The height of the curve where a layer ends. */
  double height(int layer) {
    return heights[layer];
  }

  private static long steps(BigDecimal share) {
    return share.multiply(STEPS).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static BigDecimal height(BigDecimal x) {
    return exp(x.multiply(x, DIGITS).divide(BigDecimal.TWO, DIGITS).negate());
  }

  /** By the series, of a number made small first. */
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(64), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < LAYERS && term.signum() != 0; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      if (term.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(-45)) < 0) {
        break;
      }
      sum = sum.add(term, DIGITS);
    }
    return sum.pow(64, DIGITS);
  }

  /** By Newton's steps from the nearest double. */
  private static BigDecimal ln(BigDecimal x) {
    BigDecimal y = BigDecimal.valueOf(StrictMath.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      y = y.add(x.subtract(power).multiply(BigDecimal.TWO).divide(x.add(power), DIGITS), DIGITS);
    }
    return y;
  }
}
