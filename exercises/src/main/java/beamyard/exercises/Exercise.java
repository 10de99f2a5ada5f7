package beamyard.exercises;

import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * An exercise: what is asked, and how what is handed in is judged. All of it comes from one folder; see {@link
 * ExerciseFolder} for its layout.
 *
 * @param name the folder's: words with hyphens
 * @param title for people
 * @param level from 1, rising; exercises are listed in its order
 * @param statement Markdown
 * @param hints from the gentlest to the plainest
 * @param starter what a learner begins with
 * @param javaStarter what a learner begins with who writes Java; empty if the exercise is for Elixir only
 * @param required what a solution must define
 * @param checks the module {@code Checks}
 * @param solutions good ones, the first being the one shown to those who give up
 * @param mistakes known-bad ones
 */
public record Exercise(
    String name,
    String title,
    int level,
    String statement,
    List<String> hints,
    SourceFile starter,
    Optional<SourceFile> javaStarter,
    List<Required> required,
    SourceFile checks,
    List<SourceFile> solutions,
    List<Mistake> mistakes) {
  /** A function that a solution must define. */
  public record Required(String module, String function, int arity) {
    @Override
    public String toString() {
      return module + "." + function + "/" + arity;
    }
  }

  /**
   * A solution that must be rejected.
   *
   * @param why the mistake, in a sentence
   * @param rejectedBy the title of a check that must fail
   */
  public record Mistake(SourceFile solution, String why, String rejectedBy) {}
}
