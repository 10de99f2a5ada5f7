package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigDecimal;
import java.math.MathContext;

/** Quoted forms as {@code inspect} shows them, on one line without limits, charlists as lists. */
final class QuotedPrinter {
  private final StringBuilder out = new StringBuilder();

  private QuotedPrinter() {}

  static String print(Term term) {
    var printer = new QuotedPrinter();
    printer.term(term);
    return printer.out.toString();
  }

  private void term(Term term) {
    switch (term) {
      case Atom atom -> AtomText.literal(out, atom.name());
      case IntegerTerm integer -> out.append(integer);
      case Float64(double value) -> out.append(floatText(value));
      case Bits bits -> binary(bits);
      case Nil _ -> out.append("[]");
      case Cons list -> list(list);
      case Tuple tuple -> tuple(tuple);
      default -> throw new AssertionError("no part of a quoted form: " + term);
    }
  }

  private void tuple(Tuple tuple) {
    out.append('{');
    for (int i = 0; i < tuple.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      term(tuple.get(i));
    }
    out.append('}');
  }

  private void list(Cons list) {
    boolean keywords = isKeywords(list);
    String separator = "[";
    for (Term element : list) {
      out.append(separator);
      separator = ", ";
      if (keywords) {
        Tuple pair = (Tuple) element;
        AtomText.key(out, ((Atom) pair.get(0)).name());
        out.append(' ');
        term(pair.get(1));
      } else {
        term(element);
      }
    }
    out.append(']');
  }

  private static boolean isKeywords(ListTerm list) {
    for (Term element : list) {
      boolean isPair =
          element instanceof Tuple pair
              && pair.size() == 2
              && pair.get(0) instanceof Atom key
              && !key.name().startsWith("Elixir.");
      if (!isPair) {
        return false;
      }
    }
    return true;
  }

  private void binary(Bits bits) {
    String text = bits.text();
    if (text.codePoints().allMatch(QuotedPrinter::isPrintable) && Bits.of(text).equals(bits)) {
      out.append('"');
      AtomText.escaped(out, text);
      out.append('"');
      return;
    }
    out.append("<<");
    for (int i = 0; i < bits.byteSize(); i++) {
      out.append(i == 0 ? "" : ", ").append(bits.byteAt(i));
    }
    out.append(">>");
  }

  private static boolean isPrintable(int c) {
    return c >= 0x20 && c <= 0x7E
        || c >= 7 && c <= 13
        || c == 27
        || c == 127
        || c >= 0xA0 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  /** The shortest text that reads back as the value; scientific where that is shorter. */
  private static String floatText(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return Double.doubleToRawLongBits(value) == 0 ? "0.0" : "-0.0";
    }
    var exact = new BigDecimal(Double.toString(value));
    if (size >= 1 && size < 1e16 && size == Math.rint(size)) {
      return exact.toBigInteger() + ".0";
    }
    BigDecimal oneDigit = exact.round(new MathContext(1));
    BigDecimal shortest = oneDigit.doubleValue() == value ? oneDigit : exact.stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String sign = value < 0 ? "-" : "";
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    String scientific = sign + digits.charAt(0) + "." + fraction + "e" + exponent;
    String plain =
        shortest.scale() <= 0 ? shortest.toPlainString() + ".0" : shortest.toPlainString();
    return size < 0x1p53 && plain.length() <= scientific.length() ? plain : scientific;
  }
}
