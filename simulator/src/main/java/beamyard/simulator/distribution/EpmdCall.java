package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Reference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation with the port mapper of a host: one question, its answer. */
public final class EpmdCall implements Routine {
  private final String host;
  private final EpmdPacket question;
  private @Nullable Reference tag;

  private EpmdCall(String host, EpmdPacket question) {
    this.host = host;
    this.question = question;
  }

  /** Which nodes a host has: {@code {ok, [{Name, Port}]}}, or {@code {error, Reason}}. */
  public static EpmdCall names(String host) {
    return new EpmdCall(host, new EpmdPacket.NamesRequest());
  }

  /** Where a node listens: {@code {port, Port, Version}}, or {@code noport}. */
  public static EpmdCall port(String name, String host) {
    return new EpmdCall(host, new EpmdPacket.PortPlease(name));
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (tag == null) {
      tag = self.makeReference();
      self.owned(Distribution.class).askEpmd(host, question, new Caller(self.self(), tag));
    }
    return Replies.await(
            self,
            message ->
                message.size() == 2 && message.get(0).equals(tag)
                    ? Optional.of(message.get(1))
                    : Optional.empty())
        .<Outcome>map(Outcome.Returned::new)
        .orElse(Outcome.WAITING);
  }

  @Override
  public Routine copy() {
    var copy = new EpmdCall(host, question);
    copy.tag = tag;
    return copy;
  }
}
