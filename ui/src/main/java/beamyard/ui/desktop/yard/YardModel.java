package beamyard.ui.desktop.yard;

import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.ui.desktop.run.Command;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.Remove;
import beamyard.ui.desktop.run.Command.RemoveHost;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.run.Traffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The yard as the window has it: what was published last, and commands, which return at once. Of the JavaFX thread. */
public final class YardModel implements AutoCloseable {
  private static final long SEED = 1;
  private static final String COOKIE = "beamyard";
  private static final long COMPLETION_LIMIT_MILLIS = 500;
  private static final long CONNECT_LIMIT_MILLIS = 10_000;

  private final ReadOnlyObjectWrapper<Update> update =
      new ReadOnlyObjectWrapper<>(this, "update", Update.EMPTY);
  private final RunLog log = new RunLog();
  private final Traffic traffic = new Traffic();
  private final Selection selection = new Selection();
  private final ObservableList<ShellModel> shells = FXCollections.observableArrayList();
  private final ObservableList<ShellModel> shownShells =
      FXCollections.unmodifiableObservableList(shells);
  private final Map<String, ShellModel> shellsByNode = new LinkedHashMap<>();

  /** The nodes whose shells are shown. */
  private final Set<String> listed = new HashSet<>();

  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final BooleanProperty paused = new SimpleBooleanProperty(this, "paused", false);
  private final DoubleProperty speed = new SimpleDoubleProperty(this, "speed", 1);
  private final Map<Object, Set<String>> watched = new LinkedHashMap<>();
  private final YardThread thread;
  private long shownRun;

  public YardModel() {
    thread =
        new YardThread(
            SEED,
            next -> Platform.runLater(() -> apply(next)),
            what -> Platform.runLater(() -> problem.set(what)));
    paused.subscribe(this::changeFlow);
    speed.subscribe(this::changeFlow);
  }

  /** Lets the yard's time begin. */
  public void open() {
    thread.open();
  }

  @Override
  public void close() {
    thread.close();
  }

  /** The yard at the time cursor. */
  public ReadOnlyObjectProperty<Update> updateProperty() {
    return update.getReadOnlyProperty();
  }

  /** What the yard published last. */
  public Update update() {
    return update.get();
  }

  /** What has happened, up to the instant that is shown. */
  public RunLog log() {
    return log;
  }

  /** What went between nodes up to the time cursor. */
  public Traffic traffic() {
    return traffic;
  }

  /** What is selected, the same in every view. */
  public Selection selection() {
    return selection;
  }

  /** A shell for every node, in the order in which the nodes were added. */
  public ObservableList<ShellModel> shells() {
    return shownShells;
  }

  /** What went wrong last; empty if nothing did, or it was seen. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Shows a banner with this sentence until it is dismissed. */
  public void tell(String what) {
    problem.set(what);
  }

  /** Takes the banner away. */
  public void dismissProblem() {
    problem.set("");
  }

  public BooleanProperty pausedProperty() {
    return paused;
  }

  /** How many virtual seconds a second of the wall has. */
  public DoubleProperty speedProperty() {
    return speed;
  }

  private void changeFlow() {
    thread.setFlow(paused.get() ? 0 : speed.get());
  }

  /** The node of a label at the time cursor, if it is there. */
  public Optional<NodeSeen> node(String label) {
    return update.get().observation().nodes().stream()
        .filter(node -> node.label().equals(label))
        .findFirst();
  }

  /** The thread on which the yard lives, for what plays in it. */
  public YardThread thread() {
    return thread;
  }

  /** The labels of the nodes at the time cursor, in the order in which they were added. */
  public List<String> labels() {
    return labels(update.get());
  }

  private static List<String> labels(Update of) {
    return of.observation().nodes().stream().map(NodeSeen::label).toList();
  }

  // Commands.

  /** Starts nodes with short names and, once they are up, connects the first to the others. */
  public void addConnected(List<String> labels) {
    List<NodeSettings> nodes =
        labels.stream()
            .filter(label -> !labels().contains(label))
            .map(label -> NodeSettings.shortName(label).withCookie(COOKIE))
            .toList();
    CompletableFuture<?> done = thread.undertake(new Errands.Starting(nodes));
    for (String other : labels.subList(1, labels.size())) {
      var connecting =
          new Errands.Typing(
              labels.getFirst(),
              connecting(other),
              CONNECT_LIMIT_MILLIS,
              Errands.Terminal.SHOWN,
              YardThread.Haste.AS_SHOWN);
      done = done.thenCompose(_ -> thread.undertake(connecting));
    }
  }

