# Names of files, on a host of the yard (which is like Unix).
defmodule :filename do
  defp text(name) when is_atom(name), do: Atom.to_string(name)
  defp text(name), do: IO.chardata_to_string(flatten_atoms(name))
  defp flatten_atoms(name) when is_list(name), do: Enum.map(name, &if(is_atom(&1) and &1 != [], do: Atom.to_string(&1), else: &1))
  defp flatten_atoms(name), do: name
  defp like(original, text) when is_binary(original), do: text
  defp like(_, text), do: String.to_charlist(text)

  def flatten(name), do: like(name, text(name))
  def nativename(name), do: flatten(join([name]))

  def join([name]), do: like(name, tidy(text(name)))
  def join([first | rest]), do: Enum.reduce(rest, first, &join(&2, &1))

  def join(a, b) do
    {left, right} = {text(a), text(b)}
    text = if String.starts_with?(right, "/"), do: right, else: left <> "/" <> right
    if(is_binary(a) or is_binary(b), do: "", else: '') |> like(tidy(text))
  end

  defp tidy(text) do
    text = String.replace(text, ~r{/+}, "/")
    if text != "/", do: String.replace_suffix(text, "/", ""), else: text
  end

  def append(a, b), do: like(a, text(a) <> "/" <> text(b))

  def split(name) do
    parts = name |> text() |> String.split("/", trim: true)
    parts = if String.starts_with?(text(name), "/"), do: ["/" | parts], else: parts
    Enum.map(parts, &like(name, &1))
  end

  def basename(name), do: like(name, base(text(name)))
  defp base(text), do: text |> String.split("/", trim: true) |> List.last() || ""

  def basename(name, extension) do
    {base, extension} = {base(text(name)), text(extension)}
    like(name, if(base != extension, do: String.replace_suffix(base, extension, ""), else: base))
  end

  def dirname(name), do: like(name, dir(text(name)))

  defp dir(text) do
    case String.split(tidy_end(text), "/") do
      [_] -> "."
      parts -> parts |> Enum.drop(-1) |> Enum.join("/") |> then(&if(&1 == "", do: "/", else: &1))
    end
  end

  defp tidy_end(text), do: if(String.ends_with?(text, "/") and text != "/", do: text, else: text)

  def extension(name) do
    base = base(text(name))

    case :binary.matches(base, ".") do
      [] -> like(name, "")
      [{0, 1}] -> like(name, "")
      dots -> dots |> List.last() |> elem(0) |> then(&like(name, binary_part(base, &1, byte_size(base) - &1)))
    end
  end

  def rootname(name) do
    {text, extension} = {text(name), text(extension(name))}
    like(name, if(extension == "", do: text, else: String.replace_suffix(text, extension, "")))
  end

  def rootname(name, extension), do: like(name, if(text(name) != text(extension), do: String.replace_suffix(text(name), text(extension), ""), else: text(name)))
  def absname(name), do: like(name, if(String.starts_with?(text(name), "/"), do: text(name), else: File.cwd!() <> "/" <> text(name)))
  def absname(name, dir), do: if(String.starts_with?(text(name), "/"), do: flatten(name), else: join(dir, name))
  def absname_join(dir, name), do: join(dir, name)
  def pathtype(name), do: if(String.starts_with?(text(name), "/"), do: :absolute, else: :relative)
  def validate(name), do: (is_list(name) or is_binary(name)) and text(name) != ""
end

defmodule :filelib do
  def is_file(name), do: File.exists?(name)
  def is_file(name, _), do: is_file(name)
  def is_dir(name), do: File.dir?(name)
  def is_dir(name, _), do: is_dir(name)
  def is_regular(name), do: File.regular?(name)
  def is_regular(name, _), do: is_regular(name)

  def file_size(name) do
    case File.stat(name) do
      {:ok, stat} -> stat.size
      _ -> 0
    end
  end

  def file_size(name, _), do: file_size(name)
  def last_modified(name), do: if(File.exists?(name), do: :erlang.localtime(), else: 0)
  def last_modified(name, _), do: last_modified(name)
  def ensure_dir(name), do: File.mkdir_p(Path.dirname(IO.chardata_to_string(name)))
  def ensure_path(name), do: File.mkdir_p(name)
  def wildcard(pattern), do: pattern |> IO.chardata_to_string() |> Path.wildcard() |> Enum.map(&String.to_charlist/1)

  def wildcard(pattern, dir) do
    dir = IO.chardata_to_string(dir)

    Path.join(dir, IO.chardata_to_string(pattern))
    |> Path.wildcard()
    |> Enum.map(&(&1 |> Path.relative_to(dir) |> String.to_charlist()))
  end

  def wildcard(pattern, dir, _), do: wildcard(pattern, dir)

  def fold_files(dir, pattern, recursive, fun, acc) do
    {:ok, pattern} = Regex.compile(IO.chardata_to_string(pattern))
    dir = IO.chardata_to_string(dir)

    Enum.reduce(Enum.sort(File.ls!(dir)), acc, fn name, acc ->
      path = Path.join(dir, name)

      cond do
        File.dir?(path) -> if recursive, do: fold_files(path, pattern.source, true, fun, acc), else: acc
        Regex.match?(pattern, name) -> fun.(String.to_charlist(path), acc)
        true -> acc
      end
    end)
  end
end

defmodule :os do
  # The environment and commands of the simulated host.
  def type(), do: {:unix, :linux}
  def version(), do: {6, 1, 0}
  def getpid(), do: String.to_charlist(System.pid())
  def timestamp() do
    micros = :os.system_time(:microsecond)
    {div(micros, 1_000_000_000_000), rem(div(micros, 1_000_000), 1_000_000), rem(micros, 1_000_000)}
  end

  def perf_counter(), do: :erlang.monotonic_time()
  def perf_counter(unit), do: :erlang.monotonic_time(unit)
  def getenv(), do: for({name, value} <- System.get_env(), do: String.to_charlist(name <> "=" <> value))
  def env(), do: for({name, value} <- System.get_env(), do: {String.to_charlist(name), String.to_charlist(value)})

  def getenv(name), do: getenv(name, false)

  def getenv(name, default) do
    case System.get_env(List.to_string(name)) do
      nil -> default
      value -> String.to_charlist(value)
    end
  end

  def putenv(name, value) do
    System.put_env(List.to_string(name), List.to_string(value))
    true
  end

  def unsetenv(name) do
    System.delete_env(List.to_string(name))
    true
  end

  def find_executable(name) do
    case System.find_executable(List.to_string(name)) do
      nil -> false
      path -> String.to_charlist(path)
    end
  end

  def find_executable(name, _), do: find_executable(name)
  def set_signal(_, _), do: :ok
  def cmd(command), do: cmd(command, %{})

  def cmd(command, _) do
    [program | arguments] = command |> IO.chardata_to_string() |> OptionParser.split()
    {output, _} = System.cmd(program, arguments)
    String.to_charlist(output)
  rescue
    error in ErlangError ->
      if error.original == :enoent, do: '/bin/sh: 1: #{command |> IO.chardata_to_string() |> String.split() |> hd()}: not found\n', else: reraise(error, __STACKTRACE__)
  end
end
