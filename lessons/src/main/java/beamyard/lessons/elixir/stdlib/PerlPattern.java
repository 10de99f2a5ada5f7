package beamyard.lessons.elixir.stdlib;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in PCRE's language, as a Java one. What Java cannot do (recursion, conditions, {@code \K}) is refused
 * by name.
 *
 * @see <a href="https://www.erlang.org/doc/man/re.html">OTP stdlib, re</a>
 */
record PerlPattern(Pattern pattern, int groups, Map<String, Integer> names) {
  /** The letters beyond ASCII of Latin-1, which is what bytes are to OTP's PCRE without {@code unicode}. */
  private static final String LETTERS = "\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF";

  private static final String WORD = "[\\w" + LETTERS + "]";

  /** The options of {@code re:compile} that change what a pattern matches. */
  enum Option {
    UNICODE,
    CASELESS,
    MULTILINE,
    DOTALL,
    EXTENDED,
    UNGREEDY,
    ANCHORED,
    DOLLAR_ENDONLY,
    FIRSTLINE,
    DUPNAMES
  }

  /** The pattern is wrong; the text is PCRE's. */
  static final class Mistake extends Exception {
    private static final long serialVersionUID = 1;
    private final int position;

    Mistake(String message, int position) {
      super(message, null, false, false);
      this.position = position;
    }

    int position() {
      return position;
    }
  }

  static PerlPattern compile(String source, Set<Option> options) throws Mistake {
    if (options.contains(Option.FIRSTLINE)) {
      throw new Mistake("the option firstline is not supported here", 0);
    }
    var translation = new Translation(source, options);
    translation.translate();
    int flags = Pattern.UNIX_LINES;
    flags |= options.contains(Option.CASELESS) ? Pattern.CASE_INSENSITIVE : 0;
    flags |= options.contains(Option.MULTILINE) ? Pattern.MULTILINE : 0;
    flags |= options.contains(Option.DOTALL) ? Pattern.DOTALL : 0;
    flags |= options.contains(Option.EXTENDED) ? Pattern.COMMENTS : 0;
    flags |= Pattern.UNICODE_CASE;
    String java =
        options.contains(Option.ANCHORED)
            ? "\\G(?:" + translation.out + ")"
            : translation.out.toString();
    try {
      return new PerlPattern(Pattern.compile(java, flags), translation.groups, translation.names);
    } catch (PatternSyntaxException e) {
      throw new Mistake(e.getDescription(), Math.max(0, e.getIndex()));
    }
  }

  private static final class Translation {
    private final String source;
    private final Set<Option> options;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<Integer> open = new ArrayList<>();
    private final EnumSet<Option> extended = EnumSet.noneOf(Option.class);
    private int groups;
    private int at;
    private int highestReference;

    /** Whether a quantifier may come next. */
    private boolean repeatable;

    Translation(String source, Set<Option> options) {
      this.source = source;
      this.options = options;
      if (options.contains(Option.EXTENDED)) {
        extended.add(Option.EXTENDED);
      }
    }

    void translate() throws Mistake {
      while (at < source.length()) {
        element();
      }
      if (!open.isEmpty()) {
        throw new Mistake("missing )", source.length());
      }
      if (highestReference > groups) {
        throw new Mistake("reference to non-existent subpattern", source.length());
      }
    }

    private boolean ahead(String text) {
      return source.startsWith(text, at);
    }

    private void element() throws Mistake {
      char c = source.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> group();
        case ')' -> {
          if (open.isEmpty()) {
            throw new Mistake("unmatched parentheses", at);
          }
          open.removeLast();
          copy();
          repeatable = true;
        }
        case '|' -> {
          copy();
          repeatable = false;
        }
        case '*', '+', '?' -> quantifier(at + 1);
        case '{' -> {
          int end = braceQuantifier();
          if (end < 0) {
            out.append("\\{");
            at++;
            repeatable = true;
          } else {
            quantifier(end);
          }
        }
        case '}' -> {
          out.append("\\}");
          at++;
          repeatable = true;
        }
        case '$' -> {
          out.append(
              options.contains(Option.DOLLAR_ENDONLY) && !options.contains(Option.MULTILINE)
                  ? "\\z"
                  : "$");
          at++;
          repeatable = true;
        }
        case '#' -> {
          if (extended.isEmpty()) {
            copy();
            repeatable = true;
          } else {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end + 1;
          }
        }
        default -> {
          boolean blank = Character.isWhitespace(c) && !extended.isEmpty();
          copy();
          repeatable = repeatable && blank || !blank;
        }
      }
    }

