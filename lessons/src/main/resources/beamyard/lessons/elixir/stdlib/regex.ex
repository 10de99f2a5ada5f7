defmodule Regex.CompileError do
  defexception message: "regex could not be compiled"
end

defmodule Regex do
  defstruct re_pattern: nil, source: "", opts: "", re_version: ""

  @letters %{
    ?u => [:unicode, :ucp],
    ?i => [:caseless],
    ?x => [:extended],
    ?f => [:firstline],
    ?U => [:ungreedy],
    ?s => [:dotall, {:newline, :anycrlf}],
    ?m => [:multiline]
  }

  def compile(source, options \\ "")

  def compile(source, options) when is_binary(source) and is_binary(options) do
    case letters(options, []) do
      {:ok, list} -> compiled(source, options, list)
      {:error, rest} -> {:error, {:invalid_option, rest}}
    end
  end

  def compile(source, options) when is_binary(source) and is_list(options), do: compiled(source, "", options)

  defp compiled(source, options, list) do
    case :re.compile(source, list) do
      {:ok, pattern} -> {:ok, %Regex{re_pattern: pattern, source: source, opts: options, re_version: version()}}
      {:error, reason} -> {:error, reason}
    end
  end

  defp letters(<<>>, list), do: {:ok, list}

  defp letters(<<letter, rest::binary>> = options, list) do
    case @letters do
      %{^letter => meaning} -> letters(rest, meaning ++ list)
      %{} -> {:error, options}
    end
  end

  def compile!(source, options \\ "") when is_binary(source) do
    case compile(source, options) do
      {:ok, regex} -> regex
      {:error, {reason, at}} -> raise Regex.CompileError, "#{reason} at position #{at}"
    end
  end

  def recompile(%Regex{} = regex), do: {:ok, regex}
  def recompile!(regex), do: regex |> recompile() |> elem(1)
  def version, do: {:re.version(), :little}
  def source(%Regex{source: source}), do: source
  def opts(%Regex{opts: opts}), do: opts
  def re_pattern(%Regex{re_pattern: pattern}), do: pattern
  def regex?(%Regex{}), do: true
  def regex?(_), do: false

  def names(%Regex{re_pattern: pattern}) do
    {:namelist, names} = :re.inspect(pattern, :namelist)
    names
  end

  def match?(%Regex{re_pattern: pattern}, string) when is_binary(string),
    do: :re.run(string, pattern, [{:capture, :none}]) == :match

  def run(regex, string, options \\ [])

  def run(%Regex{re_pattern: pattern}, string, options) when is_binary(string) do
    capture = Keyword.get(options, :capture, :all)

    case :re.run(string, pattern, [{:capture, capture, return(options)}, {:offset, Keyword.get(options, :offset, 0)}]) do
      :nomatch -> nil
      :match -> []
      {:match, parts} -> parts
    end
  end

  defp return(options), do: Keyword.get(options, :return, :binary)

  def named_captures(regex, string, options \\ []) when is_binary(string) do
    names = names(regex)

    case run(regex, string, Keyword.put(options, :capture, names)) do
      nil -> nil
      values -> :maps.from_list(:lists.zip(names, values))
    end
  end

  def scan(regex, string, options \\ [])

  def scan(%Regex{re_pattern: pattern}, string, options) when is_binary(string) do
    capture = Keyword.get(options, :capture, :all)
    offset = Keyword.get(options, :offset, 0)

    case :re.run(string, pattern, [{:capture, capture, return(options)}, :global, {:offset, offset}]) do
      :nomatch -> []
      :match -> []
      {:match, matches} -> matches
    end
  end

  def split(regex, string, options \\ [])

  def split(%Regex{}, "", options), do: if(Keyword.get(options, :trim, false), do: [], else: [""])

  def split(%Regex{re_pattern: pattern}, string, options) when is_binary(string) and is_list(options) do
    case :re.run(string, pattern, [:global, {:capture, Keyword.get(options, :on, :first), :index}]) do
      {:match, matches} ->
        style = {Keyword.get(options, :trim, false), Keyword.get(options, :include_captures, false)}
        pieces(:lists.append(matches), string, 0, parts(Keyword.get(options, :parts, :infinity)), style)

      _ ->
        [string]
    end
  end

  defp parts(:infinity), do: :infinity
  defp parts(count) when is_integer(count) and count > 0, do: count - 1

  defp pieces(matches, string, from, left, {trim, _}) when matches == [] or left == 0 do
    case binary_part(string, from, byte_size(string) - from) do
      "" when trim -> []
      rest -> [rest]
    end
  end

  defp pieces([{at, size} | matches], string, from, left, style) when at < from or (at == -1 and size == 0),
    do: pieces(matches, string, from, left, style)

  defp pieces([{at, size} | matches], string, from, left, {trim, captures} = style) do
    piece = binary_part(string, from, at - from)
    kept = not (trim and piece == "")
    left = if kept and left != :infinity, do: left - 1, else: left
    rest = pieces(matches, string, at + size, left, style)
    found = binary_part(string, at, size)
    rest = if captures and not (trim and found == ""), do: [found | rest], else: rest
    if kept, do: [piece | rest], else: rest
  end

  def replace(regex, string, replacement, options \\ [])

  def replace(%Regex{re_pattern: pattern}, string, replacement, options)
      when is_binary(string) and is_list(options) do
    global = if Keyword.get(options, :global, true), do: [:global], else: []

    {what, write} =
      if not is_function(replacement) do
        parsed = precompile_replacement(replacement)
        {:all, fn parts -> fill(parsed, parts, string) end}
      else
        arity = :erlang.element(2, :erlang.fun_info(replacement, :arity))
        wanted = if arity < 2, do: :first, else: :lists.seq(0, arity - 1)

        {wanted,
         fn parts ->
           texts = :lists.map(&part(&1, string), :lists.sublist(parts, arity))
           apply(replacement, texts)
         end}
      end

    case :re.run(string, pattern, [{:capture, what, :index} | global]) do
      :nomatch -> string
      {:match, matches} when global == [:global] -> IO.iodata_to_binary(replaced(matches, string, 0, write))
      {:match, parts} -> IO.iodata_to_binary(replaced([parts], string, 0, write))
    end
  end

  defp replaced([], string, from, _), do: [binary_part(string, from, byte_size(string) - from)]

  defp replaced([[{at, size} | _] = parts | matches], string, from, write) do
    before = binary_part(string, from, at - from)
    written = write.(parts)
    [before, written | replaced(matches, string, at + size, write)]
  end

  defp part({-1, _}, _), do: ""
  defp part({at, size}, string), do: binary_part(string, at, size)

  # A replacement as texts and numbers of groups.
  defp template("", text), do: [text]
  # The name is that of Elixir's own, which refuses what is no text.
  defp precompile_replacement(replacement) when is_binary(replacement), do: template(replacement, "")

  defp template(<<?\\, ?g, ?{, rest::binary>>, text), do: template_group(rest, text, 0)
  defp template(<<?\\, ?\\, rest::binary>>, text), do: template(rest, <<text::binary, ?\\>>)
  defp template(<<?\\, digit, rest::binary>>, text) when digit in ?0..?9, do: [text, digit - ?0 | template(rest, "")]
  defp template(<<char, rest::binary>>, text), do: template(rest, <<text::binary, char>>)

  defp template_group(<<?}, rest::binary>>, text, number), do: [text, number | template(rest, "")]

  defp template_group(<<digit, rest::binary>>, text, number) when digit in ?0..?9,
    do: template_group(rest, text, number * 10 + digit - ?0)

  defp fill(template, parts, string) do
    :lists.map(
      fn
        text when is_binary(text) -> text
        number when number < length(parts) -> part(:lists.nth(number + 1, parts), string)
        _ -> ""
      end,
      template
    )
  end

  def escape(string) when is_binary(string), do: escape(string, "")

  defp escape("", text), do: text

  defp escape(<<char, rest::binary>>, text) when char in '.^$*+?()[]{}|#-\\ \t\n\v\f\r',
    do: escape(rest, <<text::binary, ?\\, char>>)

  defp escape(<<char, rest::binary>>, text), do: escape(rest, <<text::binary, char>>)
