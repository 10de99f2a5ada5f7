package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Builtin;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Host;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Map;
import java.util.Optional;

/** What Elixir's {@code File}, and module {@code file}, ask of a host; a path is any chardata. */
final class Files {
  /** What the empty path means: there is no such directory, so nothing is there and nothing can be made. */
  private static final String NOWHERE = "/\0/\0";

  private static final String FILE = "file";
  private static final Map<String, String> TEXTS =
      Map.of( // lookups only
          "enoent", "no such file or directory",
          "eisdir", "illegal operation on a directory",
          "eexist", "file already exists",
          "enotdir", "not a directory",
          "eacces", "permission denied",
          "eperm", "not owner",
          "einval", "invalid argument",
          "badarg", "bad argument",
          "terminated", "the I/O server was terminated",
          "system_limit", "a system limit was hit, probably not enough ports");

  private Files() {}

  static void define(BuiltinTable table) {
    table.define(FILE, "read_file", 1, read());
    table.define(
        FILE,
        "write_file",
        2,
        (self, a) -> {
          String path = path(self, a[0]);
          byte[] bytes;
          try {
            bytes = IoData.binary(a[1]).toBytes();
          } catch (Raise _) {
            return error("badarg");
          }
          return answer(HostFiles.of(self).write(path, bytes));
        });
    table.define(
        FILE,
        "list_dir",
        1,
        (self, a) -> {
          HostFiles files = HostFiles.of(self);
          String path = path(self, a[0]);
          return switch (files.kind(path)) {
            case MISSING -> error("enoent");
            case FILE -> error("enotdir");
            case DIRECTORY ->
                Tuple.of(
                    Atom.OK,
                    ListTerm.of(
                        files.names(path).stream().<Term>map(Arguments::charlist).toList()));
          };
        });
    table.define(
        FILE,
        "make_dir",
        1,
        (self, a) -> answer(HostFiles.of(self).makeDirectory(path(self, a[0]))));
    table.define(
        FILE, "delete", 1, (self, a) -> answer(HostFiles.of(self).delete(path(self, a[0]))));
    table.define(
        FILE,
        "del_dir",
        1,
        (self, a) -> answer(HostFiles.of(self).removeDirectory(path(self, a[0]))));
    table.define(
        FILE,
        "rename",
        2,
        (self, a) -> answer(HostFiles.of(self).rename(path(self, a[0]), path(self, a[1]))));
    table.define(
        FILE,
        "get_cwd",
        0,
        (self, _) -> Tuple.of(Atom.OK, Arguments.charlist(WorkingDirectory.of(self))));
    table.define(
        FILE,
        "set_cwd",
        1,
        (self, a) -> {
          String path = path(self, a[0]);
          return switch (HostFiles.of(self).kind(path)) {
            case MISSING -> error("enoent");
            case FILE -> error("enotdir");
            case DIRECTORY -> {
              WorkingDirectory.change(self, path);
              yield Atom.OK;
            }
          };
        });
    table.define(
        FILE,
        "format_error",
        1,
        (_, a) ->
            Arguments.charlist(
                a[0] instanceof Atom reason
                    ? TEXTS.getOrDefault(reason.name(), "unknown POSIX error")
                    : "unknown POSIX error"));
    table.define(
        "beamyard",
        "file_kind",
        1,
        (self, a) ->
            Atom.of(
                switch (HostFiles.of(self).kind(path(self, a[0]))) {
                  case FILE -> "regular";
                  case DIRECTORY -> "directory";
                  case MISSING -> "missing";
                }));
    table.define("beamyard", "absolute_path", 1, (self, a) -> Bits.of(path(self, a[0])));
    table.define(
        "beamyard",
        "port_mapper_names",
        0,
        (self, _) ->
            ListTerm.of(
                self.owned(Host.class).epmd().names().entrySet().stream()
                    .<Term>map(
                        entry -> Tuple.of(Bits.of(entry.getKey()), SmallInt.of(entry.getValue())))
                    .toList()));
    table.define("beamyard", "host_name", 0, (self, _) -> Bits.of(self.owned(Host.class).name()));
  }

  private static Builtin read() {
    return (self, a) -> {
      HostFiles files = HostFiles.of(self);
      String path = path(self, a[0]);
      return switch (files.kind(path)) {
        case MISSING -> error("enoent");
        case DIRECTORY -> error("eisdir");
        case FILE -> Tuple.of(Atom.OK, Bits.of(files.contents(path)));
      };
    };
  }

  private static String path(ProcessContext self, Term path) {
    Bits text = IoData.characters(path).orElseGet(() -> IoData.binary(path));
    return text.byteSize() == 0
        ? NOWHERE
        : HostFiles.absolute(text.text(), WorkingDirectory.of(self));
  }

  private static Term answer(Optional<String> failure) {
    return failure.map(Files::error).orElse(Atom.OK);
  }

  private static Term error(String reason) {
    return Tuple.of(Atom.ERROR, Atom.of(reason));
  }
}