    private void copy() {
      out.append(source.charAt(at++));
    }

    /** The index behind {@code {n}}, {@code {n,}} or {@code {n,m}}; -1 if the brace is an ordinary character. */
    private int braceQuantifier() throws Mistake {
      var matcher =
          Pattern.compile("\\{(\\d+)(,(\\d*))?}").matcher(source).region(at, source.length());
      if (!matcher.lookingAt()) {
        return -1;
      }
      String most = matcher.group(3);
      if (matcher.group(1).length() > 5 || Integer.parseInt(matcher.group(1)) > 65535) {
        throw new Mistake("number too big in {} quantifier", matcher.end(1));
      }
      if (most != null
          && !most.isEmpty()
          && Long.parseLong(most) < Long.parseLong(matcher.group(1))) {
        throw new Mistake("numbers out of order in {} quantifier", matcher.end() - 1);
      }
      return matcher.end();
    }

    private void quantifier(int end) throws Mistake {
      if (!repeatable) {
        throw new Mistake("nothing to repeat", at);
      }
      out.append(source, at, end);
      at = end;
      boolean swapped = options.contains(Option.UNGREEDY);
      if (at < source.length() && source.charAt(at) == '+') {
        copy();
      } else if (at < source.length() && source.charAt(at) == '?') {
        at++;
        out.append(swapped ? "" : "?");
      } else if (swapped) {
        out.append('?');
      }
      repeatable = false;
    }

