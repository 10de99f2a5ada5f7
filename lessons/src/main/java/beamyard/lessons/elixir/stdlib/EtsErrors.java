package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.jspecify.annotations.Nullable;

/** Why a function of {@code ets} refused its arguments: {@code erl_stdlib_errors:format_error}, as far as it is about tables. */
final class EtsErrors {
  private static final Atom CAUSE = Atom.of("cause");

  private EtsErrors() {}

  /** The innermost entry of the stack trace. */
  static Term entry(String function, Term[] arguments, @Nullable String cause) {
    MapTerm info = MapTerm.of(Atom.of("module"), Atom.of("erl_stdlib_errors"));
    MapTerm told = cause == null ? info : info.put(CAUSE, Atom.of(cause));
    return Tuple.of(
        Atom.of("ets"),
        Atom.of(function),
        ListTerm.of(arguments),
        ListTerm.of(Tuple.of(Atom.of("error_info"), told)));
  }

  /** A map of argument numbers to texts; empty for what is not explained. */
  static MapTerm explain(Term stacktrace) {
    MapTerm texts = MapTerm.EMPTY;
    if (!(stacktrace instanceof Cons trace
        && trace.head() instanceof Tuple entry
        && entry.size() == 4
        && entry.get(0) == Atom.of("ets")
        && entry.get(2) instanceof ListTerm list)) {
      return texts;
    }
    String cause =
        Arguments.option(entry.get(3), "error_info", MapTerm.EMPTY) instanceof MapTerm info
                && info.get(CAUSE) instanceof Atom atom
            ? atom.name()
            : "";
    String function = ((Atom) entry.get(1)).name();
    Term[] arguments = list.toList().toArray(Term[]::new);
    String[] explained = texts(function, arguments, cause);
    for (int i = 0; i < explained.length; i++) {
      if (explained[i] != null) {
        texts = texts.put(SmallInt.of(i + 1), Bits.of(explained[i]));
      }
    }
    return texts;
  }

  /** The explanation as Elixir gives it; nil if there is none. */
  static Term text(Term stacktrace) {
    var lines = new StringBuilder();
    for (MapTerm.Entry entry : explain(stacktrace)) {
      int number = Arguments.size(entry.key());
      String ordinal = number + (number == 1 ? "st" : number == 2 ? "nd" : "rd");
      lines
          .append("  * ")
          .append(ordinal)
          .append(" argument: ")
          .append(Arguments.text(entry.value()))
          .append('\n');
    }
    return lines.isEmpty()
        ? Atom.NIL
        : Bits.of("errors were found at the given arguments:\n\n" + lines);
  }

  private static @Nullable String[] texts(String function, Term[] a, String cause) {
    String table =
        switch (cause) {
          case "id" -> "the table identifier does not refer to an existing ETS table";
          case "access" ->
              "the table identifier refers to an ETS table with insufficient access rights";
          case "not_owner" ->
              "the table identifier refers to a table not owned by the current process";
          case "table_type" ->
              "the table identifier refers to an ETS table of a type not supported by this operation";
          case "type" -> "not an atom or a table identifier";
          case "taken" -> "table name already exists";
          default -> null;
        };
    String second = cause.equals("badkey") ? "not a key that exists in the table" : null;
    String third =
        switch (cause) {
          case "keypos" -> "the position is the same as the key position";
          case "position" -> "the position in the update operation is out of range";
          default -> null;
        };
    switch (function) {
      case "new" -> {
        if (table == null) {
          return a[0] instanceof Atom
              ? of(null, "invalid options", null)
              : of("not an atom", null, null);
        }
      }
      case "insert", "insert_new" -> second = notObjects(a[1]);
      case "setopts" -> second = cause.isEmpty() ? "invalid options" : null;
      case "delete_object" -> second = a[1] instanceof Tuple ? null : "not a tuple";
      case "lookup_element" -> {
        if (cause.isEmpty()) {
          third =
              a[2] instanceof SmallInt position && position.value() > 0
                  ? "position is greater than the size of the object"
                  : a[2] instanceof SmallInt ? "out of range" : "not an integer";
        }
      }
      case "next", "prev" -> second = cause.isEmpty() ? "not a key that exists in the table" : null;
      case "update_counter" -> {
        if (cause.isEmpty()) {
          third = "the value in the given position, in the object, is not an integer";
        }
      }
      case "update_element" -> {
        if (cause.isEmpty()) {
          third = "is not a valid element specification";
        }
      }
      case "select", "select_count", "select_delete", "select_reverse" ->
          second = cause.isEmpty() ? "not a valid match specification" : null;
      case "info" -> second = "not a valid info item";
      case "whereis" -> table = "invalid table name (must be an atom)";
      case "rename" -> {
        if (cause.isEmpty()) {
          second = a[1] instanceof Atom ? "table name already exists" : "not an atom";
        }
      }
      case "give_away" ->
          second =
              switch (cause) {
                case "owner" -> "the process is already the owner of the table";
                case "not_alive" -> "the pid refers to a terminated process";
                case "" -> "not a pid";
                default -> null;
              };
      default -> {}
    }
    return of(table, second, third);
  }

  private static @Nullable String[] of(
      @Nullable String first, @Nullable String second, @Nullable String third) {
    return new String[] {first, second, third};
  }

  private static @Nullable String notObjects(Term objects) {
    if (objects instanceof Tuple tuple) {
      return tuple.size() == 0 ? "is an empty tuple" : null;
    }
    if (!(objects instanceof ListTerm list)) {
      return "not a tuple";
    }
    if (!list.isProper()) {
      return "not a proper list";
    }
    boolean good =
        list.toList().stream().allMatch(it -> it instanceof Tuple tuple && tuple.size() > 0);
    return good ? null : "not a non-empty tuple or a list of non-empty tuples";
  }
}
