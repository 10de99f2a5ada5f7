package beamyard.lessons.script;

import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;

/** Counts what the steps of a page come to. Comments are counted apart from prompts and checks. */
final class Tally {
  private int passed;
  private int failed;
  private int commentsPassed;
  private int commentsFailed;
  private int notRun;
  private int notCompared;

  /** Counts a prompt or a check; gives its verdict back. */
  Verdict count(Verdict verdict) {
    switch (verdict) {
      case MATCHES -> passed++;
      case DIFFERS -> failed++;
      case NOT_COMPARED -> notCompared++;
      case NOT_RUN -> notRun++;
    }
    return verdict;
  }

  /** Counts an expression whose comment says what it gives; gives its verdict back. */
  Verdict countComment(Verdict verdict) {
    switch (verdict) {
      case MATCHES -> commentsPassed++;
      case DIFFERS -> commentsFailed++;
      case NOT_COMPARED -> notCompared++;
      case NOT_RUN -> notRun++;
    }
    return verdict;
  }

  /** Counts again from what was counted before. */
  void set(Result result) {
    passed = result.passed();
    failed = result.failed();
    commentsPassed = result.commentsPassed();
    commentsFailed = result.commentsFailed();
    notRun = result.notRun();
    notCompared = result.notCompared();
  }

  Result result() {
    return new Result(passed, failed, commentsPassed, commentsFailed, notRun, notCompared);
  }
}
