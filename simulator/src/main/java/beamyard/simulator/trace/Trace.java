package beamyard.simulator.trace;

/** Where facts go. Callers ask {@link #isOn} before they make a fact, so that a run nobody watches allocates none. */
public interface Trace {
  /** Records nothing. */
  Trace OFF =
      new Trace() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void record(long atNanos, Fact fact) {}
      };

  boolean isOn();

  /** Records a fact of an instant; instants never decrease except within one time slice of a process. */
  void record(long atNanos, Fact fact);
}
