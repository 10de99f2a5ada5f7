package beamyard.lessons.elixir.inspect;

/** The size of a text in UTF-8, which is how wide Elixir's layout takes plain text to be. */
final class Utf8Length {
  private Utf8Length() {}

  static int of(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // each half of a surrogate pair stands for two of its four bytes
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
