package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.engine.Choices;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Modules {@code math} and {@code crypto}, and the node's dice. */
final class Mathematics {
  private static final String MATH = "math";

  private Mathematics() {}

  static void define(BuiltinTable table) {
    table.define(
        "beamyard",
        "ziggurat",
        1,
        (_, a) -> {
          int layer = Arguments.size(a[0]);
          Ziggurat ziggurat = Ziggurat.table();
          return Tuple.of(SmallInt.of(ziggurat.inside(layer)), new Float64(ziggurat.width(layer)));
        });
    table.define(
        "beamyard",
        "ziggurat_height",
        1,
        (_, a) -> new Float64(Ziggurat.table().height(Arguments.size(a[0]))));
    table.define(MATH, "pi", 0, (_, _) -> new Float64(Math.PI));
    one(table, "sqrt", Math::sqrt);
    one(table, "sin", Elementary::sin);
    one(table, "cos", Elementary::cos);
    one(table, "tan", Elementary::tan);
    one(table, "asin", StrictMath::asin);
    one(table, "acos", StrictMath::acos);
    one(table, "atan", Elementary::atan);
    one(table, "sinh", StrictMath::sinh);
    one(table, "cosh", Elementary::cosh);
    one(table, "tanh", StrictMath::tanh);
    one(table, "acosh", x -> 2 * StrictMath.log(Math.sqrt((x + 1) / 2) + Math.sqrt((x - 1) / 2)));
    one(table, "asinh", Mathematics::asinh);
    one(table, "atanh", x -> (StrictMath.log1p(x) - StrictMath.log1p(-x)) / 2);
    one(table, "exp", Elementary::exp);
    one(table, "log", Elementary::log);
    one(table, "log10", StrictMath::log10);
    one(table, "ceil", Math::ceil);
    one(table, "floor", Math::floor);
    table.define(MATH, "log2", 1, (_, a) -> binaryLogarithm(a[0]));
    two(table, "pow", Elementary::pow);
    two(table, "atan2", Elementary::atan2);
    two(table, "fmod", (x, y) -> x % y);
    table.define("crypto", "hash", 2, (_, a) -> digest(Arguments.atom(a[0]), IoData.binary(a[1])));
    table.define(
        "crypto",
        "mac",
        4,
        (_, a) ->
            authenticated(
                Arguments.atom(a[0]),
                Arguments.atom(a[1]),
                IoData.binary(a[2]),
                IoData.binary(a[3])));
    table.define(
        "crypto",
        "strong_rand_bytes",
        1,
        (self, a) -> {
          byte[] bytes = new byte[Arguments.size(a[0])];
          Choices choices = self.owned(Choices.class);
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) choices.between(self.node().name() + "/random", 0, 255);
          }
          return Bits.of(bytes);
        });
    table.define(
        "beamyard",
        "choose",
        2,
        (self, a) ->
            SmallInt.of(
                self.owned(Choices.class)
                    .between(
                        self.node().name() + "/random",
                        Arguments.number(a[0]),
                        Arguments.number(a[1]))));
  }

  private static double number(Term term) {
    try {
      return Arguments.real(term);
    } catch (Raise notANumber) {
      throw Raise.badarg();
    }
  }

  private static Term result(double value) {
    if (!Double.isFinite(value)) {
      throw Raise.badarith();
    }
    return new Float64(value);
  }

  private static void one(BuiltinTable table, String name, DoubleUnaryOperator function) {
    table.define(MATH, name, 1, (_, a) -> result(function.applyAsDouble(number(a[0]))));
  }

  private static void two(BuiltinTable table, String name, DoubleBinaryOperator function) {
    table.define(
        MATH, name, 2, (_, a) -> result(function.applyAsDouble(number(a[0]), number(a[1]))));
  }

  /** Exact for powers of two. */
  private static double asinh(double x) {
    double size = Math.abs(x);
    return Math.copySign(
        StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size))), x);
  }

  private static Term binaryLogarithm(Term term) {
    double value = number(term);
    if (value > 0 && term instanceof IntegerTerm integer && integer.bigValue().bitCount() == 1) {
      return new Float64(integer.bigValue().bitLength() - 1);
    }
    return result(Elementary.log2(value));
  }

  private static String algorithm(Atom name) {
    return switch (name.name()) {
      case "md5" -> "MD5";
      case "sha" -> "SHA-1";
      case "sha224" -> "SHA-224";
      case "sha256" -> "SHA-256";
      case "sha384" -> "SHA-384";
      case "sha512" -> "SHA-512";
      case "sha3_224" -> "SHA3-224";
      case "sha3_256" -> "SHA3-256";
      case "sha3_384" -> "SHA3-384";
      case "sha3_512" -> "SHA3-512";
      default ->
          throw Raise.error(
              Tuple.of(
                  Atom.of("badarg"),
                  Tuple.of(Arguments.charlist("hash.c"), SmallInt.of(108)),
                  Arguments.charlist("Bad digest type")));
    };
  }

  private static Term digest(Atom name, Bits data) {
    try {
      return Bits.of(MessageDigest.getInstance(algorithm(name)).digest(data.toBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Term authenticated(Atom kind, Atom name, Bits key, Bits data) {
    if (kind != Atom.of("hmac")) {
      throw Raise.badarg();
    }
    String mac = "Hmac" + algorithm(name).replace("SHA-", "SHA");
    try {
      Mac hmac = Mac.getInstance(mac);
      hmac.init(new SecretKeySpec(key.byteSize() == 0 ? new byte[1] : key.toBytes(), mac));
      return Bits.of(hmac.doFinal(data.toBytes()));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
