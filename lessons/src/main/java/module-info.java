/** Elixir in the yard: the language, IEx, lesson pages and the player. */
module beamyard.lessons {
  requires transitive beamyard.simulator;
  requires org.snakeyaml.engine.v2;

  exports beamyard.lessons.elixir.formatter;
  exports beamyard.lessons.elixir.inspect;
  exports beamyard.lessons.elixir.syntax;
  exports beamyard.lessons.exploration;
  exports beamyard.lessons.oracle;
  exports beamyard.lessons.script;
  exports beamyard.lessons.shell;
}
