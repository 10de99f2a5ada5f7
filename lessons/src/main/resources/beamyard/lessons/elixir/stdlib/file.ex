defmodule File.RenameError do
  defexception [:reason, :source, :destination, on: "", action: ""]

  def message(e) do
    formatted = IO.iodata_to_binary(:file.format_error(e.reason))
    "could not #{e.action} from #{inspect(e.source)} to #{inspect(e.destination)}: #{formatted}"
  end
end

defmodule File.Stat do
  defstruct [:size, :type, :access, :atime, :mtime, :ctime, :mode, :links, :major_device, :minor_device, :inode, :uid, :gid]

  @fields [:size, :type, :access, :atime, :mtime, :ctime, :mode, :links, :major_device, :minor_device, :inode, :uid, :gid]

  def to_record(%File.Stat{} = stat), do: List.to_tuple([:file_info | Enum.map(@fields, &Map.fetch!(stat, &1))])
  def from_record(record) when elem(record, 0) == :file_info, do: struct!(File.Stat, Enum.zip(@fields, tl(Tuple.to_list(record))))
end

defmodule File.Stream do
  defstruct path: nil, modes: [], line_or_bytes: :line, raw: true
end

defimpl Enumerable, for: File.Stream do
  def count(_), do: {:error, __MODULE__}
  def member?(_, _), do: {:error, __MODULE__}
  def slice(_), do: {:error, __MODULE__}

  def reduce(stream, acc, fun) do
    case File.read(stream.path) do
      {:ok, text} -> Enumerable.List.reduce(cut(text, stream.line_or_bytes), acc, fun)
      {:error, reason} -> raise File.Error, reason: reason, action: "stream", path: stream.path
    end
  end

  defp cut("", _), do: []

  defp cut(text, :line) do
    case :binary.match(text, "\n") do
      :nomatch -> [text]
      {at, 1} -> [binary_part(text, 0, at + 1) | cut(binary_part(text, at + 1, byte_size(text) - at - 1), :line)]
    end
  end

  defp cut(text, bytes) when byte_size(text) <= bytes, do: [text]

  defp cut(text, bytes),
    do: [binary_part(text, 0, bytes) | cut(binary_part(text, bytes, byte_size(text) - bytes), bytes)]
end

defimpl Collectable, for: File.Stream do
  def into(%{path: path, modes: modes} = stream) do
    unless :append in modes, do: File.write!(path, "")

    {[],
     fn
       acc, {:cont, x} -> [acc | x]
       acc, :done ->
         File.write!(path, acc, [:append])
         stream

       _, :halt -> :ok
     end}
  end
end

