package beamyard.simulator.distribution;

import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;

/** What crosses a connection that is up. */
public sealed interface ConnectionPacket extends Packet {
  /** A signal with whom it is for. */
  record Control(Address to, Signal signal, int size) implements ConnectionPacket {}

  /** Says only: I am still here. */
  record Tick() implements ConnectionPacket {
    @Override
    public int size() {
      return 4;
    }
  }
}
