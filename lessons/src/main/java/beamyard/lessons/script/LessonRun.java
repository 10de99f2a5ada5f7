package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer.Audience;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Task.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A page being played, step by step: a fresh stage for each section, unless the page says {@code stage: continue}. Can go back
 * to any step: the section's steps before it are done again on a fresh stage, unseen.
 *
 * <p>Modules that the page defined in earlier sections are project code of every node; one that was typed at a node's prompt is
 * known there.
 */
public final class LessonRun {
  private final Lesson lesson;
  private final List<Staging> stagings = new ArrayList<>();
  private final List<LessonStep> steps = new ArrayList<>();
  private final Tally tally = new Tally();
  private final Map<Integer, Result> before = new LinkedHashMap<>();
  private final PageNodes nodes;
  private final StepPlayer player;
  private Audience audience;
  private int position;
  private int stagedSection = -1;

  public LessonRun(Lesson lesson, Supplier<Stage> stages, Audience audience) {
    this.lesson = lesson;
    this.audience = audience;
    for (int i = 0; i < lesson.sections().size(); i++) {
      Staging staging = Staging.of(lesson.sections().get(i), lesson);
      stagings.add(staging);
      steps.addAll(LessonSteps.of(i, lesson.sections().get(i).blocks(), staging));
    }
    this.nodes = new PageNodes(lesson, stages);
    this.player = new StepPlayer(lesson, stagings, nodes, tally);
  }

  /** All steps of the page. */
  public List<LessonStep> steps() {
    return List.copyOf(steps);
  }

  /** How many steps have been done. */
  public int position() {
    return position;
  }

  public boolean atEnd() {
    return position == steps.size();
  }

  /** The step that is done next; asked only before the end. */
  public LessonStep next() {
    return steps.get(position);
  }

  /** What became of the steps so far. */
  public Result result() {
    return tally.result();
  }

  /** The names of the nodes of a section, those included that start in its course. */
  public List<String> nodes(int section) {
    return stagings.get(section).nodes().stream().map(Start::handle).toList();
  }

  /** The node at which the next step happens; the first of its section if it happens at none. */
  public String place() {
    return player.nodeOf(next());
  }

  /** The nodes of the section being played; none before the first section that needs any. */
  public Optional<Stage> stage() {
    return nodes.stage();
  }

  /** The nodes that are up, in the order in which they were started. */
  public List<String> up() {
    return nodes.up();
  }

  /** Does the next step as if there were no learner: a task is solved as the page solves it. */
  public void perform() {
    LessonStep step = next();
    stageFor(step.section());
    player.perform(step, audience);
    position++;
  }

  /** Goes past the next step without doing it, as a learner who did a task in another way does. */
  public void skip() {
    position++;
  }

  /** Makes the nodes of the next step's section ready. */
  public void prepare() {
    if (!atEnd()) {
      stageFor(next().section());
    }
  }

  /** The checks of a task of the section being played that do not hold now. */
  public List<Check> missing(Task task) {
    return player.checks().missing(stagedSection, task);
  }

  /** Types a learner's own input at a node of the section. */
  public Answer typeAt(String node, String code) {
    return nodes.type(node, code);
  }

  // Going back and forth.

  /** Goes to just before a step. Nodes are as they were when it was first reached without a learner's own inputs. */
  public void goTo(int target) {
    if (target < 0 || target > steps.size()) {
      throw new IllegalArgumentException(
          "there is no step " + target + "; the page has " + steps.size());
    }
    Audience watching = audience;
    audience = Audience.NOBODY;
    try {
      nodes.close();
      position = PageNodes.continues(lesson) || target == 0 ? 0 : firstOfSection(target);
      int section = position == 0 ? 0 : steps.get(position).section();
      stagedSection = section - 1;
      nodes.forgetFrom(section);
      steps.subList(0, position).forEach(player::remember);
      tally.set(before.getOrDefault(section, new Tally().result()));
      while (position < target) {
        perform();
      }
    } finally {
      audience = watching;
    }
  }

  private int firstOfSection(int target) {
    int first = Math.min(target, steps.size() - 1);
    int section = steps.get(first).section();
    while (first > 0 && steps.get(first - 1).section() == section) {
      first--;
    }
    return first;
  }

  // Sections.

  private void stageFor(int section) {
    if (section == stagedSection) {
      return;
    }
    for (int passing = stagedSection + 1; passing < section; passing++) {
      if (of(passing).isEmpty()) {
        audience.section(lesson.sections().get(passing), List.of());
      }
    }
    stagedSection = section;
    before.put(section, tally.result());
    Staging staging = stagings.get(section);
    Section its = lesson.sections().get(section);
    if (LessonSteps.needNodes(of(section))) {
      audience.section(its, staging.first().stream().map(Start::handle).toList());
      nodes
          .open(staging, section)
          .forEach(refusal -> audience.cannotStart(refusal.node(), refusal.why()));
    } else {
      audience.section(its, List.of());
    }
  }

  private List<LessonStep> of(int section) {
    return steps.stream().filter(step -> step.section() == section).toList();
  }
}