defmodule File do
  # Every path is one of the simulated host; an open file is a process that speaks the I/O protocol.

  def open(path, modes_or_function \\ [])
  def open(path, modes) when is_list(modes), do: :file.open(IO.chardata_to_string(path), with_defaults(modes))
  def open(path, function) when is_function(function, 1), do: open(path, [], function)

  def open(path, modes, function) when is_list(modes) and is_function(function, 1) do
    case open(path, modes) do
      {:ok, device} ->
        try do
          {:ok, function.(device)}
        after
          :ok = close(device)
        end

      other ->
        other
    end
  end

  def open!(path, modes_or_function \\ []) do
    case open(path, modes_or_function) do
      {:ok, device_or_result} -> device_or_result
      {:error, reason} -> raise File.Error, reason: reason, action: "open", path: IO.chardata_to_string(path)
    end
  end

  def open!(path, modes, function) do
    case open(path, modes, function) do
      {:ok, result} -> result
      {:error, reason} -> raise File.Error, reason: reason, action: "open", path: IO.chardata_to_string(path)
    end
  end

  defp with_defaults(modes) do
    for mode <- [:binary | modes], mode != :charlist do
      if mode == :utf8, do: {:encoding, :utf8}, else: mode
    end
  end

  def close(device), do: :file.close(device)

  def read(path), do: :file.read_file(IO.chardata_to_string(path))

  def read!(path) do
    case read(path) do
      {:ok, text} -> text
      {:error, reason} -> raise File.Error, reason: reason, action: "read file", path: IO.chardata_to_string(path)
    end
  end

  def write(path, content, modes \\ []) do
    path = IO.chardata_to_string(path)

    cond do
      :append in modes and regular?(path) ->
        {:ok, before} = read(path)
        :file.write_file(path, [before, content])

      :exclusive in modes and exists?(path) ->
        {:error, :eexist}

      true ->
        :file.write_file(path, content)
    end
  end

  def write!(path, content, modes \\ []), do: write(path, content, modes) |> check("write to file", path)

  defp check(:ok, _, _), do: :ok

  defp check({:error, reason}, action, path),
    do: raise(File.Error, reason: reason, action: action, path: IO.chardata_to_string(path))

  def exists?(path, _ \\ []), do: :beamyard.file_kind(IO.chardata_to_string(path)) != :missing
  def regular?(path, _ \\ []), do: :beamyard.file_kind(IO.chardata_to_string(path)) == :regular
  def dir?(path, _ \\ []), do: :beamyard.file_kind(IO.chardata_to_string(path)) == :directory

  def ls(path \\ ".") do
    case :file.list_dir(IO.chardata_to_string(path)) do
      {:ok, names} -> {:ok, Enum.map(names, &List.to_string/1)}
      error -> error
    end
  end

  def ls!(path \\ ".") do
    case ls(path) do
      {:ok, names} -> names
      error -> check(error, "list directory", path)
    end
  end

  def mkdir(path), do: :file.make_dir(IO.chardata_to_string(path))
  def mkdir!(path), do: mkdir(path) |> check("make directory", path)

  def mkdir_p(path) do
    path = :beamyard.absolute_path(IO.chardata_to_string(path))

    case :beamyard.file_kind(path) do
      :directory ->
        :ok

      :regular ->
        {:error, :eexist}

      :missing ->
        case mkdir_p(Path.dirname(path)) do
          :ok -> mkdir(path)
          {:error, :eexist} -> {:error, :enotdir}
          error -> error
        end
    end
  end

  def mkdir_p!(path), do: mkdir_p(path) |> check("make directory (with -p)", path)
  def rm(path), do: :file.delete(IO.chardata_to_string(path))
  def rm!(path), do: rm(path) |> check("remove file", path)
  def rmdir(path), do: :file.del_dir(IO.chardata_to_string(path))
  def rmdir!(path), do: rmdir(path) |> check("remove directory", path)

  def rm_rf(path) do
    path = IO.chardata_to_string(path)

    case :beamyard.file_kind(path) do
      :missing ->
        {:ok, []}

      :regular ->
        :ok = rm(path)
        {:ok, [path]}

      :directory ->
        inside =
          Enum.flat_map(ls!(path), fn name ->
            {:ok, removed} = rm_rf(Path.join(path, name))
            removed
          end)

        :ok = rmdir(path)
        {:ok, [path | inside]}
    end
  end

  def rm_rf!(path) do
    {:ok, removed} = rm_rf(path)
    removed
  end

  def rename(from, to), do: :file.rename(IO.chardata_to_string(from), IO.chardata_to_string(to))

  def rename!(from, to) do
    case rename(from, to) do
      :ok -> :ok
      {:error, reason} -> raise File.RenameError, reason: reason, action: "rename", source: from, destination: to
    end
  end

  def cp(from, to, _ \\ []) do
    case read(from) do
      {:ok, text} -> write(to, text)
      error -> error
    end
  end

  def copy(from, to, _ \\ :infinity) do
    case read(from) do
      {:ok, text} -> with :ok <- write(to, text), do: {:ok, byte_size(text)}
      error -> error
    end
  end

  def cp!(from, to, options \\ []) do
    case cp(from, to, options) do
      :ok -> :ok
      {:error, reason} -> raise File.CopyError, reason: reason, action: "copy", source: from, destination: to
    end
  end

  def touch(path, _ \\ nil), do: if(exists?(path), do: :ok, else: write(path, ""))
  def touch!(path, time \\ nil), do: touch(path, time) |> check("touch", path)
  def cwd, do: {:ok, cwd!()}
  def cwd!, do: :beamyard.absolute_path(".")

  def copy!(from, to, bytes \\ :infinity) do
    case copy(from, to, bytes) do
      {:ok, count} -> count
      {:error, reason} -> raise File.CopyError, reason: reason, action: "copy", source: IO.chardata_to_string(from), destination: IO.chardata_to_string(to)
    end
  end

  def cp_r(from, to, options \\ []) do
    {from, to} = {IO.chardata_to_string(from), IO.chardata_to_string(to)}
    ask = if is_function(options, 2), do: options, else: options[:on_conflict] || fn _, _ -> true end

    case copy_tree(from, to, ask, []) do
      {:error, reason, path} -> {:error, reason, path}
      copied -> {:ok, copied}
    end
  end

  defp copy_tree(from, to, ask, acc) do
    case {:beamyard.file_kind(from), :beamyard.file_kind(to)} do
      {:missing, _} ->
        {:error, :enoent, from}

      {:regular, :directory} ->
        {:error, :eisdir, from}

      {:regular, kind} ->
        if kind == :missing or ask.(from, to) do
          case write(to, read!(from)) do
            :ok -> [to | acc]
            {:error, reason} -> {:error, reason, from}
          end
        else
          acc
        end

      {:directory, :regular} ->
        {:error, :enotdir, to}

      {:directory, kind} ->
        made = if kind == :missing, do: mkdir(to), else: :ok

        case made do
          :ok ->
            Enum.reduce_while(ls!(from), [to | acc], fn name, acc ->
              case copy_tree(Path.join(from, name), Path.join(to, name), ask, acc) do
                {:error, _, _} = error -> {:halt, error}
                acc -> {:cont, acc}
              end
            end)

          {:error, reason} ->
            {:error, reason, to}
        end
    end
  end

  def cp_r!(from, to, options \\ []) do
    case cp_r(from, to, options) do
      {:ok, paths} ->
        paths

      {:error, reason, path} ->
        raise File.CopyError,
          reason: reason,
          on: path,
          action: "copy recursively",
          source: IO.chardata_to_string(from),
          destination: IO.chardata_to_string(to)
    end
  end

  # The host has one user and no links: what would change those is refused, as a file system without them does.
  def ln(existing, _new), do: if(exists?(existing), do: {:error, :enotsup}, else: {:error, :enoent})
  def ln!(existing, new), do: ln(existing, new) |> check("create hard link to", existing)
  def ln_s(_existing, _new), do: {:error, :enotsup}
  def ln_s!(existing, new), do: ln_s(existing, new) |> check("create symlink to", existing)
  def read_link(path), do: if(exists?(path), do: {:error, :einval}, else: {:error, :enoent})
  def read_link!(path), do: read_link(path) |> check("read link", path)
  def lstat(path, options \\ []), do: stat(path, options)
  def lstat!(path, options \\ []), do: stat!(path, options)
  def chmod(path, mode) when is_integer(mode), do: if(exists?(path), do: :ok, else: {:error, :enoent})
  def chmod!(path, mode), do: chmod(path, mode) |> check("change mode for", path)
  def chown(path, uid) when is_integer(uid), do: owned(path, uid)
  def chown!(path, uid), do: chown(path, uid) |> check("change owner for", path)
  def chgrp(path, gid) when is_integer(gid), do: owned(path, gid)
  def chgrp!(path, gid), do: chgrp(path, gid) |> check("change group for", path)

  defp owned(path, id) do
    cond do
      not exists?(path) -> {:error, :enoent}
      id == 1000 -> :ok
      true -> {:error, :eperm}
    end
  end

  def write_stat(path, %File.Stat{}, _ \\ []), do: if(exists?(path), do: :ok, else: {:error, :enoent})
  def write_stat!(path, stat, options \\ []), do: write_stat(path, stat, options) |> check("write file stats", path)

  def cd(path), do: :file.set_cwd(IO.chardata_to_string(path))
  def cd!(path), do: cd(path) |> check("set current working directory to", path)

  def cd!(path, function) when is_function(function, 0) do
    before = cwd!()
    cd!(path)

    try do
      function.()
    after
      cd!(before)
    end
  end

  def stat(path, _ \\ []) do
    case :beamyard.file_kind(path) do
      :missing ->
        {:error, :enoent}

      :directory ->
        {:ok, %File.Stat{size: 4096, type: :directory, access: :read_write, mode: 0o40755, links: 1, uid: 1000, gid: 1000}}

      :regular ->
        {:ok, text} = read(path)

        {:ok,
         %File.Stat{
           size: byte_size(text),
           type: :regular,
           access: :read_write,
           mode: 0o100644,
           links: 1,
           uid: 1000,
           gid: 1000
         }}
    end
  end

  def stat!(path, options \\ []) do
    case stat(path, options) do
      {:ok, stat} -> stat
      error -> check(error, "read file stats", path)
    end
  end

  def stream!(path, modes \\ [], line_or_bytes \\ :line),
    do: %File.Stream{
      path: IO.chardata_to_string(path),
      modes: modes ++ [:raw, :read_ahead, :binary],
      line_or_bytes: line_or_bytes
    }
end
