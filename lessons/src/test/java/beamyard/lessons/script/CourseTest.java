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
    return Course.find(link).isPresent() || Course.recording(link).isPresent();
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

  private static List<LessonStep> steps(Course.Entry entry) {
    return new LessonRun(
            entry.lesson(), () -> SimulatedStage.withSeed(1), LessonPlayer.Audience.NOBODY)
        .steps();
  }

  @Test
  void everyLessonSaysWhatOneWillBeAbleToDoAndWhereToReadOn() {
    for (Course.Entry entry : Course.entries()) {
      Lesson.FrontMatter front = entry.lesson().front();
      assertThat(front.texts("goals")).as(entry.name()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(front.text("lesson")).contains(String.valueOf(entry.number()));
      assertThat(front.text("description")).as(entry.name()).isPresent();
      assertThat(front.text("estimatedMinutes").orElse("")).as(entry.name()).matches("\\d+");
      assertThat(front.links()).as(entry.name()).isNotEmpty();
      for (Lesson.Link link : front.links()) {
        assertThat(link.title()).as(entry.name()).isNotBlank();
        assertThat(link.address())
            .as(entry.name())
            .matches("https://(hexdocs\\.pm|www\\.erlang\\.org)/\\S+");
      }
    }
  }

  /**
   * When the simulator comes to do something otherwise, the recordings are made anew: a recording ends with its page, and {@code
   * play PAGE --auto --record FILE} makes it.
   */
  @Test
  void whatIsHandedOutAsARecordingReplaysAsItWas() {
    Recording night = Course.recording("second-night").orElseThrow();
    assertThat(Course.recording("second-night.yard")).contains(night);
    assertThat(Course.recording("no-such-night")).isEmpty();
    RecordedPlay.Outcome again =
        RecordedPlay.play(night.page(), night.text(), night.seed(), LessonPlayer.Audience.NOBODY);
    assertThat(again.result().isWell()).isTrue();
    assertThat(again.recording()).isEqualTo(night);
    assertThat(
            LessonLint.of(
                LessonReader.read(night.page(), night.text()),
                CourseTest::isLesson,
                () -> SimulatedStage.withSeed(1)))
        .isEmpty();
  }

  @Test
  void everyLessonAsksBeforeItShows() {
    for (Course.Entry entry : Course.entries()) {
      List<Question> questions =
          steps(entry).stream()
              .filter(LessonStep.Ask.class::isInstance)
              .map(step -> ((LessonStep.Ask) step).question())
              .toList();
      assertThat(questions).as(entry.name()).isNotEmpty();
      for (Question question : questions) {
        assertThat(question.choices()).as(question.title()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(question.revealed()).as(question.title()).isNotEmpty();
      }
    }
  }

  @Test
  void everyTaskHasChecksHintsAndASolution() {
    for (Course.Entry entry : Course.entries()) {
      List<Task> tasks =
          steps(entry).stream()
              .filter(LessonStep.Work.class::isInstance)
              .map(step -> ((LessonStep.Work) step).task())
              .toList();
      assertThat(tasks).as(entry.name()).isNotEmpty();
      for (Task task : tasks) {
        String where = entry.name() + ": " + task.title();
        assertThat(task.hints()).as(where).hasSizeGreaterThanOrEqualTo(2);
        assertThat(task.solution()).as(where).isNotEmpty();
        assertThat(task.checks()).as(where).isNotEmpty().noneMatch(check -> check.says().isEmpty());
      }
    }
  }

  @Test
  void everyLessonEndsWithASummaryToComplete() {
    for (Course.Entry entry : Course.entries()) {
      assertThat(steps(entry).getLast())
          .as(entry.name())
          .isInstanceOfSatisfying(
              LessonStep.Recall.class,
              recall ->
                  assertThat(Blank.of(recall.frame()).answers()).hasSizeGreaterThanOrEqualTo(3));
    }
  }

  @Test
  void theCaseStudyIsRecordedAndReplayedByteForByte() {
    Course.Entry study = Course.find("split-brain").orElseThrow();
    String written = record(study.file(), study.text()).write();
    Recording read = Recording.read("night.yard", written);
    assertThat(record(read.page(), read.text()).write()).isEqualTo(written);
  }

  private static Recording record(String page, String text) {
    return RecordedPlay.play(page, text, 1, LessonPlayer.Audience.NOBODY).recording();
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
