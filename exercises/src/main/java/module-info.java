/** Exercises and their grader. */
module beamyard.exercises {
  requires transitive beamyard.lessons;
  requires org.snakeyaml.engine.v2;

  exports beamyard.exercises;
}