    private void escape() throws Mistake {
      if (at + 1 >= source.length()) {
        throw new Mistake("\\ at end of pattern", source.length());
      }
      repeatable = true;
      char c = source.charAt(at + 1);
      switch (c) {
        case 'Q' -> {
          int end = source.indexOf("\\E", at + 2);
          String literal = source.substring(at + 2, end < 0 ? source.length() : end);
          out.append(Pattern.quote(literal));
          at = end < 0 ? source.length() : end + 2;
        }
        case 'E' -> at += 2;
        case 'N' -> {
          out.append("[^\\n]");
          at += 2;
        }
        case 'C' -> throw new Mistake("\\C is not supported here", at + 2);
        case 'K' -> throw new Mistake("\\K is not supported here", at + 2);
        case 'k' -> namedReference();
        case 'g' -> numberedReference();
        case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          int end = at + 2;
          while (end < source.length() && Character.isDigit(source.charAt(end))) {
            end++;
          }
          reference(Integer.parseInt(source.substring(at + 1, end)));
          at = end;
        }
        case '0' -> octal();
        case 'x' -> hexadecimal();
        default -> plainEscape(c);
      }
    }

    /** Characters of words, and where words begin and end, in bytes. */
    private static String ofWords(char c) {
      return switch (c) {
        case 'w' -> WORD;
        case 'W' -> "[^\\w" + LETTERS + "]";
        case 'b' -> "(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))";
        default -> "(?:(?<=" + WORD + ")(?=" + WORD + ")|(?<!" + WORD + ")(?!" + WORD + "))";
      };
    }

    /** The classes that PCRE knows and Java too, as Java writes them; with {@code unicode}, of all characters. */
    private void plainEscape(char c) {
      if ("dDsSwWbB".indexOf(c) >= 0 && options.contains(Option.UNICODE)) {
        out.append("(?U:\\").append(c).append(')');
      } else if ("wWbB".indexOf(c) >= 0) {
        out.append(ofWords(c));
      } else if ("dDsSAzZGhHvVRXnrtfae".indexOf(c) >= 0 || !Character.isLetterOrDigit(c)) {
        out.append('\\').append(c);
      } else if ((c == 'p' || c == 'P') && at + 2 < source.length()) {
        property();
        return;
      } else if (c == 'c' && at + 2 < source.length()) {
        out.append(String.format("\\x%02x", Character.toUpperCase(source.charAt(at + 2)) ^ 64));
        at++;
      } else {
        out.append(c);
      }
      at += 2;
    }

    private void property() {
      int end = source.charAt(at + 2) == '{' ? source.indexOf('}', at) + 1 : at + 3;
      if (end <= 0) {
        end = source.length();
      }
      String name = source.substring(at + 2, end).replaceAll("[{}]", "");
      boolean negated = name.startsWith("^");
      String plain = negated ? name.substring(1) : name;
      char kind = negated == (source.charAt(at + 1) == 'P') ? 'p' : 'P';
      String java = plain.equals("Any") ? "IsAssigned" : plain.length() > 2 ? "Is" + plain : plain;
      out.append('\\').append(kind).append('{').append(java).append('}');
      at = end;
    }

    private void octal() {
      int end = at + 1;
      while (end < source.length()
          && end < at + 4
          && source.charAt(end) >= '0'
          && source.charAt(end) <= '7') {
        end++;
      }
      out.append(String.format("\\x{%x}", Integer.parseInt(source.substring(at + 1, end), 8)));
      at = end;
    }

    private void hexadecimal() {
      if (at + 2 < source.length() && source.charAt(at + 2) == '{') {
        int end = source.indexOf('}', at);
        out.append("\\x{").append(source, at + 3, end < 0 ? source.length() : end).append('}');
        at = end < 0 ? source.length() : end + 1;
        return;
      }
      int end = at + 2;
      while (end < source.length()
          && end < at + 4
          && Character.digit(source.charAt(end), 16) >= 0) {
        end++;
      }
      out.append(
          String.format(
              "\\x{%x}", end == at + 2 ? 0 : Integer.parseInt(source.substring(at + 2, end), 16)));
      at = end;
    }

    private void reference(int number) {
      highestReference = Math.max(highestReference, number);
      out.append("(?:\\").append(number).append(')');
    }

    private void numberedReference() throws Mistake {
      var matcher =
          Pattern.compile("\\\\g\\{?([+-]?\\d+)}?").matcher(source).region(at, source.length());
      if (matcher.lookingAt()) {
        int number = Integer.parseInt(matcher.group(1));
        reference(number < 0 ? groups + 1 + number : number);
        at = matcher.end();
      } else {
        namedReference();
      }
    }

    private void namedReference() throws Mistake {
      var matcher =
          Pattern.compile("\\\\[kg](?:<(\\w+)>|\\{(\\w+)}|'(\\w+)')")
              .matcher(source)
              .region(at, source.length());
      if (!matcher.lookingAt()) {
        throw new Mistake(
            "\\k is not followed by a braced, angle-bracketed, or quoted name", at + 2);
      }
      String name =
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      reference(name);
      at = matcher.end();
    }

    private void reference(String name) throws Mistake {
      Integer number = names.get(name);
      if (number == null) {
        throw new Mistake("reference to non-existent subpattern", source.length());
      }
      reference(number);
    }

    private void group() throws Mistake {
      open.add(at);
      repeatable = false;
      if (!ahead("(?")) {
        if (ahead("(*")) {
          throw new Mistake("verbs as (*...) are not supported here", at);
        }
        groups++;
        copy();
        return;
      }
      if (ahead("(?#")) {
        int end = source.indexOf(')', at);
        if (end < 0) {
          throw new Mistake("missing ) after comment", source.length());
        }
        open.removeLast();
        at = end + 1;
        return;
      }
      for (String same : List.of("(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!")) {
        if (ahead(same)) {
          out.append(same);
          at += same.length();
          return;
        }
      }
      if (ahead("(?P=")) {
        int end = source.indexOf(')', at);
        open.removeLast();
        reference(source.substring(at + 4, end < 0 ? source.length() : end));
        at = end < 0 ? source.length() : end + 1;
        repeatable = true;
        return;
      }
      if (!named()) {
        inlineOptions();
      }
    }

    private boolean named() throws Mistake {
      var matcher =
          Pattern.compile("\\(\\?P?<(\\w*)>|\\(\\?'(\\w*)'")
              .matcher(source)
              .region(at, source.length());
      if (!matcher.lookingAt()) {
        return false;
      }
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      groups++;
      if (names.putIfAbsent(name, groups) != null && !options.contains(Option.DUPNAMES)) {
        throw new Mistake("two named subpatterns have the same name", matcher.end() - 1);
      }
      out.append('(');
      at = matcher.end();
      return true;
    }

    private void inlineOptions() throws Mistake {
      int end = at + 2;
      while (end < source.length() && "imsx-".indexOf(source.charAt(end)) >= 0) {
        end++;
      }
      if (end >= source.length()) {
        throw new Mistake(
            end == at + 2 ? "unrecognized character after (? or (?-" : "missing )",
            source.length());
      }
      char next = source.charAt(end);
      if (next != ')' && next != ':' || end == at + 2) {
        String reason =
            "R&|(0123456789+".indexOf(next) >= 0 && end == at + 2
                ? "(?" + next + " is not supported here"
                : "unrecognized character after (? or (?-";
        throw new Mistake(reason, end);
      }
      String letters = source.substring(at + 2, end);
      int off = letters.indexOf('-');
      if (letters.indexOf('x') >= 0) {
        if (off < 0 || letters.indexOf('x') < off) {
          extended.add(Option.EXTENDED);
        } else {
          extended.clear();
        }
      }
      out.append("(?").append(letters).append(next);
      at = end + 1;
      if (next == ')') {
        open.removeLast();
      }
    }

    private void characterClass() throws Mistake {
      out.append('[');
      at++;
      if (ahead("^")) {
        copy();
      }
      boolean first = true;
      int lowest = -1;
      boolean range = false;
      while (at < source.length() && (first || source.charAt(at) != ']')) {
        first = false;
        int start = at;
        int point = member();
        if (range && point >= 0 && point < lowest) {
          throw new Mistake("range out of order in character class", at - 1);
        }
        range = false;
        if (point >= 0
            && at + 1 < source.length()
            && source.charAt(at) == '-'
            && source.charAt(at + 1) != ']'
            && at > start) {
          out.append('-');
          at++;
          range = true;
          lowest = point;
        } else if (at + 1 < source.length() && source.charAt(at) == '-') {
          out.append("\\-");
          at++;
        }
      }
      if (at >= source.length()) {
        throw new Mistake("missing terminating ] for character class", source.length());
      }
      copy();
      repeatable = true;
    }

    /** One member of a class; its code point, or -1 if it is a class itself. */
    private int member() throws Mistake {
      int point = source.codePointAt(at);
      if (ahead("[:")) {
        int end = source.indexOf(":]", at);
        if (end > 0 && source.substring(at + 2, end).matches("\\^?[a-z]+")) {
          posix(source.substring(at + 2, end));
          at = end + 2;
          return -1;
        }
      }
      if (point != '\\') {
        if ("[&-^#".indexOf(point) >= 0 || Character.isWhitespace(point)) {
          out.append('\\');
        }
        out.appendCodePoint(point);
        at += Character.charCount(point);
        return point;
      }
      if (at + 1 >= source.length()) {
        throw new Mistake("\\ at end of pattern", source.length());
      }
      char c = source.charAt(at + 1);
      if (c == 'b') {
        out.append("\\x08");
        at += 2;
        return 8;
      }
      if ("dDsSwW".indexOf(c) >= 0 && options.contains(Option.UNICODE)) {
        out.append(
            switch (c) {
              case 'd' -> "\\p{IsDigit}";
              case 'D' -> "\\P{IsDigit}";
              case 's' -> "\\p{IsWhite_Space}";
              case 'S' -> "\\P{IsWhite_Space}";
              case 'w' -> "\\p{IsAlphabetic}\\p{Mn}\\p{Mc}\\p{Me}\\p{Nd}\\p{Pc}";
              default -> "&&[^\\p{IsAlphabetic}\\p{Mn}\\p{Mc}\\p{Me}\\p{Nd}\\p{Pc}]";
            });
        at += 2;
        return -1;
      }
      escape();
      return Character.isLetter(c) ? -1 : c;
    }

    private void posix(String name) throws Mistake {
      boolean negated = name.startsWith("^");
      String plain = negated ? name.substring(1) : name;
      String java =
          switch (plain) {
            case "alpha" -> "Alpha";
            case "digit" -> "Digit";
            case "alnum" -> "Alnum";
            case "upper" -> "Upper";
            case "lower" -> "Lower";
            case "space" -> "Space";
            case "punct" -> "Punct";
            case "print" -> "Print";
            case "graph" -> "Graph";
            case "cntrl" -> "Cntrl";
            case "xdigit" -> "XDigit";
            case "blank" -> "Blank";
            case "ascii" -> "ASCII";
            case "word" -> "word";
            default -> throw new Mistake("unknown POSIX class name", at);
          };
      String ascii = java.equals("word") ? "\\w" : "\\p{" + java + "}";
      String all = options.contains(Option.UNICODE) ? ascii : ascii + beyondAscii(plain);
      out.append(negated ? "[^" + all + "]" : all);
    }

    /** What a class holds of the upper half of Latin-1. */
    private static String beyondAscii(String name) {
      return switch (name) {
        case "alpha", "alnum", "word" -> LETTERS;
        case "upper" -> "\\xC0-\\xD6\\xD8-\\xDE";
        case "lower" -> "\\xAA\\xB5\\xBA\\xDF-\\xF6\\xF8-\\xFF";
        case "punct" -> "\\xA0-\\xA9\\xAB-\\xB4\\xB6-\\xB9\\xBB-\\xBF\\xD7\\xF7";
        case "print", "graph" -> "\\xA0-\\xFF";
        case "cntrl" -> "\\x80-\\x9F";
        default -> "";
      };
    }
  }
}