  /** Starts a node. */
  public void addNode(NodeSettings settings) {
    obey(new StartNode(settings));
  }

  /** Types {@code Node.connect} at the first node's shell. */
  public void connect(String from, String to) {
    type(from, connecting(to));
  }

  private static String connecting(String to) {
    return "Node.connect(" + atom(to) + ")";
  }

  /** Types {@code Node.disconnect} at the first node's shell. */
  public void disconnect(String from, String to) {
    type(from, "Node.disconnect(" + atom(to) + ")");
  }

  /** Types a line at a node's shell. */
  public void type(String node, String text) {
    obey(new Type(node, text));
  }

  /** Completes a line at a node's shell; what is bound there and the modules of its own are looked up in a copy of the yard. */
  CompletableFuture<Completion> complete(String node, String line) {
    Completion.Wanted wanted = Completion.wanted(line);
    return thread
        .look(run -> Errands.printedNow(run, node, wanted.question(), COMPLETION_LIMIT_MILLIS))
        .thenApplyAsync(
            printed -> Completion.of(wanted, printed.lines().toList()), Platform::runLater);
  }

  /** What is done in the past begins a branch, whose time flows. */
  private void obey(Command command) {
    if (update.get().isPast()) {
      paused.set(false);
    }
    thread.obey(command);
  }

  /** Breaks something, or mends it. */
  public void inflict(Fault fault) {
    obey(new Inflict(fault));
  }

  /** Takes nodes away for good. */
  public void remove(Collection<String> labels) {
    selection.clear();
    labels.forEach(label -> obey(new Remove(label)));
  }

  /** Takes a host away for good, with all its nodes. */
  public void removeHost(String host) {
    remove(
        update.get().observation().nodes().stream()
            .filter(node -> node.host().equals(host))
            .map(NodeSeen::label)
            .toList());
    obey(new RemoveHost(host));
  }

  /** Leaves all there is for an empty yard. */
  public void begin() {
    selection.clear();
    thread.begin(SEED);
  }

  /** An atom as Elixir writes it. */
  public static String atom(String name) {
    return name.matches("[a-z_][A-Za-z0-9_@]*[!?]?") ? ":" + name : ":\"" + name + "\"";
  }

  /** Says into which nodes a view looks; into none when it is not looked at. */
  public void watch(Object view, Collection<String> nodes) {
    Set<String> before = watched.put(view, new LinkedHashSet<>(nodes));
    if (!nodes.equals(before)) {
      var all = new LinkedHashSet<String>();
      watched.values().forEach(all::addAll);
      thread.watch(all);
    }
  }

  // What the yard tells.

  /** Shows what the yard published. */
  void apply(Update next) {
    thread.applied();
    boolean anew = next.run() != shownRun;
    if (anew) {
      shownRun = next.run();
      shells.clear();
      shellsByNode.clear();
      listed.clear();
    }
    Map<String, List<Printed>> texts = new LinkedHashMap<>();
    next.printed()
        .forEach(each -> texts.computeIfAbsent(each.node(), _ -> new ArrayList<>()).add(each));
    for (NodeSeen node : next.observation().nodes()) {
      texts.putIfAbsent(node.label(), List.of());
    }
    texts.forEach((label, more) -> shell(label).show(more, next.cursor()));
    Set<String> up = new HashSet<>();
    for (NodeSeen node : next.observation().nodes()) {
      if (node.isUp()) {
        up.add(node.label());
      }
    }
    if (!next.isPast()) {
      // a node that is not there now was removed for good
      listed.retainAll(new HashSet<>(labels(next)));
      shells.removeIf(shell -> !listed.contains(shell.node()));
    }
    for (ShellModel shell : shells) {
      if (!texts.containsKey(shell.node())) {
        shell.show(List.of(), next.cursor());
      }
      shell.atPrompt(next.prompts().getOrDefault(shell.node(), ""), up.contains(shell.node()));
    }
    if (anew) {
      log.beginAnew(next.happenings());
    } else {
      log.add(next.happenings());
    }
    traffic.follow(log, next.run(), next.cursor());
    update.set(next);
  }

  private ShellModel shell(String label) {
    ShellModel its =
        shellsByNode.computeIfAbsent(
            label,
            _ -> new ShellModel(label, code -> type(label, code), line -> complete(label, line)));
    if (listed.add(label)) {
      shells.add(its);
    }
    return its;
  }
}
