package beamyard.ui.terminal;

import beamyard.lessons.script.Blank;
import beamyard.lessons.script.ClusterView;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonRun;
import beamyard.lessons.script.LessonStep;
import beamyard.lessons.script.Question;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Task;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

/**
 * A lesson with a learner: shows a step, waits, runs it, shows what changed in the cluster. In between the learner types at the
 * nodes' prompts, does tasks, asks for hints, goes back. The yard's time stands still while one thinks.
 */
final class GuidedPlay {
  private static final String MARGIN = "  | ";
  private static final Pattern NUMBERS = Pattern.compile("[\\d\\s,]+");

  static final String HELP =
      """
      Enter     does the next step            @back     goes a step back
      CODE      types at the node's prompt    @bob      goes to bob's prompt
      @hint     the next hint of a task       @solve    does the task for you
      @look     what every node sees now      @again    begins the section again
      @steps    how far you are               @quit     leaves; you go on here next time""";

  private final LineReader reader;
  private final PrintWriter out;
  private final LessonPrinter printer;
  private final LessonRun run;
  private final Consumer<Integer> keep;
  private String node = "";
  private int hintsShown;
  private Optional<Integer> taskShown = Optional.empty();
  private final StringBuilder pending = new StringBuilder();

  /** The learner left before the end. */
  private static final class Left extends RuntimeException {
    private static final long serialVersionUID = 1;

    Left() {
      super(null, null, false, false);
    }
  }

  /** Whether the learner came to the end. */
  enum Ended {
    FINISHED,
    LEFT
  }

  /**
   * @param keep told how many steps are done, whenever that changes
   */
  GuidedPlay(
      LineReader reader,
      PrintWriter out,
      String file,
      Lesson lesson,
      long seed,
      Consumer<Integer> keep) {
    this.reader = reader;
    this.out = out;
    this.printer = new LessonPrinter(out, file);
    this.keep = keep;
    this.run = new LessonRun(lesson, () -> SimulatedStage.withSeed(seed), printer);
  }

  /** How many steps the lesson has. */
  int steps() {
    return run.steps().size();
  }

  /** Plays from a step on. */
  Ended play(int from) {
    if (from > 0 && from < steps()) {
      run.goTo(from);
      out.println(
          "(going on at step " + (from + 1) + " of " + steps() + "; @again or @back to see more)");
    }
    try {
      while (!run.atEnd()) {
        step();
        keep.accept(run.position());
      }
      return Ended.FINISHED;
    } catch (Left _) {
      keep.accept(run.position());
      return Ended.LEFT;
    }
  }

  private void step() {
    switch (run.next()) {
      case LessonStep.Text _, LessonStep.Definition _, LessonStep.Configuration _ -> perform();
      case LessonStep.Commands _ -> perform();
      case LessonStep.Ask ask -> ask(ask.question());
      case LessonStep.Recall recall -> recall(recall);
      case LessonStep.Input input -> offer(input.prompt().node().orElse(""), input.prompt().code());
      case LessonStep.Expression expression ->
          offer(expression.node().orElse(""), expression.code());
      case LessonStep.Work work -> work(work);
    }
  }

  /** Does the next step and tells what it changed. */
  private void perform() {
    Optional<ClusterView> before = view();
    Optional<Stage> stage = run.stage();
    run.perform();
    tellChanges(run.stage().equals(stage) ? before : Optional.empty());
  }

  private Optional<ClusterView> view() {
    return run.stage()
        .filter(SimulatedStage.class::isInstance)
        .map(SimulatedStage.class::cast)
        .map(ClusterView::of);
  }

  private void tellChanges(Optional<ClusterView> before) {
    if (before.isPresent()) {
      view()
          .ifPresent(
              now ->
                  now.changesSince(before.get()).forEach(change -> out.println(MARGIN + change)));
    }
    out.flush();
  }

  /** Shows the input that is next, and lets the learner run it or type something else. */
  private void offer(String at, String code) {
    run.prepare();
    String its = at.isEmpty() ? run.nodes(run.next().section()).getFirst() : at;
    node = its;
    out.println();
    out.println("next, at " + its + ":");
    code.lines().forEach(line -> out.println("    " + line));
    int position = run.position();
    String line = readLine();
    if (line.isBlank()) {
      perform();
    } else {
      obey(line);
    }
    if (run.position() == position) {
      out.println();
    }
  }

