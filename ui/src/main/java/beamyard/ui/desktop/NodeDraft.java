package beamyard.ui.desktop;

import beamyard.simulator.BadSetup;
import beamyard.simulator.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** A node to be added: what is chosen so far, and for each field what is wrong with it. */
final class NodeDraft {
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy");

  private static final String PROTO_DIST = "-proto_dist";
  private static final String TLS = "inet_tls";
  private static final NodeSettings PLAIN = NodeSettings.shortName("draft@localhost");

  private final List<String> taken;
  private final Field name;
  private final Field host;
  private final Field cookie;
  private final Field authority;
  private final List<Option> connecting;
  private final List<Option> limits;
  private final BooleanProperty hidden = new SimpleBooleanProperty(this, "hidden", false);
  private final BooleanProperty groups = new SimpleBooleanProperty(this, "groups", false);
  private final BooleanProperty connectAll = new SimpleBooleanProperty(this, "connectAll", true);
  private final BooleanProperty preventOverlap =
      new SimpleBooleanProperty(this, "preventOverlap", true);
  private final BooleanProperty secure = new SimpleBooleanProperty(this, "secure", false);

  /**
   * Something that {@link NodeSettings#with} takes by its name, as the command line does. It is said only if something is
   * written.
   *
   * @param usual what holds if nothing is said, in words
   */
  record Option(String name, Field field, String usual) {
    static Option of(String name, String title, String usual) {
      return new Option(name, new Field(title, "", text -> problem(name, text)), usual);
    }

    private static String problem(String name, String text) {
      try {
        if (!text.isEmpty()) {
          PLAIN.with(name, text);
        }
        return "";
      } catch (BadSetup e) {
        return "Needs " + e.legal();
      }
    }

    private NodeSettings in(NodeSettings settings) {
      return field.text().isEmpty() ? settings : settings.with(name, field.text());
    }
  }

  /**
   * @param taken labels of the nodes that are there
   */
  NodeDraft(List<String> taken) {
    this.taken = List.copyOf(taken);
    host = new Field("Host", "localhost", NodeDraft::problemOfHost);
    name = new Field("Name", firstFree(taken), this::problemOfName);
    host.textProperty().subscribe(name::check);
    cookie = new Field("Cookie", "beamyard", NodeDraft::problemOfCookie);
    authority = new Field("Authority", "", NodeDraft::problemOfAuthority);
    connecting =
        List.of(
            Option.of("net_ticktime", "net_ticktime", "60 s"),
            Option.of("net_tickintensity", "net_tickintensity", "4 ticks in that time"),
            Option.of("net_setuptime", "net_setuptime", "7 s"),
            Option.of("dist_auto_connect", "dist_auto_connect", "always; or once, or never"));
    limits =
        List.of(
            Option.of("+P", "Processes (+P)", "the yard's own limit"),
            Option.of("+t", "Atoms (+t)", "the yard's own limit"),
            Option.of("+hmax", "Words of a heap (+hmax)", "0, no limit"),
            Option.of("+zdbbl", "kB that wait (+zdbbl)", "1024"),
            Option.of("memory", "Memory, in bytes", "the yard's own limit"));
  }

  private static String firstFree(List<String> taken) {
    return NAMES.stream()
        .filter(each -> taken.stream().noneMatch(label -> label.startsWith(each + "@")))
        .findFirst()
        .orElse("node" + (taken.size() + 1));
  }

  Field name() {
    return name;
  }

  Field host() {
    return host;
  }

  Field cookie() {
    return cookie;
  }

  /** Who has signed the node's certificate; heeded by {@link #secureProperty} only, and empty for the one of all nodes. */
  Field authority() {
    return authority;
  }

  /** What is said of connections. */
  List<Option> connecting() {
    return connecting;
  }

  /** What the node may use at most. */
  List<Option> limits() {
    return limits;
  }

  BooleanProperty hiddenProperty() {
    return hidden;
  }

  /** Whether {@code :pg} is started with the node. */
  BooleanProperty groupsProperty() {
    return groups;
  }

  BooleanProperty connectAllProperty() {
    return connectAll;
  }

  BooleanProperty preventOverlapProperty() {
    return preventOverlap;
  }

  /** Whether connections are carried by TLS. */
  BooleanProperty secureProperty() {
    return secure;
  }

  /** All fields in which something can be wrong. */
  List<Field> fields() {
    var all = new ArrayList<>(List.of(name, host, cookie, authority));
    connecting.forEach(option -> all.add(option.field()));
    limits.forEach(option -> all.add(option.field()));
    return all;
  }

  private String problemOfName(String text) {
    if (text.isEmpty()) {
      return "A node needs a name, such as alice";
    }
    if (!text.matches("[A-Za-z0-9_-]+")) {
      return "Letters, digits, _ and - only; the host goes below";
    }
    String label = text + "@" + host.text();
    return taken.contains(label) ? label + " is there already" : "";
  }

  private static String problemOfHost(String text) {
    if (text.isEmpty()) {
      return "A node runs on a host, such as localhost";
    }
    return text.matches("[A-Za-z0-9_.-]+") ? "" : "Letters, digits, dots, _ and - only";
  }

  private static String problemOfCookie(String text) {
    if (text.isEmpty()) {
      return "A cookie has at least one character";
    }
    return text.length() <= 255 ? "" : "A cookie has 255 characters at most";
  }

  private static String problemOfAuthority(String text) {
    return text.matches("[A-Za-z0-9_.-]*") ? "" : "Letters, digits, dots, _ and - only";
  }

  /** The node, if nothing is wrong with it. */
  Optional<NodeSettings> settings() {
    if (!fields().stream().allMatch(Field::isGood)) {
      return Optional.empty();
    }
    String label = name.text() + "@" + host.text();
    try {
      NodeSettings settings =
          host.text().contains(".") ? NodeSettings.longName(label) : NodeSettings.shortName(label);
      settings =
          settings
              .withCookie(cookie.text())
              .withKernel(
                  settings
                      .kernel()
                      .withStartPg(groups.get())
                      .withConnectAll(connectAll.get())
                      .withPreventOverlappingPartitions(preventOverlap.get()));
      for (Option option : connecting) {
        settings = option.in(settings);
      }
      for (Option option : limits) {
        settings = option.in(settings);
      }
      if (secure.get()) {
        String by = authority.text();
        settings = settings.with(PROTO_DIST, by.isEmpty() ? TLS : TLS + "/" + by);
      }
      return Optional.of(hidden.get() ? settings.hidden() : settings);
    } catch (BadSetup e) {
      name.refuse(e.getMessage());
      return Optional.empty();
    }
  }
}
