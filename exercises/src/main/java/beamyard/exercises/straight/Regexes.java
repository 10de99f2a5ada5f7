package beamyard.exercises.straight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways into regular expressions, with each look at a character counted: a bad expression looks at a text more often than
 * anybody can wait for. {@link Metering} calls these in place of the methods of the same names.
 */
public final class Regexes {
  private Regexes() {}

  private record Counted(String text) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      Meter.tick();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  public static Matcher matcher(Pattern pattern, CharSequence text) {
    return pattern.matcher(new Counted(text.toString()));
  }

  public static String[] split(Pattern pattern, CharSequence text) {
    return pattern.split(new Counted(text.toString()));
  }

  public static String[] split(Pattern pattern, CharSequence text, int limit) {
    return pattern.split(new Counted(text.toString()), limit);
  }

  public static boolean matchesAll(String regex, CharSequence text) {
    return matcher(Pattern.compile(regex), text).matches();
  }

  public static String[] split(String text, String regex) {
    return split(Pattern.compile(regex), text);
  }

  public static String[] split(String text, String regex, int limit) {
    return split(Pattern.compile(regex), text, limit);
  }

  public static boolean matches(String text, String regex) {
    return matcher(Pattern.compile(regex), text).matches();
  }

  public static String replaceAll(String text, String regex, String replacement) {
    return matcher(Pattern.compile(regex), text).replaceAll(replacement);
  }

  public static String replaceFirst(String text, String regex, String replacement) {
    return matcher(Pattern.compile(regex), text).replaceFirst(replacement);
  }
}