  // The learner's own inputs.

  private String readLine() {
    out.flush();
    String prompt = pending.isEmpty() ? "iex(" + node + ")> " : "...(" + node + ")> ";
    return read(prompt);
  }

  private String read(String prompt) {
    out.flush();
    try {
      return reader.readLine(prompt);
    } catch (EndOfFileException _) {
      throw new Left();
    } catch (UserInterruptException _) {
      pending.setLength(0);
      return "@steps";
    }
  }

  /** Does what a line says: a word for the guide, or code for the node. */
  private void obey(String line) {
    if (!line.startsWith("@")) {
      type(line);
      return;
    }
    String word = line.substring(1).strip();
    switch (word) {
      case "help", "" -> out.println(HELP);
      case "quit" -> throw new Left();
      case "back" -> back();
      case "again" -> goTo(firstOfSection());
      case "look" -> look();
      case "steps" ->
          out.println("step " + (run.position() + 1) + " of " + steps() + "; @help tells more");
      case "hint", "solve" -> out.println("there is a hint only where there is a task");
      default -> goToNode(word);
    }
  }

  private void goToNode(String word) {
    Optional<String> wanted =
        run.up().stream()
            .filter(name -> name.equals(word) || name.startsWith(word + "@"))
            .findFirst();
    if (wanted.isPresent()) {
      node = wanted.get();
    } else {
      out.println(
          "there is no node '" + word + "'; there are " + String.join(", ", run.up()) + " (@help)");
    }
  }

  private void type(String line) {
    if (run.stage().filter(stage -> stage.isUp(node)).isEmpty()) {
      out.println("(" + node + " is down)");
      return;
    }
    Optional<ClusterView> before = view();
    pending.append(line);
    Answer answer = run.typeAt(node, line);
    out.print(answer.printed());
    if (answer.ending() == Ending.INCOMPLETE) {
      pending.append('\n');
      obeyRest();
      return;
    }
    pending.setLength(0);
    if (answer.ending() == Ending.TIMED_OUT) {
      out.println("(still running; time goes on with the next step)");
    }
    tellChanges(before);
  }

  /** Reads on until an expression is complete. */
  private void obeyRest() {
    String line = readLine();
    if (line.startsWith("@")) {
      pending.setLength(0);
      run.typeAt(node, "#iex:break");
      obey(line);
    } else {
      type(line);
    }
  }

  private void look() {
    view()
        .ifPresent(
            view ->
                view.nodes()
                    .forEach(
                        (name, seen) ->
                            out.println(
                                MARGIN
                                    + name
                                    + switch (seen.presence()) {
                                      case DOWN -> " is down";
                                      case BUSY -> " is busy";
                                      case UP ->
                                          " sees "
                                              + list(seen.connected())
                                              + (seen.hidden().isEmpty()
                                                  ? ""
                                                  : ", hidden " + list(seen.hidden()))
                                              + "; global names "
                                              + list(seen.names())
                                              + "; groups "
                                              + list(seen.groups());
                                    })));
  }

  private static String list(List<String> items) {
    return items.isEmpty() ? "none" : String.join(", ", items);
  }

  // Going back.

  private void back() {
    int target = run.position() - 1;
    while (target > 0 && !isStop(run.steps().get(target))) {
      target--;
    }
    goTo(Math.max(0, target));
  }

  /** Whether the guide waits at a step. */
  private static boolean isStop(LessonStep step) {
    return switch (step) {
      case LessonStep.Input _,
          LessonStep.Expression _,
          LessonStep.Ask _,
          LessonStep.Work _,
          LessonStep.Recall _ ->
          true;
      case LessonStep.Text _,
          LessonStep.Commands _,
          LessonStep.Definition _,
          LessonStep.Configuration _ ->
          false;
    };
  }

  private int firstOfSection() {
    int first = Math.min(run.position(), steps() - 1);
    int section = run.steps().get(first).section();
    while (first > 0 && run.steps().get(first - 1).section() == section) {
      first--;
    }
    return first;
  }

