package beamyard.simulator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FamiliesProperties {
  private final ProcessTable table =
      new ProcessTable(1, ProcessSettings.DEFAULT, new Engine(new SeededChoices(1)), Trace.OFF);

  /** A number spawns from that living process, counted around; what is below zero ends it. The first process begins families. */
  @Property(tries = 300)
  void theKinOfAProcessAreAllLivingOnesOfItsFamilyWhoeverEnded(
      @ForAll @Size(max = 100) List<@IntRange(min = -40, max = 100) Integer> deeds) {
    LocalProcess first = process(0);
    first.family = Families.BEGINS;
    var living = new ArrayList<LocalProcess>(List.of(first));
    long born = 1;
    for (int deed : deeds) {
      LocalProcess chosen = living.get(Math.abs(deed) % living.size());
      if (deed >= 0) {
        LocalProcess child = process(born++);
        table.families.join(chosen, child);
        living.add(child);
      } else if (chosen != first) {
        table.families.leave(chosen);
        table.living().remove(chosen);
        table.families.leave(chosen); // nothing any more
        living.remove(chosen);
      }
    }
    for (LocalProcess process : living) {
      assertEquals(
          living.stream()
              .filter(other -> other != process && other.family == process.family)
              .toList(),
          table.families.kin(process));
    }
  }

  private LocalProcess process(long number) {
    Pid pid = new Pid(Atom.of("a@h"), number, 0, 1);
    var process =
        new LocalProcess(
            number,
            pid,
            new HandlerRoutine<>(new Puppet(), ListTerm.empty()),
            pid,
            new InitialCall(Atom.of("m"), Atom.of("f"), 0),
            new Links(table));
    table.living().add(process);
    return process;
  }
}
