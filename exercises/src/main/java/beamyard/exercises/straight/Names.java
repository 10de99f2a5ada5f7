package beamyard.exercises.straight;

/** Names of functions: {@code countWords} in Java is {@code count_words} in Elixir. */
final class Names {
  private Names() {}

  static String inElixir(String java) {
    var name = new StringBuilder();
    for (int i = 0; i < java.length(); i++) {
      char c = java.charAt(i);
      if (Character.isUpperCase(c) && !name.isEmpty()) {
        name.append('_');
      }
      name.append(Character.toLowerCase(c));
    }
    return name.toString();
  }

  static String inJava(String elixir) {
    var name = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < elixir.length(); i++) {
      char c = elixir.charAt(i);
      if (c == '_' && !name.isEmpty()) {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }
}
