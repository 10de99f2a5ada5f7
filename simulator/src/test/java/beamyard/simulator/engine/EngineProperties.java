package beamyard.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EngineProperties {
  private record Numbered(int number, long atNanos, int priority) implements Event {}

  @Property(tries = 300)
  void eventsComeInTheOrderOfTimePriorityAndScheduling(
      @ForAll @Size(max = 300) List<@IntRange(max = 1_000_000) Integer> draws) {
    var engine = new Engine(new SeededChoices(1));
    List<Numbered> planned = plan(engine, draws, new ArrayList<>());
    planned.sort(Comparator.comparingLong(Numbered::atNanos).thenComparingInt(Numbered::priority));
    assertThat(drain(engine)).isEqualTo(planned);
  }

  @Property(tries = 300)
  void cancelledEventsNeverHappenAndTheOthersDo(
      @ForAll @Size(max = 300) List<@IntRange(max = 1_000_000) Integer> draws) {
    var engine = new Engine(new SeededChoices(1));
    var tickets = new ArrayList<Long>();
    List<Numbered> planned = plan(engine, draws, tickets);
    var expected = new ArrayList<Numbered>();
    for (int i = 0; i < planned.size(); i++) {
      if (draws.get(i) % 3 == 0) {
        assertThat(engine.cancel(tickets.get(i))).isTrue();
        assertThat(engine.cancel(tickets.get(i))).isFalse();
      } else {
        expected.add(planned.get(i));
      }
    }
    expected.sort(Comparator.comparingLong(Numbered::atNanos).thenComparingInt(Numbered::priority));
    assertThat(engine.pending()).isEqualTo(expected.size());
    assertThat(drain(engine)).isEqualTo(expected);
    tickets.forEach(ticket -> assertThat(engine.cancel(ticket)).isFalse());
  }

  @Property(tries = 200)
  void aCopyGoesOnAsTheOriginalAndIsIndependent(
      @ForAll @Size(max = 200) List<@IntRange(max = 1_000_000) Integer> draws,
      @ForAll @IntRange(max = 200) int steps) {
    var engine = new Engine(new SeededChoices(7));
    var tickets = new ArrayList<Long>();
    plan(engine, draws, tickets);
    for (int i = 0; i < steps; i++) {
      engine.next();
      engine.choices().between("a", 0, 1000);
    }
    Engine copy = engine.copy();
    Engine third = engine.copy();
    assertThat(copy.now()).isEqualTo(engine.now());
    assertThat(copy.choices().between("a", 0, 1000))
        .isEqualTo(engine.choices().between("a", 0, 1000));
    tickets.forEach(ticket -> assertThat(copy.cancel(ticket)).isEqualTo(third.cancel(ticket)));
    assertThat(copy.pending()).isZero();
    Engine fourth = engine.copy();
    assertThat(drain(fourth)).isEqualTo(drain(engine));
  }

  @Property(tries = 100)
  void aStreamOfChoicesDoesNotDependOnTheOthers(
      @ForAll long seed, @ForAll @Size(max = 50) List<Boolean> asked) {
    var alone = new SeededChoices(seed);
    var mixed = new SeededChoices(seed);
    for (boolean other : asked) {
      if (other) {
        mixed.between("other", 0, 9);
      }
      assertThat(mixed.between("one", -5, 5))
          .isEqualTo(alone.between("one", -5, 5))
          .isBetween(-5L, 5L);
    }
  }

  @Property(tries = 100)
  void choicesThatWereLoggedAreGivenAgain(
      @ForAll long seed, @ForAll @Size(max = 50) List<Boolean> asked) {
    var log = new ChoiceLog(new SeededChoices(seed));
    var given = new ArrayList<Long>();
    for (boolean other : asked) {
      given.add(log.between(other ? "other" : "one", 0, 1_000));
    }
    var again = new ListedChoices(log.choices(), new SeededChoices(0));
    ListedChoices copy = again.copy();
    for (int i = 0; i < given.size(); i++) {
      String stream = asked.get(i) ? "other" : "one";
      assertThat(again.between(stream, 0, 1_000)).isEqualTo(given.get(i));
      assertThat(copy.between(stream, 0, 1_000)).isEqualTo(given.get(i));
    }
    assertThat(again.between("one", 3, 3)).isEqualTo(3);
  }

  private static List<Numbered> plan(Engine engine, List<Integer> draws, List<Long> tickets) {
    var planned = new ArrayList<Numbered>();
    for (int draw : draws) {
      var event = new Numbered(planned.size(), draw % 20, draw / 100 % 3);
      planned.add(event);
      tickets.add(engine.schedule(event.atNanos(), event.priority(), event));
    }
    return planned;
  }

  private static List<Event> drain(Engine engine) {
    var happened = new ArrayList<Event>();
    for (Event event = engine.next(); event != null; event = engine.next()) {
      assertThat(engine.now()).isEqualTo(((Numbered) event).atNanos());
      happened.add(event);
    }
    return happened;
  }
}