  private void goTo(int target) {
    run.goTo(target);
    taskShown = Optional.empty();
    out.println("(step " + (target + 1) + " of " + steps() + ")");
  }

  // Questions, tasks, blanks.

  private void ask(Question question) {
    printer.question(question);
    String answer = read(question.choices().isEmpty() ? "your guess> " : "your guess, a number> ");
    if (answer.startsWith("@")) {
      obeyWithoutNode(answer);
      return;
    }
    if (NUMBERS.matcher(answer).matches() && !answer.isBlank() && !question.choices().isEmpty()) {
      List<Integer> picked = new ArrayList<>();
      for (String number : answer.strip().split("[\\s,]+")) {
        if (number.length() < 4) {
          picked.add(Integer.parseInt(number));
        }
      }
      out.println(question.isRight(picked) ? "Right." : "Not quite. " + rightChoice(question));
    } else if (!question.choices().isEmpty()) {
      out.println(rightChoice(question));
    }
    run.skip();
  }

  private static String rightChoice(Question question) {
    var right = new ArrayList<String>();
    for (int i = 0; i < question.choices().size(); i++) {
      if (question.choices().get(i).truth() == Question.Truth.RIGHT) {
        right.add((i + 1) + ") " + question.choices().get(i).text());
      }
    }
    return "It is " + String.join(" and ", right) + " - see for yourself.";
  }

  private void obeyWithoutNode(String line) {
    if (node.isEmpty()) {
      node = run.nodes(run.next().section()).getFirst();
    }
    obey(line);
  }

  private void work(LessonStep.Work work) {
    run.prepare();
    Task task = work.task();
    if (!taskShown.equals(Optional.of(work.line()))) {
      printer.task(task);
      taskShown = Optional.of(work.line());
      hintsShown = 0;
      node = run.up().isEmpty() ? run.nodes(work.section()).getFirst() : run.up().getFirst();
      out.println("(type at the prompt; @hint helps, @solve does it, @NAME goes to another node)");
    }
    String line = readLine();
    switch (line.strip()) {
      case "@hint" -> hint(task);
      case "@solve" -> {
        perform();
        return;
      }
      case "" -> tellMissing(task);
      default -> obey(line);
    }
    boolean stillHere = !run.atEnd() && run.next().equals(work);
    if (stillHere && run.stage().isPresent() && run.missing(task).isEmpty()) {
      out.println("Done: " + (task.title().isEmpty() ? "the task" : task.title()) + ".");
      run.skip();
    }
  }

  private void hint(Task task) {
    if (hintsShown < task.hints().size()) {
      out.println(task.hints().get(hintsShown++));
    } else {
      out.println(
          task.hints().isEmpty()
              ? "there is no hint here; @solve shows one way"
              : "that was the last hint; @solve shows one way");
    }
  }

  private void tellMissing(Task task) {
    run.missing(task)
        .forEach(
            check ->
                out.println("not yet: " + (check.says().isEmpty() ? check.code() : check.says())));
  }

  private void recall(LessonStep.Recall recall) {
    Blank blank = Blank.of(markdown(recall));
    out.println();
    out.println("[summary]  Fill the gaps; Enter shows the answer.");
    for (int gap = 0; gap < blank.answers().size(); gap++) {
      out.println();
      out.println(sentence(blank, gap));
      String answer = read("> ");
      if (answer.startsWith("@")) {
        obeyWithoutNode(answer);
        return;
      }
      if (!answer.isBlank()) {
        out.println(
            blank.fits(gap, answer)
                ? "Yes."
                : "It is " + blank.answers().get(gap).getFirst() + ".");
      } else {
        out.println(blank.answers().get(gap).getFirst());
      }
    }
    perform();
  }

  /** The paragraph with a gap, that gap open. */
  private static String sentence(Blank blank, int gap) {
    String text = blank.text(gap);
    int open = text.indexOf("____");
    int start = text.lastIndexOf("\n", open) + 1;
    int end = text.indexOf('\n', open);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static String markdown(LessonStep.Recall recall) {
    var text = new StringBuilder();
    for (Lesson.Block block : recall.frame().blocks()) {
      if (block instanceof Lesson.Prose prose) {
        text.append(prose.markdown()).append("\n\n");
      }
    }
    return text.toString().strip();
  }
}
