package beamyard.lessons.elixir.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a reader sees as one character: Unicode's extended grapheme clusters. */
public final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X", Pattern.DOTALL);

  private Graphemes() {}

  public static List<String> of(String text) {
    var clusters = new ArrayList<String>(text.length());
    if (isAscii(text)) {
      int i = 0;
      while (i < text.length()) {
        int size =
            text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 2 : 1;
        clusters.add(text.substring(i, i + size));
        i += size;
      }
      return clusters;
    }
    var matcher = CLUSTER.matcher(text);
    while (matcher.find()) {
      clusters.add(matcher.group());
    }
    return clusters;
  }

  public static int count(String text) {
    return isAscii(text) && text.indexOf('\r') < 0 ? text.length() : of(text).size();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
