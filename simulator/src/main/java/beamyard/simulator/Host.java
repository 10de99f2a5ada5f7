package beamyard.simulator;

import beamyard.simulator.distribution.Epmd;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Network;
import org.jspecify.annotations.Nullable;

/** A machine: what its nodes share. */
public final class Host {
  private static final int COOKIE_LENGTH = 20;

  private final String name;
  private final Epmd epmd;
  private final Belongings belongings;
  private @Nullable String cookieFile;

  Host(String name, Engine engine, Network network) {
    this.name = name;
    network.addHost(name);
    this.epmd = Epmd.start(name, engine, network);
    this.belongings = new Belongings();
  }

  private Host(Host original) {
    name = original.name;
    epmd = original.epmd.copy();
    belongings = original.belongings.copy();
    cookieFile = original.cookieFile;
  }

  Host copy() {
    return new Host(this);
  }

  public String name() {
    return name;
  }

  /** The port mapper. */
  public Epmd epmd() {
    return epmd;
  }

  /** What else the host owns, such as its files. */
  public Belongings belongings() {
    return belongings;
  }

  /** What {@code ~/.erlang.cookie} says; made up when the first node without a cookie of its own needs it. */
  String cookie(Engine engine) {
    if (cookieFile == null) {
      var letters = new StringBuilder();
      for (int i = 0; i < COOKIE_LENGTH; i++) {
        letters.append((char) engine.choices().between(name + "/cookie", 'A', 'Z'));
      }
      cookieFile = letters.toString();
    }
    return cookieFile;
  }

  /** Writes {@code ~/.erlang.cookie}: the cookie of nodes started from now on that are given none. */
  public void setCookieFile(String cookie) {
    cookieFile = cookie;
  }
}
