package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;

/** What is to be said of a clause of a function when it is defined: where it stands, its defaults, its attributes. */
final class ClauseWarnings {
  private static final String HEADER_FIRST =
      "Instead of:\n\n    def foo(:first_clause, b \\\\ :default) do ... end\n    def foo(:second_clause, b) do ... end\n\n"
          + "one should write:\n\n    def foo(a, b \\\\ :default)\n    def foo(:first_clause, b) do ... end\n"
          + "    def foo(:second_clause, b) do ... end\n";

  private final Modules modules;
  private final ModuleNotes notes;
  private final Environment env;
  private final Definer definer;

  ClauseWarnings(Modules modules, ModuleNotes notes, Environment env, Definer definer) {
    this.modules = modules;
    this.notes = notes;
    this.env = env;
    this.definer = definer;
  }

  /**
   * A clause, or a head without a body, is about to be added to a definition.
   *
   * @param before what there is of the definition so far
   */
  void added(Definition before, NameArity name, int defaults, int line, boolean hasBody) {
    NameArity last = notes.last().orElse(name);
    String known = definer.text() + " " + name;
    if (!last.equals(name) && !notes.isGenerated(name)) {
      String what =
          last.name() == name.name()
              ? "clauses with the same name"
              : "clauses with the same name and arity (number of arguments)";
      tell(
          line,
          what
              + " should be grouped together, \""
              + known
              + "\" was previously defined ("
              + env.file()
              + ":"
              + before.line()
              + ")");
    } else if (!hasBody && !before.clauses().isEmpty()) {
      tell(
          line,
          "function head for "
              + known
              + " must come at the top of its direct implementation. Instead of:\n\n    def add(a, b), do: a + b\n"
              + "    def add(a, b)\n\none should write:\n\n    def add(a, b)\n    def add(a, b), do: a + b\n");
    }
    boolean lateDefaults = defaults > 0 && !before.clauses().isEmpty() && before.defaults() == 0;
    boolean earlyDefaults =
        defaults == 0
            && before.defaults() > 0
            && before.clauses().size() == 1
            && hasBody
            && before.hasDefaultsInClause();
    if (lateDefaults || earlyDefaults) {
      tell(
          line,
          known
              + " has multiple clauses and also declares default values. In such cases, the default values should be"
              + " defined in a header. "
              + HEADER_FIRST);
    }
  }

  /** A private definition takes {@code @doc}. */
  void documented(NameArity name, Environment inFunction) {
    int line = notes.lineOf("doc");
    if (line > 0 && !definer.isPublic()) {
      modules.warn(
          Warning.in(
              inFunction,
              line,
              definer.text()
                  + " "
                  + name
                  + " is private, @doc attribute is always discarded for private functions/macros/types"));
    }
  }

  /** An attribute is set again that nobody has taken yet. */
  static void attributeAgain(
      Modules modules, Environment env, Atom attribute, Term value, int line, int before) {
    boolean isText = attribute.name().matches("doc|moduledoc|typedoc");
    if (isText && before > 0 && value != Atom.NIL) {
      modules.warn(
          Warning.ofModule(
              env,
              line,
              "redefining @" + attribute.name() + " attribute previously set at line " + before));
    }
  }

  private void tell(int line, String message) {
    modules.warn(Warning.atLine(env, line, message));
  }
}
