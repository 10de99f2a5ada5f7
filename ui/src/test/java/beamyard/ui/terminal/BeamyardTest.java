package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class BeamyardTest {
  @TempDir private Path folder;

  private record Ran(int status, List<String> out, List<String> err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status = Beamyard.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ran(status, out.toString().lines().toList(), err.toString().lines().toList());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static void assertUnusable(Ran ran, String... parts) {
    assertThat(ran.status).as(ran.toString()).isEqualTo(Beamyard.UNUSABLE);
    assertThat(ran.err).hasSize(1);
    assertThat(ran.err.getFirst()).contains(parts);
    assertThat(ran.out).isEmpty();
  }

  @Test
  void aCommandIsCalledByItsNameAndAllAreInTheHelp() {
    String help = String.join("\n", run("--help").out);
    Beamyard.COMMANDS.forEach(
        (name, command) -> {
          assertThat(command.getAnnotation(Command.class).name()).isEqualTo(name);
          assertThat(help).contains("\n  " + name + " ");
          assertThat(run(name, "--help").out.getFirst()).startsWith("Usage: beamyard " + name);
        });
    assertUnusable(run("chekc"), "'chekc'");
  }

  @Test
  void aFileThatIsNotThereIsToldInOneLine() {
    String missing = folder.resolve("missing").toString();
    for (String command : List.of("check", "play", "replay", "run")) {
      assertUnusable(run(command, missing), missing + ": no such file");
    }
  }

  @Test
  void aFolderInPlaceOfAFileIsToldInOneLine() {
    for (String command : List.of("play", "replay", "run")) {
      assertUnusable(run(command, folder.toString()), folder + ": cannot be read");
    }
    assertUnusable(run("check", folder.toString()), "holds no .iexs file");
  }

  @Test
  void aFileThatIsNoTextIsToldInOneLine() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertUnusable(run("check", binary.toString()), "is not UTF-8 text");
  }

  @Test
  void boundsOfAnExplorationThatCannotBeAreToldInOneLine() throws IOException {
    String program = file("program.exs", "Sandbox.always(\"it holds\", fn -> true end)\n");
    assertUnusable(run("explore", program, "--exhaustive", "--steps", "0"), "--steps: '0'");
    assertUnusable(run("explore", program, "--exhaustive", "--longest", "-3"), "--longest: '-3'");
    String century = "3153600000";
    assertUnusable(run("explore", program, "--longest", century), "--longest: '" + century + "'");
  }

  @Test
  void aFileWithoutAnInputIsNoTranscript() throws IOException {
    assertUnusable(run("check", file("code.exs", "x = 1\n")), "code.exs: is no transcript");
  }

  @Test
  void aRecordingIsNotPlayedAsAPage() throws IOException {
    String recording = file("run.yard", "beamyard recording 1\npage: p\n");
    assertUnusable(run("play", recording, "--auto"), "run.yard:1: is a recording", "replay");
  }

  @Test
  void aRecordingThatEndsTooEarlySaysWhere() throws IOException {
    String recording = file("run.yard", "beamyard recording 1\npage: p\nseed: 7\n");
    assertUnusable(run("replay", recording), "run.yard:3: is cut off here");
  }

  @Test
  void aBenchmarkThatIsNotThereIsToldInOneLine() {
    assertUnusable(run("bench", "speed"), "'speed'", "engine", "messages", "start");
    assertUnusable(run("bench", "engine", "--clock", "moon"), "moon");
  }

  @Test
  void aSeedThatIsNoNumberIsToldInOneLine() throws IOException {
    String transcript = file("t.iexs", "# nodes: none\n");
    for (String seeds : List.of("x", "1..", "3..1", "1..2..3", "")) {
      assertUnusable(run("check", "--seeds", seeds, transcript), "--seeds", "such as 1..20");
    }
    assertUnusable(run("play", "--seed", "x", transcript), "--seed", "'x'");
    assertUnusable(run("run", "--seed", "1.5", transcript), "--seed", "'1.5'");
  }

  @Test
  void anUnknownDirectiveIsToldWithFileAndLine() throws IOException {
    String transcript = file("t.iexs", "alice> 1\n1\n\n! explode\n");
    assertUnusable(run("check", transcript), transcript + ":4: unknown directive '! explode'");
  }

  @Test
  void aNameThatNoNodeCanHaveIsToldInOneLine() throws IOException {
    String script = file("s.exs", "1");
    assertUnusable(run("run", "--nodes", "al ice", script), "--nodes", "'al ice' is no node name");
    assertUnusable(run("run", "--nodes", "alice,", script), "--nodes", "is no node name");
    assertUnusable(run("run", "--nodes", ",", script), "--nodes", "is no node name");
    assertUnusable(run("run", "--nodes", "bob,bob@localhost", script), "--nodes", "is named twice");
  }

  @Test
  void aBrokenRecordingIsToldInOneLine() throws IOException {
    assertUnusable(run("replay", file("a", "hello\n\n")), "is no recording");
    assertUnusable(run("replay", file("b", "beamyard recording 99\n\n")), "is of another version");
    assertUnusable(
        run(
            "replay",
            file("c", "beamyard recording 1\npage: p\nseed: 1\nhash: 0\nlines: 9\n\n# Cut")),
        "is cut off");
  }

  @Test
  void anUnknownCommandOrOptionIsToldInOneLine() {
    assertUnusable(run("explode"), "explode");
    assertUnusable(run("check", "--loud"), "--help");
    assertUnusable(run("check"), "FILE|DIR");
  }

  @Test
  void checkTellsWhatDiffersAndCountsLast() throws IOException {
    String right = file("a.iexs", "alice> 1 + 1\n2\n");
    String wrong = file("b.iexs", "alice> 1 + 1\n3\n");
    Ran both = run("check", folder.toString());
    assertThat(both.status).isEqualTo(Beamyard.FAILED);
    assertThat(both.out)
        .containsExactly(
            "ok      " + right,
            "FAILED  " + wrong,
            "  " + wrong + ":1  at alice",
            "    - 3",
            "    + 2",
            "1 passed, 1 failed");
    Ran seeds = run("check", "--seeds", "1..3", right);
    assertThat(seeds.status).isEqualTo(Beamyard.WELL);
    assertThat(seeds.out).hasSize(4).endsWith("3 passed, 0 failed");
    assertThat(seeds.err).isEmpty();
  }

  @Test
  void aRecordedPageIsReplayedWithTheSameHash() throws IOException {
    String page = file("page.md", "# Page\n\n```elixir\nnode()\n# :alice@localhost\n```\n");
    String recording = folder.resolve("recording").toString();
    Ran played = run("play", "--auto", "--record", recording, page);
    assertThat(played.status).as(played.toString()).isEqualTo(Beamyard.WELL);
    assertThat(played.out).endsWith("0 passed, 0 failed");
    Ran replayed = run("replay", recording);
    assertThat(replayed.status).isEqualTo(Beamyard.WELL);
    assertThat(replayed.out).hasSize(1);
    assertThat(Files.readString(Path.of(recording)))
        .contains("\nhash: " + replayed.out.getFirst() + "\n");
  }

  @Test
  void formatWritesAFileAnewAndNamesItOnce() throws IOException {
    String source = file("plain.ex", "foo   1,2\n");
    Ran checked = run("format", "--check", source);
    assertThat(checked.status).isEqualTo(Beamyard.FAILED);
    assertThat(checked.out).containsExactly(source + " is not formatted");
    assertThat(run("format", source).out).containsExactly(source + " formatted");
    assertThat(Files.readString(Path.of(source))).isEqualTo("foo(1, 2)\n");
    Ran again = run("format", "--check", source);
    assertThat(again.status).isEqualTo(Beamyard.WELL);
    assertThat(again.out).isEmpty();
  }

  @Test
  void formatGoesIntoFoldersAndTakesTheSourcesInThem() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("lib/inner"));
    Path first = Files.writeString(inner.resolve("first.exs"), "x=1\n");
    Path second = Files.writeString(folder.resolve("lib/second.ex"), "y=2\n");
    Path other = Files.writeString(folder.resolve("lib/notes.txt"), "z=3\n");
    assertThat(run("format", folder.resolve("lib").toString()).out)
        .containsExactly(first + " formatted", second + " formatted");
    assertThat(Files.readString(first)).isEqualTo("x = 1\n");
    assertThat(Files.readString(other)).isEqualTo("z=3\n");
  }

  @Test
  void aSourceThatIsNoElixirIsToldInOneLineAndLeftAsItIs() throws IOException {
    String source = file("broken.ex", "a\nb + )\n");
    assertUnusable(run("format", source), source + ":2", "unexpected token: )");
    assertThat(Files.readString(Path.of(source))).isEqualTo("a\nb + )\n");
  }

  @Test
  void aFolderOfSolutionsIsJudgedInOneCall() throws IOException {
    for (String student : List.of("anna", "ben")) {
      Path own = Files.createDirectory(folder.resolve(student));
      assertThat(run("exercise", "start", "hello", own.resolve("hello.ex").toString()).status)
          .isEqualTo(Beamyard.WELL);
    }
    Ran ran = run("exercise", "check", "hello", folder.toString());
    assertThat(ran.status).isEqualTo(Beamyard.FAILED);
    assertThat(ran.out).anyMatch(line -> line.matches("\\d+ of \\d+ +anna/hello.ex"));
    assertThat(ran.out).anyMatch(line -> line.matches("\\d+ of \\d+ +ben/hello.ex"));
    assertThat(ran.out.getLast()).isEqualTo("0 passed, 2 failed");
  }

  @Test
  void aSolutionInJavaBeginsWithItsStarter() throws IOException {
    String solution = folder.resolve("Solution.java").toString();
    assertThat(run("exercise", "start", "hello", solution).status).isEqualTo(Beamyard.WELL);
    assertThat(Files.readString(Path.of(solution))).contains("public final class Hello");
    Ran ran = run("exercise", "check", "hello", folder.toString());
    assertThat(ran.status).isEqualTo(Beamyard.FAILED);
    assertThat(ran.out).anyMatch(line -> line.matches("\\d+ of \\d+ +Solution.java"));
    String other = folder.resolve("Other.java").toString();
    assertUnusable(run("exercise", "start", "shards", other), "shards", "in Elixir");
  }

  @Test
  void aWatchedSolutionIsJudgedAgainWheneverItChanges() throws Exception {
    String good = "defmodule Two do\n  def two, do: 2\nend\n";
    Path exercise = Files.createDirectory(folder.resolve("two"));
    Files.writeString(
        exercise.resolve("exercise.yaml"), "title: T\nlevel: 1\nrequires: [Two.two/0]\n");
    Files.writeString(exercise.resolve("statement.md"), "Two.");
    Files.writeString(exercise.resolve("hints.md"), "One.");
    Files.writeString(exercise.resolve("starter.ex"), good);
    Files.writeString(
        exercise.resolve("checks.ex"),
        "defmodule Checks do\n  use Exercise.Checks\n  check \"it is two\", nodes: [1], seeds: 1 do\n"
            + "    expect_equal(Two.two(), 2, \"two/0\")\n  end\nend\n");
    Path solution = Files.writeString(folder.resolve("two.ex"), good.replace("2\n", "3\n"));
    var out = new StringWriter();
    var watching =
        new Thread(
            null,
            () ->
                Beamyard.run(
                    new PrintWriter(out, true),
                    new PrintWriter(new StringWriter()),
                    "exercise",
                    "check",
                    exercise.toString(),
                    solution.toString(),
                    "--watch"),
            "watching",
            16L << 20);
    watching.start();
    try {
      awaitText(out, "0 passed, 1 failed");
      awaitText(out, "(waiting for");
      Files.delete(solution); // as editors do that replace a file
      Files.writeString(solution, good);
      awaitText(out, "1 passed, 0 failed");
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  private static void awaitText(StringWriter out, String text) throws InterruptedException {
    for (int i = 0; i < 600 && !out.toString().contains(text); i++) {
      Thread.sleep(100);
    }
    assertThat(out.toString()).contains(text);
  }

  @Test
  void whatIsNotThereCannotBeOpened() {
    assertUnusable(
        run("open", folder.resolve("none.trial").toString()), "none.trial", "no such file");
    assertUnusable(run("open", folder.toString()), "no such file");
    assertUnusable(run("open"), "FILE");
  }

  @Test
  void aCounterexampleIsSavedIntoAFolderOrAsAFile() throws IOException {
    String program =
        """
        Sandbox.always("bob is there", fn -> :bob@localhost in Node.list() end)
        Node.disconnect(:bob@localhost)
        """;
    String wrong = file("gone.exs", program);
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Ran ran =
        run("explore", wrong, "--exhaustive", "--nodes", "alice,bob", "--save", kept.toString());
    assertThat(ran.status).isEqualTo(Beamyard.FAILED);
    assertThat(kept.resolve("gone.exs.counterexample")).exists();
    run(
        "explore",
        wrong,
        "--exhaustive",
        "--nodes",
        "alice,bob",
        "--save",
        kept.resolve("as this").toString());
    assertThat(kept.resolve("as this"))
        .hasSameTextualContentAs(kept.resolve("gone.exs.counterexample"));
  }

  @Test
  void aSmallProgramIsExploredUntilNothingIsLeftAndACounterexampleIsReplayed() throws IOException {
    String program =
        """
        {:ok, _} = Agent.start(fn -> [] end, name: Log)
        Sandbox.eventually("bob comes first", fn -> Agent.get(Log, &List.first/1) == :bob end)
        for node <- [:bob@localhost, :alice@localhost], do: Node.spawn(node, Agent, :update, [{Log, :alice@localhost}, Add, :to, [node]])
        """;
    String module = "defmodule Add do\n  def to(list, _), do: list ++ [PLACE]\nend\n";
    String right = file("right.exs", module.replace("PLACE", ":bob") + program);
    Ran well = run("explore", right, "--exhaustive", "--nodes", "alice,bob");
    assertThat(well.out.getLast()).startsWith("exhausted, nothing violated: ");
    assertThat(well.status).isEqualTo(Beamyard.WELL);
    String wrong = file("wrong.exs", module.replace("PLACE", "node()") + program);
    Ran ill = run("explore", wrong, "--exhaustive", "--nodes", "alice,bob");
    assertThat(ill.status).isEqualTo(Beamyard.FAILED);
    assertThat(ill.out.getLast()).startsWith("violated: ");
    Ran again = run("replay", wrong + ".counterexample");
    assertThat(again.status).as(again.toString()).isEqualTo(Beamyard.WELL);
    assertThat(again.out.getLast()).matches("[0-9a-f]{64}");
  }

  @Test
  void aCounterexampleIsPrintedAsAPageThatPlaysAndAsATest() throws IOException {
    String program =
        file("gone.exs", "Sandbox.always(\"it holds\", fn -> 1 > 2 end)\nProcess.sleep(100)\n");
    Ran explored = run("explore", program, "--seeds", "1", "--faults", "0", "--as", "transcript");
    assertThat(explored.out).contains("iex(alice@localhost)> holds = fn -> 1 > 2 end", "false");
    String known = program + ".counterexample";
    Ran told = run("replay", known, "--as", "transcript");
    assertThat(told.status).as(told.toString()).isEqualTo(Beamyard.WELL);
    Ran played = run("play", file("page.md", String.join("\n", told.out)), "--auto");
    assertThat(played.status).as(played.toString()).isEqualTo(Beamyard.WELL);
    assertThat(played.out).contains("false").last().asString().endsWith(" passed, 0 failed");
    assertThat(run("replay", known, "--as", "junit").out).contains("class GoneTest {");
  }

  @Test
  void whatHasNoOtherFormIsToldInOneLine() throws IOException {
    String page = file("page.yard", "beamyard recording 1\npage: p\nseed: 7\n");
    assertUnusable(run("replay", page, "--as", "junit"), page + ": is no counterexample");
    String trial =
        file(
            "t.trial",
            "beamyard trial 1\nexercise: hello\ncheck: c\nnodes: 2\nseed: 1\nhash: 0\nsolution: h.ex\n\n1\n");
    assertUnusable(run("replay", trial, "--as", "transcript"), trial + ": is a trial");
    assertThat(run("replay", trial, "--as", "junit").out).contains("class HTest {");
    String program = file("never.exs", "name = \"never\"\nSandbox.always(name, fn -> false end)\n");
    Ran explored = run("explore", program, "--seeds", "1", "--as", "transcript");
    assertThat(explored.status).isEqualTo(Beamyard.FAILED);
    assertThat(explored.out)
        .contains(
            program
                + ": cannot be told as a transcript: its text nowhere says Sandbox.always(\"never\", fn -> ... end)");
  }
}
