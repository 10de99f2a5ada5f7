package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.Node;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessContext;

/**
 * Where a node is among the files of its host, from which its relative paths go: all processes of the node share it,
 * other nodes have their own. A node starts in {@link HostFiles#HOME}.
 *
 * @see <a href="https://www.erlang.org/docs/25/man/file.html#set_cwd-1">OTP kernel, file</a>
 */
final class WorkingDirectory {
  private String path;

  private WorkingDirectory(String path) {
    this.path = path;
  }

  /** The directory of the node of a process, from the root. */
  static String of(ProcessContext self) {
    self.use(Access.READ, new Thing.Shared(WorkingDirectory.class));
    Node node = self.owned(Node.class);
    return node.owns(WorkingDirectory.class)
        ? node.owned(WorkingDirectory.class).path
        : HostFiles.HOME;
  }

  /** Moves the node of a process to an absolute path, whether there is such a directory or not. */
  static void change(ProcessContext self, String path) {
    self.use(Access.WRITE, new Thing.Shared(WorkingDirectory.class));
    Node node = self.owned(Node.class);
    if (node.owns(WorkingDirectory.class)) {
      node.owned(WorkingDirectory.class).path = path;
    } else {
      node.own(
          WorkingDirectory.class,
          new WorkingDirectory(path),
          directory -> new WorkingDirectory(directory.path));
    }
  }
}
