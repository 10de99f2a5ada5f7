package beamyard.lessons.elixir.core;

import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/** What a value is matched against. A variable that stands twice in the patterns of one clause must match equally. */
public sealed interface Pattern {
  /** Matches anything: {@code _}. */
  record Any() implements Pattern {}

  /** Binds a variable at its first place, compares at others. */
  record Bind(Variable variable) implements Pattern {}

  /** Exactly this term. */
  record Exactly(Term value) implements Pattern {}

  /** {@code ^variable}, or any expression allowed in its place: compared exactly with its value before the match. */
  record Pinned(Core value) implements Pattern {}

  record OfTuple(List<Pattern> elements) implements Pattern {}

  record OfCons(Pattern head, Pattern tail) implements Pattern {}

  /** A map with at least these keys; a key is a literal or pinned expression. */
  record OfMap(List<KeyPattern> pairs) implements Pattern {}

  record KeyPattern(Core key, Pattern value) {}

  record OfBits(List<SegmentPattern> segments) implements Pattern {}

  /** A segment; its size may use variables bound by earlier segments or before the match. */
  record SegmentPattern(
      Pattern value,
      Core.Type type,
      Optional<Core> size,
      int unit,
      Core.Sign sign,
      Core.Endian endian) {}

  /** {@code left = right} inside a pattern: both match. */
  record Both(Pattern left, Pattern right) implements Pattern {}
}
