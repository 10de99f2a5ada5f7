package beamyard.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.exercises.Exercise.Mistake;
import beamyard.exercises.Report.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every exercise of the catalog accepts its good solutions and rejects its known-bad ones, each by the check it names. */
class CatalogTest {
  @TestFactory
  List<DynamicTest> goodSolutionsPassEveryCheck() {
    var tests = new ArrayList<DynamicTest>();
    for (Exercise exercise : ExerciseFolder.catalog()) {
      exercise
          .solutions()
          .forEach(
              solution ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          exercise.name() + ": " + solution.name(),
                          () -> {
                            Report report = Grader.grade(exercise, solution, _ -> {});
                            assertThat(report.refusal()).isEmpty();
                            assertThat(report.results())
                                .allSatisfy(
                                    result ->
                                        assertThat(result.counterexample())
                                            .as(result.check().title())
                                            .isEmpty());
                          })));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyFaultThatIsAskedForBitesSomewhere() {
    return ExerciseFolder.catalog().stream()
        .map(
            exercise ->
                DynamicTest.dynamicTest(
                    exercise.name(),
                    () ->
                        assertThat(
                                Grader.grade(exercise, exercise.solutions().getFirst(), _ -> {})
                                    .results())
                            .filteredOn(result -> !result.check().faults().isEmpty())
                            .allSatisfy(result -> assertThat(result.bit()).isPositive())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> knownMistakesAreRejectedByTheCheckTheyName() {
    var tests = new ArrayList<DynamicTest>();
    for (Exercise exercise : ExerciseFolder.catalog()) {
      for (Mistake mistake : exercise.mistakes()) {
        tests.add(
            DynamicTest.dynamicTest(
                exercise.name() + ": " + mistake.solution().name(),
                () -> rejects(exercise, mistake)));
      }
    }
    return tests;
  }

  private static void rejects(Exercise exercise, Mistake mistake) {
    Report report = Grader.grade(exercise, mistake.solution(), _ -> {});
    assertThat(report.refusal()).isEmpty();
    assertThat(report.results())
        .filteredOn(result -> !result.passed())
        .extracting(result -> result.check().title())
        .as(mistake.why())
        .contains(mistake.rejectedBy());
    assertThat(report.results())
        .filteredOn(result -> !result.passed())
        .allSatisfy(CatalogTest::hasAStory);
  }

  private static void hasAStory(Result result) {
    var counterexample = result.counterexample().orElseThrow();
    assertThat(counterexample.message()).isNotBlank();
    assertThat(counterexample.story()).isNotEmpty().hasSizeLessThanOrEqualTo(25);
    assertThat(counterexample.story().getLast()).contains(counterexample.message());
  }

  @TestFactory
  List<DynamicTest> startersCompileAndPassNotEverything() {
    var tests = new ArrayList<DynamicTest>();
    for (Exercise exercise : ExerciseFolder.catalog()) {
      Stream.concat(Stream.of(exercise.starter()), exercise.javaStarter().stream())
          .forEach(
              starter ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          exercise.name() + ": " + starter.name(),
                          () -> {
                            Report report = Grader.grade(exercise, starter, _ -> {});
                            assertThat(report.refusal()).isEmpty();
                            assertThat(report.passed()).isFalse();
                          })));
    }
    return tests;
  }

  @Test
  void exercisesForJavaHaveGoodAndBadSolutionsInIt() {
    assertThat(ExerciseFolder.catalog())
        .filteredOn(exercise -> exercise.javaStarter().isPresent())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            exercise -> {
              assertThat(exercise.solutions())
                  .filteredOn(solution -> solution.name().endsWith(".java"))
                  .hasSizeGreaterThanOrEqualTo(2);
              assertThat(exercise.mistakes())
                  .filteredOn(mistake -> mistake.solution().name().endsWith(".java"))
                  .hasSizeGreaterThanOrEqualTo(3);
            });
  }

  @Test
  void theCatalogRisesInLevel() {
    assertThat(ExerciseFolder.catalog()).extracting(Exercise::level).isSorted();
  }
}
