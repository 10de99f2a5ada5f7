/** Exercises and their grader. */
module beamyard.exercises {
  requires transitive beamyard.lessons;
}
