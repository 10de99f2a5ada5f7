package beamyard.ui.terminal;

import beamyard.lessons.script.Blank;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonRun;
import beamyard.lessons.script.LessonStep;
import beamyard.lessons.script.Question;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Task;
import beamyard.ui.terminal.ClusterTeller.Moment;
import java.io.PrintWriter;
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
  private static final Pattern UNKNOWN_WORD =
      Pattern.compile("undefined function (help|hint|back|quit|exit|solve|look|again|steps)/0");

  private static final int NARROWEST = 40;
  private static final int WIDEST = 100;

  /** How much of the yard's time passes with each line that is entered in a task. */
  private static final long A_SECOND_MILLIS = 1000;

  static final String HELP =
      """
      Enter     does the next step            @back     goes a step back
      CODE      types at the node's prompt    @bob      goes to bob's prompt
      @hint     the next hint of a task       @solve    does the task for you
      @look     what every node sees now      @again    begins the section again
      @steps    how far you are               @quit     leaves; you go on here next time
      @break    gives up an expression that is not complete""";

  private final LineReader reader;
  private final PrintWriter out;
  private final Lesson lesson;
  private final LessonPrinter printer;
  private final LessonRun run;
  private final ClusterTeller cluster;
  private final Consumer<Integer> keep;
  private String node = "";
  private int offered = -1;
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
    this.printer = new LessonPrinter(out, file, width(reader.getTerminal().getWidth()));
    this.keep = keep;
    this.run = new LessonRun(lesson, () -> SimulatedStage.withSeed(seed), printer);
    this.cluster = new ClusterTeller(run, out);
    this.lesson = lesson;
  }

  /** A terminal that does not tell how wide it is, or is very narrow, gets the lines of the page. */
  private static int width(int columns) {
    return columns < NARROWEST ? 0 : Math.min(columns, WIDEST);
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
          "(going on at step "
              + (from + 1)
              + " of "
              + steps()
              + where()
              + "; @again shows its section from the start)");
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
      case LessonStep.Input input -> offer(input.prompt().code());
      case LessonStep.Expression expression -> offer(expression.code());
      case LessonStep.Work work -> work(work);
    }
  }

  /** Does the next step and tells what it changed. */
  private void perform() {
    Moment before = cluster.now();
    run.perform();
    cluster.tellSince(before);
  }

  /** Shows the input that is next, and lets the learner run it or type something else. */
  private void offer(String code) {
    run.prepare();
    String its = run.place();
    if (offered != run.position()) {
      offered = run.position();
      node = its;
    }
    out.println();
    out.println("next, at " + its + ":");
    code.lines().forEach(line -> out.println("    " + line));
    String line = readLine();
    boolean sameCode = code.strip().equals(line.strip()) && node.equals(its);
    if (line.isBlank() || sameCode) {
      perform();
    } else {
      obey(line);
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
      case "look" -> cluster.look();
      case "break" -> out.println("there is nothing to give up");
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
      out.println("(" + (node.isEmpty() ? "there is no node yet" : node + " is down") + ")");
      return;
    }
    Moment before = cluster.now();
    Answer answer = run.typeAt(node, line);
    out.print(answer.printed());
    explain(answer);
    if (answer.ending() == Ending.INCOMPLETE) {
      pending.append(line).append('\n');
      obeyRest();
    } else {
      pending.setLength(0);
      cluster.tellSince(before);
    }
  }

  /** Tells beside the output what a newcomer may wonder about. */
  private void explain(Answer answer) {
    var word = UNKNOWN_WORD.matcher(answer.printed());
    if (word.find()) {
      out.println(
          "(to the guide one writes it with an @: @" + word.group(1).replace("exit", "quit") + ")");
    }
    if (answer.ending() == Ending.TIMED_OUT) {
      out.println("(still running; time goes on with the next step)");
    }
  }

  /** Reads on until an expression is complete. */
  private void obeyRest() {
    String line = readLine();
    if (line.startsWith("@")) {
      pending.setLength(0);
      run.typeAt(node, "#iex:break");
      if (!line.strip().equals("@break")) {
        obey(line);
      }
      return;
    }
    if (line.isBlank()) {
      out.println("(the expression is not complete: go on with it, or @break)");
    }
    type(line);
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

  /** The section of the next step. */
  private String where() {
    String title = run.atEnd() ? "" : lesson.sections().get(run.next().section()).title();
    return title.isEmpty() ? "" : ", in '" + title + "'";
  }

  private void goTo(int target) {
    run.goTo(target);
    taskShown = Optional.empty();
    offered = -1;
    out.println("(step " + (target + 1) + " of " + steps() + where() + ")");
  }

  // Questions, tasks, blanks.

  private void ask(Question question) {
    run.prepare();
    printer.question(question);
    String answer = read(question.choices().isEmpty() ? "your guess> " : "your guess, a number> ");
    if (answer.startsWith("@")) {
      obeyWithoutNode(answer);
      return;
    }
    if (!question.choices().isEmpty()) {
      var guess = new Guess(question, answer);
      out.println(guess.reply());
      if (!guess.isUsable()) {
        return;
      }
    }
    run.skip();
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
      out.println(
          "(type at the prompt; @hint helps, @solve does it, @NAME goes to another node; a second"
              + " passes with each line)");
    }
    String line = readLine();
    switch (line.strip()) {
      case "@hint" -> hint(task);
      case "@solve" -> {
        perform();
        return;
      }
      case "" -> {
        passASecond();
        tellMissing(task);
      }
      default -> {
        obey(line);
        if (!line.startsWith("@")) {
          passASecond();
        }
      }
    }
    boolean stillHere = !run.atEnd() && run.next().equals(work);
    if (stillHere && run.stage().isPresent() && run.missing(task).isEmpty()) {
      out.println("Done: " + (task.title().isEmpty() ? "the task" : task.title()) + ".");
      run.skip();
    }
  }

  /** What follows from an input happens while the learner thinks. */
  private void passASecond() {
    Moment before = cluster.now();
    run.stage().ifPresent(stage -> stage.advance(A_SECOND_MILLIS));
    cluster.tellSince(before);
  }

  private void hint(Task task) {
    if (hintsShown < task.hints().size()) {
      printer.text(task.hints().get(hintsShown++));
      out.println("(hint " + hintsShown + " of " + task.hints().size() + ")");
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
    run.prepare();
    Blank blank = Blank.of(recall.frame());
    out.println();
    out.println("[summary]  Fill the gaps; Enter shows the answer.");
    int gap = 0;
    while (gap < blank.answers().size()) {
      out.println();
      printer.text(blank.paragraph(gap));
      String answer = read("> ");
      if (answer.startsWith("@")) {
        int here = run.position();
        obeyWithoutNode(answer);
        if (run.position() != here) {
          return;
        }
      } else {
        tell(blank, gap, answer);
        gap++;
      }
    }
    perform();
  }

  private void tell(Blank blank, int gap, String answer) {
    String right = blank.answers().get(gap).getFirst();
    out.println(
        answer.isBlank() ? right : blank.fits(gap, answer) ? "Yes." : "It is " + right + ".");
  }
}