end

# What :re says in terms of :re.run.
defmodule :re do
  def replace(subject, regex, replacement, options \\ []) do
    string = IO.iodata_to_binary(subject)
    global = Enum.filter(options, &(&1 == :global))

    result =
      case :re.run(string, regex, [{:capture, :all, :index} | without(options, [:global, :return, :capture])] ++ global) do
        :nomatch -> [string]
        {:match, matches} when global != [] -> put(matches, string, 0, IO.iodata_to_binary(replacement))
        {:match, parts} -> put([parts], string, 0, IO.iodata_to_binary(replacement))
      end

    returned(options, result)
  end

  defp without(options, names) do
    Enum.reject(options, fn
      option when is_tuple(option) -> elem(option, 0) in names
      option -> option in names
    end)
  end

  defp returned(options, data) do
    case List.keyfind(Enum.filter(options, &is_tuple/1), :return, 0) do
      {:return, :binary} -> IO.iodata_to_binary(data)
      {:return, :list} -> IO.iodata_to_binary(data) |> :erlang.binary_to_list()
      _ -> nested(data)
    end
  end

  defp nested([x, ""]), do: [x]
  defp nested([last]), do: last
  defp nested([x | rest]), do: [x | nested(rest)]

  defp put([], string, from, _), do: [binary_part(string, from, byte_size(string) - from)]

  defp put([[{at, size} | _] = parts | matches], string, from, replacement) do
    before = binary_part(string, from, at - from)
    pieces = [before, IO.iodata_to_binary(written(replacement, parts, string))]
    Enum.reject(pieces, &(&1 == "")) ++ put(matches, string, at + size, replacement)
  end

  defp written("", _, _), do: []
  defp written(<<?\\, char, rest::binary>>, parts, string) when char in '&\\', do: [char | written(rest, parts, string)]

  defp written(<<?\\, digit, rest::binary>>, parts, string) when digit in ?1..?9,
    do: [part(parts, digit - ?0, string) | written(rest, parts, string)]

  defp written(<<?&, rest::binary>>, parts, string), do: [part(parts, 0, string) | written(rest, parts, string)]
  defp written(<<char, rest::binary>>, parts, string), do: [char | written(rest, parts, string)]

  defp part(parts, number, string) do
    case Enum.at(parts, number, {-1, 0}) do
      {-1, 0} -> ""
      {at, size} -> binary_part(string, at, size)
    end
  end

  def split(subject, regex, options \\ []) do
    string = IO.iodata_to_binary(subject)
    listed = List.keyfind(Enum.filter(options, &is_tuple/1), :return, 0) == {:return, :list}

    parts =
      case List.keyfind(Enum.filter(options, &is_tuple/1), :parts, 0, {:parts, :infinity}) do
        {:parts, :infinity} -> []
        {:parts, parts} -> [parts: parts]
      end

    {:ok, pattern} = if is_tuple(regex), do: {:ok, regex}, else: :re.compile(regex, without(options, [:return, :parts, :trim]))
    trimmed = Regex.split(%Regex{re_pattern: pattern}, string, parts)
    if listed, do: Enum.map(trimmed, &:erlang.binary_to_list/1), else: trimmed
  end
end
