package beamyard.simulator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LivingProcessesProperties {
  private final ProcessTable table =
      new ProcessTable(1, ProcessSettings.DEFAULT, new Engine(new SeededChoices(1)), Trace.OFF);

  /** A number that is there is removed, another is added. */
  @Property(tries = 300)
  void processesAreFoundByNumberAndStandInTheOrderOfTheirBirth(
      @ForAll @Size(max = 120) List<@LongRange(min = 0, max = 200) Long> numbers) {
    var expected = new LinkedHashMap<Long, LocalProcess>();
    var living = new LivingProcesses();
    for (long number : numbers) {
      LocalProcess present = expected.remove(number);
      if (present == null) {
        LocalProcess born = process(number);
        expected.put(number, born);
        living.add(born);
      } else {
        living.remove(present);
        living.remove(present); // nothing any more
      }
      assertSame(expected.get(number), living.get(number));
      assertEquals(expected.size(), living.size());
    }
    var inOrder = new ArrayList<LocalProcess>();
    living.forEach(inOrder::add);
    assertEquals(new ArrayList<>(expected.values()), inOrder);
    expected.forEach((number, process) -> assertSame(process, living.get(number)));
    living.clear();
    assertEquals(0, living.size());
  }

  private LocalProcess process(long number) {
    Pid pid = new Pid(Atom.of("a@h"), number, 0, 1);
    var call = new InitialCall(Atom.of("m"), Atom.of("f"), 0);
    return new LocalProcess(
        number,
        pid,
        new HandlerRoutine<>(new Puppet(), ListTerm.empty()),
        pid,
        call,
        new Links(table));
  }
}
