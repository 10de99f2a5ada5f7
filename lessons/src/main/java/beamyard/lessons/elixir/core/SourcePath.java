package beamyard.lessons.elixir.core;

/** The names of source files as errors and stack traces show them. */
public final class SourcePath {
  /** Where every node is started: files below it are named from there. */
  public static final String HOME = "/home/learner";

  private SourcePath() {}

  /** A file as it is shown: relative to where the node was started, if it is below. */
  public static String shown(String file) {
    return file.startsWith(HOME + "/") ? file.substring(HOME.length() + 1) : file;
  }
}
