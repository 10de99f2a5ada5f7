package beamyard.ui.terminal;

import beamyard.exercises.RecordedTrial;
import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.ViolationPage;
import beamyard.lessons.script.ScriptProblem;

/** Forms of what is known to go wrong that other programs take. */
enum KnownForm {
  /** The source of a test in Java. */
  JUNIT,
  /** A page of a lesson that shows it. */
  TRANSCRIPT;

  /** A counterexample in this form; {@link ScriptProblem} if it has none. */
  String of(String file, Counterexample known) {
    return switch (this) {
      case JUNIT -> known.asJavaTest();
      case TRANSCRIPT ->
          switch (known.asPage()) {
            case ViolationPage.Shown(String text, _) -> text;
            case ViolationPage.Untellable(String why) ->
                throw new ScriptProblem(file, 0, "cannot be told as a transcript: " + why);
          };
    };
  }

  /** A trial in this form; {@link ScriptProblem} if it has none. */
  String of(String file, RecordedTrial known) {
    return switch (this) {
      case JUNIT -> known.asJavaTest();
      case TRANSCRIPT ->
          throw new ScriptProblem(
              file,
              0,
              "is a trial, judged by the exercise's checks, which no prompt can ask; --as junit prints it as a test");
    };
  }
}
