package beamyard.exercises;

import beamyard.exercises.straight.JavaModule;
import beamyard.exercises.straight.Unusable;
import beamyard.lessons.shell.ProjectCode;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was handed in, made ready to run beside the checks of its exercise; or why it cannot be. */
sealed interface Submission {
  /**
   * It can be judged.
   *
   * @param code for every node: the library of checks, the solution, the checks
   * @param key what a check says with its verdict, so that the solution cannot give one: a solution cannot hold its own digest
   */
  record Ready(ProjectCode code, Term key) implements Submission {}

  /** It cannot be judged. */
  record Refused(String why) implements Submission {}

  /** Whether a file of this name holds Java; all others hold Elixir. */
  static boolean isJava(String file) {
    return file.endsWith(".java");
  }

  /** Compiles a solution; {@link ExerciseProblem} if it is the checks that do not compile. */
  static Submission of(Exercise exercise, SourceFile solution) {
    return isJava(solution.name()) ? java(exercise, solution) : elixir(exercise, solution);
  }

  private static Submission elixir(Exercise exercise, SourceFile solution) {
    ProjectCode library = ExerciseFolder.checkLibrary();
    return switch (library.with(List.of(solution))) {
      case ProjectCode.Rejected rejected ->
          new Refused("it does not compile: " + rejected.message());
      case ProjectCode.Compiled(ProjectCode own) -> {
        Optional<String> foreign = takenName(library, own);
        if (foreign.isPresent()) {
          yield new Refused(
              "it defines "
                  + foreign.get()
                  + ", which is there already; give the module another name");
        }
        List<String> missing = missing(exercise, own);
        yield missing.isEmpty()
            ? withChecks(exercise, solution, own)
            : new Refused(
                "it should define "
                    + String.join(", ", missing)
                    + "; it defines the modules "
                    + String.join(", ", ownModules(own)));
      }
    };
  }

  /** A module of the solution whose name belongs to the checks, or to the standard library; empty if there is none. */
  private static Optional<String> takenName(ProjectCode library, ProjectCode own) {
    if (!own.has(library)) {
      return Optional.of("Exercise.Checks");
    }
    return own.moduleNames().stream()
        .filter(name -> name.equals("Checks") || name.startsWith("Checks."))
        .findFirst()
        .or(() -> own.namesOfTheLibrary().stream().findFirst());
  }

  private static Submission withChecks(Exercise exercise, SourceFile solution, ProjectCode own) {
    return switch (own.with(List.of(exercise.checks()))) {
      case ProjectCode.Rejected rejected ->
          throw new ExerciseProblem(
              exercise.name() + "/" + rejected.file().name(), rejected.message());
      case ProjectCode.Compiled(ProjectCode code) -> new Ready(code, digest(solution));
    };
  }

  private static Submission java(Exercise exercise, SourceFile solution) {
    if (exercise.javaStarter().isEmpty()) {
      return new Refused("this exercise takes solutions in Elixir (.ex), not in Java");
    }
    JavaModule module;
    try {
      module = JavaModule.compile(solution);
    } catch (Unusable unusable) {
      return new Refused(unusable.getMessage());
    }
    ProjectCode own = ExerciseFolder.checkLibrary().with(module);
    if (!missing(exercise, own).isEmpty()) {
      return new Refused(
          exercise.required().stream()
                  .filter(it -> !own.exports(it.module(), it.function(), it.arity()))
                  .map(
                      it ->
                          "the public class "
                              + it.module()
                              + " should define "
                              + JavaModule.declaration(it.function(), it.arity()))
                  .collect(Collectors.joining("; "))
              + "; its public class is "
              + module.name());
    }
    return withChecks(exercise, solution, own);
  }

  private static Term digest(SourceFile solution) {
    try {
      byte[] text = solution.text().getBytes(StandardCharsets.UTF_8);
      return Bits.of(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<String> missing(Exercise exercise, ProjectCode code) {
    return exercise.required().stream()
        .filter(it -> !code.exports(it.module(), it.function(), it.arity()))
        .map(Exercise.Required::toString)
        .toList();
  }

  private static List<String> ownModules(ProjectCode code) {
    List<String> own =
        code.moduleNames().stream()
            .filter(name -> !name.equals("Checks") && !name.startsWith("Exercise."))
            .toList();
    return own.isEmpty() ? List.of("(none)") : own;
  }
}
