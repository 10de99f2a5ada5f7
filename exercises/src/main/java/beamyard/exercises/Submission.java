package beamyard.exercises;

import beamyard.exercises.straight.JavaModule;
import beamyard.exercises.straight.Unusable;
import beamyard.lessons.shell.ProjectCode;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.util.List;
import java.util.stream.Collectors;

/** What was handed in, made ready to run beside the checks of its exercise; or why it cannot be. */
sealed interface Submission {
  /** Code for every node: the library of checks, the solution, the checks. */
  record Ready(ProjectCode code) implements Submission {}

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
    var sources = List.of(ExerciseFolder.checkLibrary(), solution, exercise.checks());
    return switch (ProjectCode.NONE.with(sources)) {
      case ProjectCode.Rejected rejected when rejected.file() == solution ->
          new Refused("it does not compile: " + rejected.message());
      case ProjectCode.Rejected rejected -> throw badChecks(exercise, rejected);
      case ProjectCode.Compiled compiled -> {
        List<String> missing = missing(exercise, compiled.code());
        yield missing.isEmpty()
            ? new Ready(compiled.code())
            : new Refused(
                "it should define "
                    + String.join(", ", missing)
                    + "; it defines the modules "
                    + String.join(", ", ownModules(compiled.code())));
      }
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
    ProjectCode own = ProjectCode.NONE.with(module);
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
    return switch (own.with(List.of(ExerciseFolder.checkLibrary(), exercise.checks()))) {
      case ProjectCode.Rejected rejected -> throw badChecks(exercise, rejected);
      case ProjectCode.Compiled compiled -> new Ready(compiled.code());
    };
  }

  private static ExerciseProblem badChecks(Exercise exercise, ProjectCode.Rejected rejected) {
    return new ExerciseProblem(exercise.name() + "/" + rejected.file().name(), rejected.message());
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
