package beamyard.ui.terminal;

import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Transcript;
import beamyard.lessons.script.TranscriptPlayer;
import beamyard.lessons.script.TranscriptPlayer.Mismatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: runs conformance transcripts on simulated nodes and compares. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Runs transcripts (.iexs) recorded on real nodes; prints a diff for each that differs.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Transcripts, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--seeds",
      paramLabel = "N|A..B",
      defaultValue = "1",
      description = "Seeds to run each file with.")
  private SeedRange seeds;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Transcript> transcripts = new ArrayList<>();
    for (Path path : files()) {
      Transcript transcript = Transcript.parse(path.toString(), read(path));
      if (transcript.steps().isEmpty()) {
        throw new ScriptProblem(
            path.toString(),
            0,
            "is no transcript: an input begins with a node's prompt, as in 'alice> Node.list()'");
      }
      transcripts.add(transcript);
    }
    int passed = 0;
    int failed = 0;
    for (Transcript transcript : transcripts) {
      for (long seed : seeds.values()) {
        List<Mismatch> mismatches = play(transcript, seed);
        if (mismatches.isEmpty()) {
          passed++;
          out.println("ok      " + transcript.file() + seedNote(seed));
        } else {
          failed++;
          out.println("FAILED  " + transcript.file() + seedNote(seed));
          mismatches.forEach(mismatch -> print(out, transcript.file(), mismatch));
        }
        out.flush();
      }
    }
    out.println(passed + " passed, " + failed + " failed");
    out.flush();
    return failed == 0 ? Beamyard.WELL : Beamyard.FAILED;
  }

  private static List<Mismatch> play(Transcript transcript, long seed) {
    return TranscriptPlayer.play(transcript, SimulatedStage.withSeed(seed));
  }

  private String seedNote(long seed) {
    return seeds.values().size() == 1 ? "" : "  (seed " + seed + ")";
  }

  private static void print(PrintWriter out, String file, Mismatch mismatch) {
    out.println(
        "  "
            + file
            + ":"
            + mismatch.line()
            + (mismatch.node().isEmpty() ? "" : "  at " + mismatch.node()));
    if (mismatch.node().isEmpty()) {
      mismatch.actual().forEach(line -> out.println("    " + line));
    } else {
      mismatch.expected().forEach(line -> out.println("    - " + line));
      mismatch.actual().forEach(line -> out.println("    + " + line));
    }
  }

  private List<Path> files() {
    var files = new ArrayList<Path>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> walk = Files.walk(path)) {
          walk.filter(file -> file.toString().endsWith(".iexs")).sorted().forEach(files::add);
        } catch (IOException e) {
          throw new ScriptProblem(path.toString(), 0, "cannot be read: " + e.getMessage());
        }
      } else {
        files.add(path);
      }
    }
    if (files.isEmpty()) {
      throw new ScriptProblem(paths.getFirst().toString(), 0, "holds no .iexs file");
    }
    return files;
  }

  /** The text of a file that the user named; {@link ScriptProblem} if there is none. */
  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (MalformedInputException e) {
      throw new ScriptProblem(path.toString(), 0, "is not UTF-8 text");
    } catch (IOException e) {
      throw new ScriptProblem(
          path.toString(), 0, Files.exists(path) ? "cannot be read" : "no such file");
    }
  }
}
