package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.core.SourcePath;
import beamyard.simulator.Host;
import beamyard.simulator.process.ProcessContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a simulated host, which all its nodes share; never those of the real machine. Paths are absolute. */
public final class HostFiles {
  /** Where every node of the host is started, and its user's home. */
  public static final String HOME = SourcePath.HOME;

  /** What a path is. */
  enum Kind {
    FILE,
    DIRECTORY,
    MISSING
  }

  /** The contents of a file; {@code null} for a directory. */
  private final TreeMap<String, byte @Nullable []> entries = new TreeMap<>();

  /** An empty home and a directory for temporary files. */
  public HostFiles() {
    for (String directory : List.of("/", "/home", HOME, "/tmp")) {
      entries.put(directory, null);
    }
  }

  /** An independent copy for a copy of the simulation. */
  public HostFiles copy() {
    var copy = new HostFiles();
    copy.entries.clear();
    copy.entries.putAll(entries); // contents are never changed in place
    return copy;
  }

  /** How many bytes each file has, by its path. */
  public SequencedMap<String, Integer> files() {
    var sizes = new TreeMap<String, Integer>();
    entries.forEach(
        (path, contents) -> {
          if (contents != null) {
            sizes.put(path, contents.length);
          }
        });
    return Collections.unmodifiableSequencedMap(sizes);
  }

  /** The files of the host that the node of a process runs on. */
  static HostFiles of(ProcessContext self) {
    var belongings = self.owned(Host.class).belongings();
    if (!belongings.has(HostFiles.class)) {
      belongings.add(HostFiles.class, new HostFiles(), HostFiles::copy);
    }
    return belongings.get(HostFiles.class);
  }

  /** A path from the root, without {@code .} and {@code ..}; a relative one is taken from an absolute directory. */
  static String absolute(String path, String directory) {
    String from =
        path.startsWith("/")
            ? path
            : path.equals("~") || path.startsWith("~/")
                ? HOME + path.substring(1)
                : directory + "/" + path;
    var parts = new ArrayDeque<String>();
    for (String part : from.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  Kind kind(String path) {
    return !entries.containsKey(path)
        ? Kind.MISSING
        : entries.get(path) == null ? Kind.DIRECTORY : Kind.FILE;
  }

  /** Why nothing can be made in the directory of a path; empty if something can. */
  private Optional<String> obstacle(String path) {
    return switch (kind(parent(path))) {
      case DIRECTORY -> Optional.empty();
      case FILE -> Optional.of("enotdir");
      case MISSING -> Optional.of("enoent");
    };
  }

  byte[] contents(String path) {
    byte[] contents = entries.get(path);
    if (contents == null) {
      throw new AssertionError("no file: " + path);
    }
    return contents;
  }

  /** Writes a whole file; the answer of this and the others is OTP's word for what went wrong, empty for success. */
  Optional<String> write(String path, byte[] contents) {
    if (kind(path) == Kind.DIRECTORY) {
      return Optional.of("eisdir");
    }
    Optional<String> obstacle = obstacle(path);
    if (obstacle.isEmpty()) {
      entries.put(path, contents);
    }
    return obstacle;
  }

  Optional<String> makeDirectory(String path) {
    if (kind(path) != Kind.MISSING) {
      return Optional.of("eexist");
    }
    Optional<String> obstacle = obstacle(path);
    if (obstacle.isEmpty()) {
      entries.put(path, null);
    }
    return obstacle;
  }

  Optional<String> delete(String path) {
    return switch (kind(path)) {
      case MISSING -> Optional.of("enoent");
      case DIRECTORY -> Optional.of("eperm");
      case FILE -> {
        entries.remove(path);
        yield Optional.empty();
      }
    };
  }

  Optional<String> removeDirectory(String path) {
    return switch (kind(path)) {
      case MISSING -> Optional.of("enoent");
      case FILE -> Optional.of("enotdir");
      case DIRECTORY -> {
        if (!names(path).isEmpty()) {
          yield Optional.of("eexist");
        }
        entries.remove(path);
        yield Optional.empty();
      }
    };
  }

  Optional<String> rename(String from, String to) {
    if (kind(from) == Kind.MISSING) {
      return Optional.of("enoent");
    }
    Optional<String> obstacle = obstacle(to);
    if (obstacle.isPresent()) {
      return obstacle;
    }
    if (kind(from) == Kind.FILE && kind(to) == Kind.DIRECTORY) {
      return Optional.of("eisdir");
    }
    for (String path : List.copyOf(entries.keySet())) {
      if (path.equals(from) || path.startsWith(from + "/")) {
        entries.put(to + path.substring(from.length()), entries.remove(path));
      }
    }
    return Optional.empty();
  }

  /** What is in a directory, by name. */
  List<String> names(String directory) {
    String start = directory.equals("/") ? "/" : directory + "/";
    var names = new ArrayList<String>();
    for (String path : entries.tailMap(start, false).keySet()) {
      if (!path.startsWith(start)) {
        break;
      }
      if (path.indexOf('/', start.length()) < 0) {
        names.add(path.substring(start.length()));
      }
    }
    return names;
  }
}
