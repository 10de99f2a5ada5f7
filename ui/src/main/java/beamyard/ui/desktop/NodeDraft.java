package beamyard.ui.desktop;

import beamyard.simulator.BadSetup;
import beamyard.simulator.NodeSettings;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A node to be added: what is chosen so far, and for each field what is wrong with it. */
final class NodeDraft {
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy");

  private final List<String> taken;
  private final StringProperty name = new SimpleStringProperty(this, "name", "");
  private final StringProperty host = new SimpleStringProperty(this, "host", "localhost");
  private final StringProperty cookie = new SimpleStringProperty(this, "cookie", "beamyard");
  private final StringProperty tickTime = new SimpleStringProperty(this, "tickTime", "60");
  private final BooleanProperty hidden = new SimpleBooleanProperty(this, "hidden", false);
  private final BooleanProperty groups = new SimpleBooleanProperty(this, "groups", false);
  private final BooleanProperty connectAll = new SimpleBooleanProperty(this, "connectAll", true);
  private final BooleanProperty preventOverlap =
      new SimpleBooleanProperty(this, "preventOverlap", true);
  private final ReadOnlyStringWrapper nameProblem =
      new ReadOnlyStringWrapper(this, "nameProblem", "");
  private final ReadOnlyStringWrapper hostProblem =
      new ReadOnlyStringWrapper(this, "hostProblem", "");
  private final ReadOnlyStringWrapper cookieProblem =
      new ReadOnlyStringWrapper(this, "cookieProblem", "");
  private final ReadOnlyStringWrapper tickProblem =
      new ReadOnlyStringWrapper(this, "tickProblem", "");

  /**
   * @param taken labels of the nodes that are there
   */
  NodeDraft(List<String> taken) {
    this.taken = List.copyOf(taken);
    name.set(
        NAMES.stream()
            .filter(each -> taken.stream().noneMatch(label -> label.startsWith(each + "@")))
            .findFirst()
            .orElse("node" + (taken.size() + 1)));
    for (StringProperty field : List.of(name, host, cookie, tickTime)) {
      field.subscribe(this::check);
    }
  }

  StringProperty nameProperty() {
    return name;
  }

  StringProperty hostProperty() {
    return host;
  }

  StringProperty cookieProperty() {
    return cookie;
  }

  /** {@code net_ticktime}, in seconds. */
  StringProperty tickTimeProperty() {
    return tickTime;
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

  /** What is wrong with the name; empty if nothing is. */
  ReadOnlyStringProperty nameProblemProperty() {
    return nameProblem.getReadOnlyProperty();
  }

  ReadOnlyStringProperty hostProblemProperty() {
    return hostProblem.getReadOnlyProperty();
  }

  ReadOnlyStringProperty cookieProblemProperty() {
    return cookieProblem.getReadOnlyProperty();
  }

  ReadOnlyStringProperty tickProblemProperty() {
    return tickProblem.getReadOnlyProperty();
  }

  private void check() {
    nameProblem.set(problemOfName());
    hostProblem.set(problemOfHost());
    cookieProblem.set(problemOfCookie());
    tickProblem.set(problemOfTickTime());
  }

  private String problemOfName() {
    String text = name.get().strip();
    if (text.isEmpty()) {
      return "A node needs a name, such as alice";
    }
    if (!text.matches("[A-Za-z0-9_-]+")) {
      return "Letters, digits, _ and - only; the host goes below";
    }
    String label = text + "@" + host.get().strip();
    return taken.contains(label) ? label + " is there already" : "";
  }

  private String problemOfHost() {
    String text = host.get().strip();
    if (text.isEmpty()) {
      return "A node runs on a host, such as localhost";
    }
    return text.matches("[A-Za-z0-9_.-]+") ? "" : "Letters, digits, dots, _ and - only";
  }

  private String problemOfCookie() {
    String text = cookie.get();
    if (text.isEmpty()) {
      return "A cookie has at least one character";
    }
    return text.length() <= 255 ? "" : "A cookie has 255 characters at most";
  }

  private String problemOfTickTime() {
    String text = tickTime.get().strip();
    return text.matches("\\d{1,5}")
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= 86_400
        ? ""
        : "A whole number of seconds, 1 to 86400";
  }

  /** The node, if nothing is wrong with it. */
  Optional<NodeSettings> settings() {
    check();
    if (!nameProblem.get().isEmpty()
        || !hostProblem.get().isEmpty()
        || !cookieProblem.get().isEmpty()
        || !tickProblem.get().isEmpty()) {
      return Optional.empty();
    }
    String label = name.get().strip() + "@" + host.get().strip();
    try {
      NodeSettings settings =
          host.get().contains(".") ? NodeSettings.longName(label) : NodeSettings.shortName(label);
      settings =
          settings
              .withCookie(cookie.get())
              .withKernel(
                  settings
                      .kernel()
                      .withNetTickTime(Integer.parseInt(tickTime.get().strip()))
                      .withStartPg(groups.get())
                      .withConnectAll(connectAll.get())
                      .withPreventOverlappingPartitions(preventOverlap.get()));
      return Optional.of(hidden.get() ? settings.hidden() : settings);
    } catch (BadSetup e) {
      nameProblem.set(e.getMessage());
      return Optional.empty();
    }
  }
}
