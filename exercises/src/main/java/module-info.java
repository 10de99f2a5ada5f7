/** Exercises and their grader. */
module beamyard.exercises {
  requires transitive beamyard.lessons;
  requires com.fasterxml.jackson.jr.ob;
  requires java.compiler;
  requires java.xml;
  requires org.snakeyaml.engine.v2;

  exports beamyard.exercises;
  exports beamyard.exercises.straight;
}
