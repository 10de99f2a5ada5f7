package beamyard.ui.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@code jpackage} of a JDK that Beamyard can run on, with the arguments it is given: that of an older default JDK would put
 * its own Java into the image.
 */
public final class ApplicationImage {
  private static final int UNUSABLE = 2;

  private ApplicationImage() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<Path> java =
        Runtime.version().feature() >= InstalledJava.NEEDED
            ? Optional.of(InstalledJava.running())
            : InstalledJava.newest();
    if (java.isEmpty()) {
      System.err.println("beamyard: an application image needs a JDK " + InstalledJava.NEEDED);
      System.exit(UNUSABLE);
    }
    List<String> command = new ArrayList<>();
    command.add(java.get().resolveSibling("jpackage").toString());
    command.addAll(List.of(arguments));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
