package beamyard.ui.desktop.yard;

import beamyard.lessons.script.Condition;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.yard.YardThread.Errand;
import beamyard.ui.desktop.yard.YardThread.Haste;
import java.util.Locale;

/** Lets time pass until something is so: {@code true} if it came about. */
public final class Until implements Errand<Boolean> {
  /** How far virtual time goes at most in search of the condition, in nanoseconds. */
  public static final long LIMIT_NANOS = 600_000_000_000L;

  private static final long BETWEEN_LOOKS_NANOS = 100_000_000L;
  private static final long ANSWER_MILLIS = 1_000;

  private final Awaited condition;
  private long end;
  private long deadline;
  private long known;
  private boolean reached;
  private String refusal = "";

  /** What is waited for. */
  sealed interface Awaited {}

  /** Something happens whose text, kind or node has this in it. */
  public record Event(String text) implements Awaited {}

  /** The virtual time is reached. */
  public record Time(long atNanos) implements Awaited {}

  /** An expression is truthy at a node; looked at every 100 virtual ms, in a copy of the yard. */
  public record Predicate(String node, String expression) implements Awaited {}

  public Until(Awaited condition) {
    this.condition = condition;
  }

  /** What is waited for, as the end of a sentence. */
  public String told() {
    return switch (condition) {
      case Event(String text) -> "something says " + text;
      case Time(long atNanos) -> Times.duration(atNanos);
      case Predicate(String node, String expression) -> expression + " holds at " + node;
    };
  }

  @Override
  public void begin(Run run) {
    end = run.position().atNanos() + LIMIT_NANOS;
    known = run.chronicle().nextNumber();
    deadline =
        switch (condition) {
          case Event _ -> end;
          case Time(long atNanos) -> Math.max(run.position().atNanos(), atNanos);
          case Predicate _ -> run.position().atNanos();
        };
  }

  @Override
  public boolean isDone(Run run) {
    if (condition instanceof Event(String text) && run.chronicle().nextNumber() > known) {
      reached = run.chronicle().since(known).stream().anyMatch(happening -> says(happening, text));
      known = run.chronicle().nextNumber();
    }
    return reached;
  }

  /** Whether something that happened has a text in it, in whichever case. */
  public static boolean says(Happening happening, String text) {
    String told =
        switch (happening.what()) {
          case Sent sent -> sent.cargo() + " " + sent.from() + " " + sent.to() + " " + sent.text();
          case Moment moment -> moment.kind() + " " + moment.node() + " " + moment.text();
          case Happening.LockTurn turn ->
              "lock " + turn.node() + " " + turn.resource() + " " + turn.turn();
          case Happening.Lost _ -> "lost";
          case Happening.Arrived _ -> "";
        };
    return told.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean continues(Run run) {
    if (condition instanceof Time) {
      reached = true;
    } else if (condition instanceof Predicate(String node, String expression) && !reached) {
      look(run, node, expression);
      deadline = run.position().atNanos() + BETWEEN_LOOKS_NANOS;
      return !reached && refusal.isEmpty() && deadline < end;
    }
    return false;
  }

  /** What raises may hold later; what does not even compile never will. */
  private void look(Run run, String node, String expression) {
    Condition.Answer answer = Errands.askNow(run, node, expression, ANSWER_MILLIS);
    reached = answer.holds();
    refusal = answer.rest().lines().filter(line -> line.startsWith("** (")).findFirst().orElse("");
  }

  /**
   * @throws IllegalArgumentException if the expression does not compile, saying why
   */
  @Override
  public Boolean finish(Run run) {
    if (condition instanceof Predicate(String node, String expression) && !refusal.isEmpty()) {
      throw new IllegalArgumentException(
          expression + " cannot be asked at " + node + ": " + refusal.substring("** ".length()));
    }
    return reached;
  }

  @Override
  public long deadlineNanos() {
    return deadline;
  }

  @Override
  public boolean halts() {
    return true;
  }

  @Override
  public Haste haste() {
    return Haste.AS_FAST_AS_POSSIBLE;
  }
}
