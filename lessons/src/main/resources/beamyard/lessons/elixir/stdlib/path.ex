defmodule Path do
  def join([path]), do: IO.chardata_to_string(path)
  def join([first, second | rest]), do: join([join(first, second) | rest])

  def join(left, right) do
    right = trim_both(IO.chardata_to_string(right))

    case {trim_right(IO.chardata_to_string(left)), right} do
      {left, ""} -> left
      {"", right} -> if IO.chardata_to_string(left) == "", do: right, else: "/" <> right
      {"/", right} -> "/" <> right
      {left, right} -> left <> "/" <> right
    end
  end

  defp trim_both("/" <> rest), do: trim_both(rest)
  defp trim_both(path), do: trim_right(path)

  defp trim_right("/"), do: "/"

  defp trim_right(path) do
    size = byte_size(path) - 1

    case path do
      <<rest::binary-size(size), "/">> -> trim_right(rest)
      _ -> path
    end
  end

  def split(path) do
    path = IO.chardata_to_string(path)
    parts = Enum.reject(:binary.split(path, "/", [:global]), &(&1 == ""))
    if type(path) == :absolute, do: ["/" | parts], else: parts
  end

  def type(path) when is_list(path) when is_binary(path) do
    case IO.chardata_to_string(path) do
      "/" <> _ -> :absolute
      _ -> :relative
    end
  end

  def basename(path) do
    case :lists.reverse(split(path)) do
      [] -> ""
      ["/"] -> ""
      [name | _] -> name
    end
  end

  def basename(path, extension), do: without_suffix(basename(path), extension)

  defp without_suffix(name, suffix) do
    size = byte_size(name) - byte_size(suffix)

    if size > 0 and binary_part(name, size, byte_size(suffix)) == suffix,
      do: binary_part(name, 0, size),
      else: name
  end

  def dirname(path) do
    case :lists.droplast([nil | split(path)]) do
      [nil] -> if type(path) == :absolute, do: "/", else: "."
      [] -> "."
      [nil | parts] -> join(parts)
    end
  end

  def extname(path) do
    name = basename(path)

    case :lists.reverse(:binary.split(name, ".", [:global])) do
      [_] -> ""
      ["" | _] -> ""
      [_, ""] -> ""
      [extension | _] -> "." <> extension
    end
  end

  def rootname(path), do: rootname(path, extname(path))

  def rootname(path, ""), do: IO.chardata_to_string(path)
  def rootname(path, extension), do: without_suffix(IO.chardata_to_string(path), extension)

  def absname(path), do: absname(path, File.cwd!())

  def absname(path, relative_to) do
    case type(path) do
      :absolute -> join([path])
      :relative -> join(absname(relative_to), path)
    end
  end

  def expand(path), do: :beamyard.absolute_path(IO.chardata_to_string(path))

  def expand(path, relative_to) do
    case IO.chardata_to_string(path) do
      "/" <> _ = path -> expand(path)
      "~" <> _ = path -> expand(path)
      path -> expand(join(expand(relative_to), path))
    end
  end

  def relative(path) do
    case split(path) do
      ["/"] -> "."
      ["/" | parts] -> join(parts)
      _ -> IO.chardata_to_string(path)
    end
  end

  def relative_to(path, from) do
    case remaining(split(path), split(from)) do
      nil -> IO.chardata_to_string(path)
      [] -> "."
      parts -> join(parts)
    end
  end

  defp remaining(parts, []), do: parts
  defp remaining([part | parts], [part | from]), do: remaining(parts, from)
  defp remaining(_, _), do: nil

  def relative_to_cwd(path), do: relative_to(path, File.cwd!())

  def wildcard(pattern, opts \\ []) when is_list(opts) do
    {fixed, rest} = Enum.split_while(split(pattern), &(not special?(&1)))
    base = if fixed == [], do: "", else: join(fixed)
    found(base, rest) |> Enum.sort()
  end

  defp special?(part), do: :binary.match(part, ["*", "?", "{", "["]) != :nomatch

  defp found(base, []), do: if(File.exists?(base), do: [base], else: [])
  defp found(base, ["**"]), do: found(base, ["**", "*"])
  defp found(base, ["**" | rest]), do: found(base, rest) ++ Enum.flat_map(children(base, "*"), &found(&1, ["**" | rest]))
  defp found(base, [part | rest]), do: Enum.flat_map(children(base, part), &found(&1, rest))

  defp children(base, part) do
    case File.ls(if base == "", do: ".", else: base) do
      {:ok, names} ->
        regex = Regex.compile!("^" <> glob(part) <> "$")

        for name <- names, Regex.match?(regex, name), not match?("." <> _, name) do
          if base == "", do: name, else: join(base, name)
        end

      _ ->
        []
    end
  end

  defp glob(""), do: ""
  defp glob("*" <> rest), do: ".*" <> glob(rest)
  defp glob("?" <> rest), do: "." <> glob(rest)
  defp glob("{" <> rest), do: "(" <> glob(rest)
  defp glob("}" <> rest), do: ")" <> glob(rest)
  defp glob("," <> rest), do: "|" <> glob(rest)
  defp glob(<<char, rest::binary>>), do: Regex.escape(<<char>>) <> glob(rest)
end
