package beamyard.simulator.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps every fact. */
public final class FactList implements Trace {
  /** A fact and its instant. */
  public record Dated(long atNanos, Fact fact) {}

  private final List<Dated> facts = new ArrayList<>();

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void record(long atNanos, Fact fact) {
    facts.add(new Dated(atNanos, fact));
  }

  /** All facts so far, in order; grows as the run goes on. */
  public List<Dated> facts() {
    return Collections.unmodifiableList(facts);
  }
}
