package beamyard.ui.terminal;

import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The seeds of {@code --seeds}: one number, or a range {@code 1..20}. */
record SeedRange(long first, long last) {
  List<Long> values() {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /** Reads the option. */
  static final class Converter implements ITypeConverter<SeedRange> {
    @Override
    public SeedRange convert(String text) {
      String[] ends = text.split("\\.\\.", -1);
      try {
        long first = Long.parseLong(ends[0]);
        long last = ends.length == 1 ? first : Long.parseLong(ends[1]);
        if (ends.length <= 2 && first <= last) {
          return new SeedRange(first, last);
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "expected a number or a range such as 1..20, not '" + text + "'");
      }
      throw new TypeConversionException(
          "expected a number or a range such as 1..20, not '" + text + "'");
    }
  }
}
