package beamyard.lessons.elixir.inspect;

/**
 * The options of {@code inspect}.
 *
 * @param limit how many elements of containers are printed, in all that is nested; {@link #UNLIMITED} for all
 * @param printableLimit how many characters of strings are printed
 * @param width columns; {@link Layout#UNLIMITED} for one line
 */
public record InspectOptions(
    int limit,
    int printableLimit,
    int width,
    Charlists charlists,
    Binaries binaries,
    Base base,
    Structs structs) {
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** As the shell prints: 80 columns. */
  public static final InspectOptions PRETTY =
      new InspectOptions(
          50, 4096, 80, Charlists.INFER, Binaries.INFER, Base.DECIMAL, Structs.PRINT);

  /** As {@code inspect/1} prints: one line. */
  public static final InspectOptions ONE_LINE = PRETTY.withWidth(Layout.UNLIMITED);

  /** Lists of printable characters. */
  public enum Charlists {
    INFER,
    AS_LISTS,
    AS_CHARLISTS
  }

  /** Printable binaries. */
  public enum Binaries {
    INFER,
    AS_BINARIES,
    AS_STRINGS
  }

  /** Of integers. */
  public enum Base {
    DECIMAL,
    BINARY,
    OCTAL,
    HEX
  }

  /** Whether structs look like structs or like the maps they are. */
  public enum Structs {
    PRINT,
    AS_MAPS
  }

  public InspectOptions withLimit(int newLimit) {
    return new InspectOptions(newLimit, printableLimit, width, charlists, binaries, base, structs);
  }

  public InspectOptions withWidth(int newWidth) {
    return new InspectOptions(limit, printableLimit, newWidth, charlists, binaries, base, structs);
  }

  public InspectOptions withPrintableLimit(int newLimit) {
    return new InspectOptions(limit, newLimit, width, charlists, binaries, base, structs);
  }

  public InspectOptions withCharlists(Charlists newCharlists) {
    return new InspectOptions(limit, printableLimit, width, newCharlists, binaries, base, structs);
  }

  InspectOptions oneLess() {
    return limit == UNLIMITED || limit == 0 ? this : withLimit(limit - 1);
  }
}
