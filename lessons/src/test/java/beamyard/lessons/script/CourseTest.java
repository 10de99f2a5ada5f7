package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own lessons: each shows what its nodes do, asks for what can be done, and links to what is there. */
class CourseTest {
  private static boolean isLesson(String link) {
    return Course.find(link).isPresent();
  }

  @TestFactory
  Stream<DynamicTest> everyLessonIsWithoutMistakes() {
    return Course.entries().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(),
                    () -> {
                      Lesson lesson = entry.lesson();
                      assertThat(lesson.problems()).isEmpty();
                      assertThat(
                              LessonLint.of(
                                  lesson, CourseTest::isLesson, () -> SimulatedStage.withSeed(1)))
                          .isEmpty();
                    }));
  }

  @Test
  void everyLessonHasWhatALessonNeeds() {
    for (Course.Entry entry : Course.entries()) {
      Lesson lesson = entry.lesson();
      assertThat(lesson.front().texts("goals")).as(entry.name()).isNotEmpty();
      assertThat(lesson.front().values().get("hexdocsLinks")).as(entry.name()).isNotNull();
      assertThat(lesson.front().text("lesson")).contains(String.valueOf(entry.number()));
      List<LessonStep> steps =
          new LessonRun(lesson, () -> SimulatedStage.withSeed(1), LessonPlayer.Audience.NOBODY)
              .steps();
      assertThat(steps).as(entry.name()).hasAtLeastOneElementOfType(LessonStep.Ask.class);
      assertThat(steps).as(entry.name()).hasAtLeastOneElementOfType(LessonStep.Work.class);
      assertThat(steps).as(entry.name()).hasAtLeastOneElementOfType(LessonStep.Recall.class);
    }
  }

  @Test
  void lessonsAreFoundByNameNumberAndFile() {
    Course.Entry first = Course.entries().getFirst();
    assertThat(Course.find("1")).contains(first);
    assertThat(Course.find(first.name())).contains(first);
    assertThat(Course.find(first.file())).contains(first);
    assertThat(Course.find("no-such-lesson")).isEmpty();
    assertThat(Course.after(first.name()).map(Course.Entry::number)).contains(2);
  }
}
