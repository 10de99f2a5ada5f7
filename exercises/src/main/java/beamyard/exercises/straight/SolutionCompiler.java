package beamyard.exercises.straight;

import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles a file of Java in memory. Of the yard it sees only what {@link AllowedApi} names. */
final class SolutionCompiler {
  private static final int ERRORS_TOLD = 5;

  private SolutionCompiler() {}

  /** The class files by the names of their classes. */
  static SequencedMap<String, byte[]> compile(SourceFile source) throws Unusable {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new Unusable("solutions in Java need a JDK, and this Java has no compiler");
    }
    var problems = new DiagnosticCollector<JavaFileObject>();
    var files = new Files(compiler.getStandardFileManager(problems, Locale.ROOT, null));
    boolean compiled =
        compiler
            .getTask(
                null,
                files,
                problems,
                List.of("-proc:none", "-g", "-Xlint:none", "-implicit:none"),
                null,
                List.of(new Source(source)))
            .call();
    if (!compiled) {
      throw new Unusable("it does not compile: " + told(source, problems.getDiagnostics()));
    }
    return files.made();
  }

  private static String told(
      SourceFile source, List<Diagnostic<? extends JavaFileObject>> problems) {
    return problems.stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .limit(ERRORS_TOLD)
        .map(
            problem ->
                source.name()
                    + (problem.getLineNumber() > 0 ? ":" + problem.getLineNumber() : "")
                    + ": "
                    + String.join(
                        ", ", problem.getMessage(Locale.ROOT).lines().map(String::strip).toList()))
        .collect(Collectors.joining("\n"));
  }

  /** The source; the class in it may have any name. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(SourceFile source) {
      super(URI.create("memory:///Solution.java"), Kind.SOURCE);
      text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }

  /** A class of the yard. */
  private static final class Known extends SimpleJavaFileObject {
    private final String name;

    Known(String name) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.name = name;
    }

    @Override
    public InputStream openInputStream() {
      String path = "/" + name.replace('.', '/') + ".class";
      return Objects.requireNonNull(
          AllowedApi.anchorOf(name).getResourceAsStream(path), () -> "no " + path);
    }
  }

  /** A class that was compiled. */
  private static final class Made extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Made(String name) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {
    private final LinkedHashMap<String, Made> made = new LinkedHashMap<>();

    Files(JavaFileManager machines) {
      super(machines);
    }

    SequencedMap<String, byte[]> made() {
      var bytes = new LinkedHashMap<String, byte[]>();
      made.forEach((name, file) -> bytes.put(name, file.bytes.toByteArray()));
      return bytes;
    }

    @Override
    public Iterable<JavaFileObject> list(
        Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
        throws IOException {
      if (location == StandardLocation.CLASS_PATH) {
        return kinds.contains(JavaFileObject.Kind.CLASS) ? known(packageName) : List.of();
      }
      return location == StandardLocation.SOURCE_PATH
          ? List.of()
          : super.list(location, packageName, kinds, recurse);
    }

    private static List<JavaFileObject> known(String packageName) {
      return AllowedApi.classesOfTheYard().stream()
          .filter(name -> name.substring(0, name.lastIndexOf('.')).equals(packageName))
          .<JavaFileObject>map(Known::new)
          .toList();
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return file instanceof Known known ? known.name : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
      return a.equals(b);
    }

    @Override
    public boolean hasLocation(Location location) {
      if (location == StandardLocation.SOURCE_PATH
          || location == StandardLocation.ANNOTATION_PROCESSOR_PATH) {
        return false;
      }
      return location == StandardLocation.CLASS_PATH || super.hasLocation(location);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return made.computeIfAbsent(className, Made::new);
    }
  }
}
