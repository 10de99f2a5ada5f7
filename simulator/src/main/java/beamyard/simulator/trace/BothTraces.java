package beamyard.simulator.trace;

/** Two traces of one run. */
public record BothTraces(Trace one, Trace other) implements Trace {
  @Override
  public boolean isOn() {
    return one.isOn() || other.isOn();
  }

  @Override
  public void record(long atNanos, Fact fact) {
    one.record(atNanos, fact);
    other.record(atNanos, fact);
  }
}
