package beamyard.simulator.network;

import beamyard.simulator.network.NetworkEvent.Segment;
import java.util.Optional;

/**
 * A piece of a stream that is held on its way.
 *
 * @param id by which it is released or dropped; unique in the simulation
 * @param packet empty for what only opens or closes a stream
 */
public record HeldPacket(
    long id, long stream, Endpoint from, Endpoint to, Segment.Kind kind, Optional<Packet> packet) {}
