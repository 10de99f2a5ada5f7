package beamyard.simulator.network;

import java.util.Optional;

/**
 * One direction between two endpoints that somebody made slower, narrower or lossier, or that holds what it carries.
 *
 * @param latency as it was set; empty: as it began
 * @param bytesPerSecond empty for a path that carries everything at once
 * @param lossPerMille so many of a thousand packets get lost
 * @param holding whether what is sent is held on its way
 */
public record PathView(
    Endpoint from,
    Endpoint to,
    Optional<Latency> latency,
    Optional<Long> bytesPerSecond,
    int lossPerMille,
    boolean holding) {}
