package beamyard.ui.desktop.map;

import beamyard.ui.desktop.run.YardFile;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Point2D;

/**
 * Where nodes stand: on an ellipse, those of one side of a partition next to each other, until they are dragged elsewhere. Places
 * are in units of a map of {@code width} by {@code height} around (0, 0).
 */
final class MapLayout {
  private static final int MOST_UNDONE = 50;

  /** Two nodes alone stand no further than this from the middle: packets between them are followed more easily. */
  private static final double PAIR = 250;

  /** A map of this size needs no larger nodes than usual. */
  private static final double USUAL_WIDTH = 1000;

  private static final double USUAL_HEIGHT = 460;
  private static final double MOST_MAGNIFICATION = 1.5;
  private static final int MOST_MAGNIFIED = 12;

  /** How many times wider than high the ellipse may be. */
  private static final double FLATNESS = 2.1;

  /** Nearer to the middle than this a node has no direction to speak of. */
  private static final double NEAR_MIDDLE = 40;

  /** Nearer than this a node is where it should be. */
  private static final double THERE = 0.5;

  private final Map<String, Point2D> pinned = new LinkedHashMap<>();
  private final Deque<Map<String, Point2D>> pinnedBefore = new ArrayDeque<>();

  /** Places for nodes that are not there yet. */
  private final Map<String, Point2D> awaited = new LinkedHashMap<>();

  private final Map<String, Point2D> places = new LinkedHashMap<>();
  private final Map<String, Point2D> goals = new LinkedHashMap<>();
  private List<String> labels = List.of();
  private List<List<String>> sides = List.of();
  private double width = 800;
  private double height = 400;
  private double textScale = 1;

  /** Whether text, and nodes with it, is larger or smaller than before; 1 is its usual size. */
  boolean setTextScale(double scale) {
    if (textScale == scale) {
      return false;
    }
    textScale = scale;
    arrange();
    places.putAll(goals);
    return true;
  }

  /** Whether the map's size is another. */
  boolean setSize(double newWidth, double newHeight) {
    if (width == newWidth && height == newHeight) {
      return false;
    }
    width = newWidth;
    height = newHeight;
    arrange();
    places.putAll(goals);
    return true;
  }

  /** On a large map of few nodes each is larger, by up to a half. */
  double magnification() {
    double room = Math.min(width / USUAL_WIDTH, height / USUAL_HEIGHT) / textScale;
    return labels.size() > MOST_MAGNIFIED ? 1 : Math.clamp(room, 1, MOST_MAGNIFICATION);
  }

  /** From now on there are these nodes. */
  void arrange(List<String> all, List<List<String>> inSides) {
    labels = all;
    sides = inSides;
    arrange();
  }

  private void arrange() {
    List<String> order = sides.isEmpty() ? labels : sides.stream().flatMap(List::stream).toList();
    goals.keySet().retainAll(order);
    places.keySet().retainAll(order);
    pinned.keySet().retainAll(order);
    for (String label : order) {
      Point2D place = awaited.remove(label);
      if (place != null) {
        pinned.put(label, place);
        places.put(label, place);
      }
    }
    int count = order.size();
    double gaps = sides.size() * 0.6;
    double margin = magnification() * textScale;
    double high = Math.max(40, height / 2 - 70 * margin);
    double wide =
        Math.max(
            60, Math.min(width / 2 - 100 * margin, count == 2 ? PAIR * margin : high * FLATNESS));
    double first = count == 2 ? Math.PI : -Math.PI / 2;
    if (!sides.isEmpty()) {
      // the sides face each other
      first = Math.PI - Math.PI * (sides.getFirst().size() - 1) / (count + gaps);
    }
    int index = 0;
    double slot = 0;
    for (String label : order) {
      double angle = first + 2 * Math.PI * slot / Math.max(1, count + gaps);
      Point2D goal =
          count == 1 ? Point2D.ZERO : new Point2D(wide * Math.cos(angle), high * Math.sin(angle));
      goals.put(label, pinned.getOrDefault(label, goal));
      places.putIfAbsent(label, goals.get(label));
      index++;
      slot += endsSide(index) ? 1.6 : 1;
    }
  }

  private boolean endsSide(int count) {
    int sum = 0;
    for (List<String> side : sides) {
      sum += side.size();
      if (sum == count) {
        return true;
      }
    }
    return false;
  }

  /** Where a node stands now; the middle for one that is not on the map. */
  Point2D placeOf(String label) {
    return places.getOrDefault(label, Point2D.ZERO);
  }

  /** Puts a node somewhere, where it stays. */
  void pin(String label, Point2D place) {
    pinned.put(label, place);
    goals.put(label, place);
    places.put(label, place);
  }

  boolean isPinned(String label) {
    return pinned.containsKey(label);
  }

  /** Where nodes were put. */
  Map<String, Point2D> pins() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(pinned));
  }

  /** Puts nodes somewhere, those that are not there yet as soon as they are. */
  void awaitAt(List<YardFile.Place> all) {
    pinned.clear();
    pinnedBefore.clear();
    awaited.clear();
    all.forEach(each -> awaited.put(each.node(), new Point2D(each.x(), each.y())));
    arrange();
  }

  /** From now on something is put elsewhere, which can be undone in one go. */
  void beginChange() {
    pinnedBefore.push(new LinkedHashMap<>(pinned));
    if (pinnedBefore.size() > MOST_UNDONE) {
      pinnedBefore.removeLast();
    }
  }

  /** Undoes the last change of places; whether there was one. */
  boolean undo() {
    if (pinnedBefore.isEmpty()) {
      return false;
    }
    pinned.clear();
    pinned.putAll(pinnedBefore.pop());
    arrange();
    return true;
  }

  /** Lets all nodes go back to where the map would put them; whether any was elsewhere. */
  boolean unpinAll() {
    if (pinned.isEmpty()) {
      return false;
    }
    beginChange();
    pinned.clear();
    arrange();
    return true;
  }

  /**
   * Moves nodes some way to where they should be.
   *
   * @param share of the rest of the way, from 0 to 1
   * @return whether any has moved
   */
  boolean move(double share) {
    boolean moved = false;
    for (Map.Entry<String, Point2D> each : goals.entrySet()) {
      Point2D goal = each.getValue();
      Point2D place = places.getOrDefault(each.getKey(), goal);
      if (place.equals(goal)) {
        continue;
      }
      boolean there = place.distance(goal) <= THERE;
      boolean straight = isPinned(each.getKey());
      places.put(
          each.getKey(),
          there || share >= 1
              ? goal
              : straight ? place.interpolate(goal, share) : around(place, goal, share));
      moved |= !there;
    }
    return moved;
  }

  /** Some way along the ellipse: straight on, nodes that change sides would meet in the middle. */
  private static Point2D around(Point2D place, Point2D goal, double share) {
    double radius = Math.hypot(place.getX(), place.getY() * FLATNESS);
    double wanted = Math.hypot(goal.getX(), goal.getY() * FLATNESS);
    if (radius < NEAR_MIDDLE || wanted < NEAR_MIDDLE) {
      return place.interpolate(goal, share);
    }
    double angle = Math.atan2(place.getY() * FLATNESS, place.getX());
    double turn =
        Math.IEEEremainder(Math.atan2(goal.getY() * FLATNESS, goal.getX()) - angle, 2 * Math.PI);
    double next = angle + turn * share;
    double away = radius + (wanted - radius) * share;
    return new Point2D(away * Math.cos(next), away * Math.sin(next) / FLATNESS);
  }
}
