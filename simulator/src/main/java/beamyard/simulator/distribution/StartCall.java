package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.Naming.Start;
import beamyard.simulator.distribution.Naming.Starting;
import beamyard.simulator.distribution.Naming.Wish;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code net_kernel:start/2}: turns distribution on and waits for the host's port mapper.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_kernel.html#start-2">net_kernel:start/2</a>
 */
final class StartCall implements Routine {
  private static final Pattern VALID_NAME = Pattern.compile("[0-9A-Za-z_\\-]+");
  private static final Atom NAME = Atom.of("name");
  private static final Atom NAME_DOMAIN = Atom.of("name_domain");
  private static final Atom NET_TICKTIME = Atom.of("net_ticktime");
  private static final Atom NET_TICKINTENSITY = Atom.of("net_tickintensity");
  private static final Atom HIDDEN = Atom.of("hidden");
  private static final Atom DIST_LISTEN = Atom.of("dist_listen");
  private static final Atom LONGNAMES = Atom.of("longnames");
  private static final Atom SHORTNAMES = Atom.of("shortnames");
  private static final int FEWEST_TICKS = 4;
  private static final int MOST_TICKS = 1000;

  private final Term name;
  private final Term options;
  private @Nullable Reference tag;

  StartCall(Term name, Term options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (tag == null) {
      Outcome immediate = begin(self);
      if (immediate != null) {
        return immediate;
      }
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

  private @Nullable Outcome begin(ProcessContext self) {
    if (!(options instanceof MapTerm map)) {
      return error(Atom.of("invalid_options"));
    }
    if (!(name instanceof Atom given)) {
      return error(Atom.of("invalid_name"));
    }
    for (MapTerm.Entry option : map) {
      if (!isValid(option.key(), option.value())) {
        return error(Tuple.of(Atom.of("invalid_option"), option.key(), option.value()));
      }
    }
    Distribution distribution = self.owned(Distribution.class);
    MapTerm asGiven = map.put(NAME, given);
    Optional<Pid> supervisor = distribution.naming().supervisor();
    if (supervisor.isPresent()) {
      return failed(
          distribution.isStartedAtBoot()
              ? StartFailure.startedAtBoot(supervisor.get(), asGiven)
              : Tuple.of(Atom.of("already_started"), supervisor.get()));
    }
    NodeName.Kind kind =
        map.get(NAME_DOMAIN) == SHORTNAMES ? NodeName.Kind.SHORT : NodeName.Kind.LONG;
    Optional<NodeName> full = complete(given.name(), kind, distribution.host());
    if (full.isEmpty()) {
      return failed(StartFailure.nameRefused(asGiven));
    }
    boolean hidden =
        map.get(HIDDEN) == Atom.TRUE
            || map.get(HIDDEN) == null && distribution.settings().visibility() == Visibility.HIDDEN;
    var wish =
        new Wish(
            full.get().atom(),
            kind,
            number(map, NET_TICKTIME, distribution.settings().tickTimeSeconds()),
            number(map, NET_TICKINTENSITY, distribution.settings().tickIntensity()),
            hidden ? Visibility.HIDDEN : Visibility.VISIBLE,
            asGiven);
    tag = self.makeReference();
    distribution
        .naming()
        .begin(new Starting(wish, Start.BY_CALL, Optional.of(new Caller(self.self(), tag))));
    return null;
  }

  private static boolean isValid(Term option, Term value) {
    if (option == NAME_DOMAIN) {
      return value == SHORTNAMES || value == LONGNAMES;
    }
    if (option == NET_TICKTIME) {
      return value instanceof SmallInt seconds
          && seconds.value() > 0
          && seconds.value() <= Integer.MAX_VALUE;
    }
    if (option == NET_TICKINTENSITY) {
      return value instanceof SmallInt ticks
          && ticks.value() >= FEWEST_TICKS
          && ticks.value() <= MOST_TICKS;
    }
    return (option == HIDDEN || option == DIST_LISTEN)
        && (value == Atom.TRUE || value == Atom.FALSE);
  }

  private static int number(MapTerm map, Atom key, int otherwise) {
    return map.get(key) instanceof SmallInt number ? Math.toIntExact(number.value()) : otherwise;
  }

  private static Outcome error(Term reason) {
    return new Outcome.Raised(ExceptionClass.ERROR, reason, ListTerm.empty());
  }

  private static Outcome failed(Term reason) {
    return new Outcome.Returned(Tuple.of(Atom.ERROR, reason));
  }

  /** Adds the host to a name that has none; empty if the name is no good for its kind. */
  private static Optional<NodeName> complete(String text, NodeName.Kind kind, String host) {
    Optional<NodeName> name =
        text.indexOf('@') < 0 ? Optional.of(new NodeName(text, host)) : NodeName.parse(text);
    return name.filter(
        full ->
            VALID_NAME.matcher(full.name()).matches()
                && (text.indexOf('@') > 0 && kind == NodeName.Kind.LONG || full.suits(kind)));
  }

  @Override
  public Routine copy() {
    var copy = new StartCall(name, options);
    copy.tag = tag;
    return copy;
  }
}
