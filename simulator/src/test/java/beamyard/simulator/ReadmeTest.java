package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The Java program that the README shows is compiled and run as it stands there. */
class ReadmeTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theProgramOfTheReadmeHoldsAndIsShort(@TempDir Path folder) throws Exception {
    String program = program();
    assertThat(program.lines().count()).isLessThan(40);
    Path source = folder.resolve("SplitProperties.java");
    Files.writeString(source, program);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
    try (var loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("SplitProperties");
      var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test));
      var listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request.build(), listener);
      List<Throwable> failures =
          listener.getSummary().getFailures().stream().map(each -> each.getException()).toList();
      assertThat(failures).isEmpty();
      assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
    }
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(matcher.find()).as("the README shows a Java program").isTrue();
    return matcher.group(1);
  }
}
