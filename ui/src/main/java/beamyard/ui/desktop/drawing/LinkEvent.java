package beamyard.ui.desktop.drawing;

import javafx.event.Event;
import javafx.event.EventType;

/** A link in a text was followed. Goes up from the text to the window, which knows what opens. */
public final class LinkEvent extends Event {
  private static final long serialVersionUID = 1;

  /** A link of a page was followed. */
  public static final EventType<LinkEvent> FOLLOWED = new EventType<>(Event.ANY, "LINK_FOLLOWED");

  private final String destination;

  LinkEvent(String destination) {
    super(FOLLOWED);
    this.destination = destination;
  }

  /** What the link names: a lesson, {@code cookies.md}, a recording, {@code second-night.yard}, or a page of the web. */
  public String destination() {
    return destination;
  }
}
