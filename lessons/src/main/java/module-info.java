/** Elixir in the yard: the language, IEx, lesson pages and the player. */
module beamyard.lessons {
  requires transitive beamyard.simulator;
  requires org.commonmark;
  requires org.snakeyaml.engine.v2;
  requires org.commonmark.ext.gfm.tables;

  exports beamyard.lessons.elixir.syntax;
}
