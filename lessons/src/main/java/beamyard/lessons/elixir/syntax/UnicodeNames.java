package beamyard.lessons.elixir.syntax;

/** Which characters outside ASCII names may have. */
final class UnicodeNames {
  private UnicodeNames() {}

  static boolean isUpper(int character) {
    int type = Character.getType(character);
    return type == Character.UPPERCASE_LETTER || type == Character.TITLECASE_LETTER;
  }

  static boolean isStart(int character) {
    return switch (Character.getType(character)) {
      case Character.LOWERCASE_LETTER, Character.MODIFIER_LETTER, Character.OTHER_LETTER, Character.LETTER_NUMBER ->
          true;
      default -> false;
    };
  }

  static boolean isContinue(int character) {
    return isUpper(character)
        || isStart(character)
        || switch (Character.getType(character)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER,
              Character.CONNECTOR_PUNCTUATION -> true;
          default -> false;
        };
  }
}
